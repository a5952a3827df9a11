import { Argument, type Command } from 'commander';
import { bashCompletion } from '../completion/bash';
import { commandWords } from '../completion/command-words';
import { fishCompletion } from '../completion/fish';
import { zshCompletion } from '../completion/zsh';
import { EXIT } from '../exit-code';
import type { Io } from '../io';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** Adds `cdk8s-flux completion`: a script by which a shell completes commands and options. */
export function addCompletion(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
    .summary('print the completion script of a shell')
    .description('Prints a script that makes bash, zsh or fish complete commands, options and their values.')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux completion bash              the script for bash
  eval "$(cdk8s-flux completion bash)"    in ~/.bashrc
  eval "$(cdk8s-flux completion zsh)"     in ~/.zshrc
  cdk8s-flux completion fish > ~/.config/fish/completions/cdk8s-flux.fish`,
    )
    .action((shell: keyof typeof SHELLS) => {
      io.stdout(SHELLS[shell](program.name(), commandWords(program)), 'data');
      exit(EXIT.clean);
    });
}
