import type { Command, Option } from 'commander';

/** An option as a shell completes it. */
export interface OptionWords {
  /** Its flags, for example `--format` and `-f`. */
  readonly flags: readonly string[];
  /** What it does. */
  readonly description: string;
  /** The values that it may have; empty for any value, or none. */
  readonly choices: readonly string[];
  /** Whether a value follows it. */
  readonly takesValue: boolean;
}

/** A command as a shell completes it. */
export interface CommandWords {
  /** The words that lead to it, for example `secrets` and `list`; empty for the program itself. */
  readonly path: readonly string[];
  /** What it does, in a few words. */
  readonly summary: string;
  /** The words that may follow it: its commands, or the values of its first argument. */
  readonly words: readonly { readonly word: string; readonly summary: string }[];
  /** Whether files and folders may follow it. */
  readonly takesFiles: boolean;
  /** Its options. */
  readonly options: readonly OptionWords[];
}

/** A program's commands, its own words first. */
export function commandWords(program: Command): CommandWords[] {
  return describe(program, []);
}

function describe(command: Command, path: readonly string[]): CommandWords[] {
  const { commands, registeredArguments } = command;
  const help = command.createHelp();
  const choices = registeredArguments[0]?.argChoices ?? [];
  const own: CommandWords = {
    path,
    summary: command.summary() || command.description(),
    words: [
      ...commands.map((child) => ({ word: child.name(), summary: child.summary() || child.description() })),
      ...choices.map((word) => ({ word, summary: '' })),
    ],
    takesFiles: registeredArguments.length > 0 && choices.length === 0,
    options: help.visibleOptions(command).map(optionWords),
  };
  return [own, ...commands.flatMap((child) => describe(child, [...path, child.name()]))];
}

function optionWords({ long, short, description, argChoices, required, optional }: Option): OptionWords {
  return {
    flags: [long, short].filter((flag) => flag !== undefined && flag !== null),
    description,
    choices: argChoices ?? [],
    takesValue: required || optional,
  };
}
