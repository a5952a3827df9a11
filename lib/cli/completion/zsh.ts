import { bashCompletion } from './bash';
import type { CommandWords } from './command-words';

/** The completion of a program for zsh, which runs that for bash. */
export function zshCompletion(name: string, commands: readonly CommandWords[]): string {
  const [, ...script] = bashCompletion(name, commands).split('\n');
  return `# Completion of ${name} for zsh. Load it in ~/.zshrc: eval "$(${name} completion zsh)"
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${script.join('\n')}`;
}
