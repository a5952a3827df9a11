import { Option } from 'commander';

/** The option `--format`, with the first choice as its default. */
export function formatOption(choices: readonly string[]): Option {
  return new Option('--format <format>', 'the format of the result').choices(choices).default(choices[0]);
}
