import type { CommandWords, OptionWords } from './command-words';

/** The completion of a program for fish, from the words of its commands. */
export function fishCompletion(name: string, commands: readonly CommandWords[]): string {
  const lines = commands.flatMap((command) => linesOf(name, command, commands));
  return `# Completion of ${name} for fish. Save it: ${name} completion fish > ~/.config/fish/completions/${name}.fish
complete -c ${name} -f
${lines.join('\n')}
`;
}

function linesOf(name: string, command: CommandWords, all: readonly CommandWords[]): string[] {
  const when = condition(command, all);
  const words = command.words.map(
    ({ word, summary }) => `complete -c ${name} ${when} -a ${quoted(word)}${described(summary)}`,
  );
  const options = command.options.map((option) => `complete -c ${name} ${when} ${optionLine(option)}`);
  return [...words, ...options, ...(command.takesFiles ? [`complete -c ${name} ${when} -F`] : [])];
}

/** When to offer the words of a command: it is typed, and none of its subcommands is. */
function condition({ path, words }: CommandWords, all: readonly CommandWords[]): string {
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const commands = words
    .map(({ word }) => word)
    .filter((word) => all.some((one) => one.path.at(-1) === word));
  const unseen = commands.length > 0 ? [`not __fish_seen_subcommand_from ${commands.join(' ')}`] : [];
  return `-n ${quoted([...seen, ...unseen].join('; and ') || 'true')}`;
}

function optionLine({ flags, description, choices, takesValue }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r -F' : '';
  return `${names.join(' ')}${values}${described(description)}`;
}

function described(text: string): string {
  return text === '' ? '' : ` -d ${quoted(text)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
