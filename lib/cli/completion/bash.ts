import type { CommandWords, OptionWords } from './command-words';

/** The completion of a program for bash, from the words of its commands. */
export function bashCompletion(name: string, commands: readonly CommandWords[]): string {
  const program = functionName(name);
  return `# Completion of ${name} for bash. Load it in ~/.bashrc: eval "$(${name} completion bash)"
${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  local -a known=(${commands.map(({ path }) => quoted(path.join(' '))).join(' ')})
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    local longer="\${command:+$command }$word" candidate
    for candidate in "\${known[@]}"; do
      if [[ "$candidate" == "$longer" ]]; then command="$longer"; break; fi
    done
  done
  COMPREPLY=()
  case "$command $previous" in
${commands.flatMap(valueCases).join('')}  esac
  case "$command" in
${commands.map(wordCase).join('')}  esac
}
complete -F ${program} ${name}
`;
}

/** The completions after an option that takes a value. */
function valueCases({ path, options }: CommandWords): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map((option) => {
      const patterns = option.flags.map((flag) => quoted(`${path.join(' ')} ${flag}`)).join('|');
      return `    ${patterns}) COMPREPLY=($(compgen ${valuesOf(option)} -- "$current")); return ;;\n`;
    });
}

function valuesOf({ choices }: OptionWords): string {
  return choices.length > 0 ? `-W ${quoted(choices.join(' '))}` : '-f';
}

function wordCase({ path, words, options, takesFiles }: CommandWords): string {
  const all = [...words.map(({ word }) => word), ...options.flatMap(({ flags }) => flags)];
  const files = takesFiles ? ' -f' : '';
  return `    ${quoted(path.join(' '))}) COMPREPLY=($(compgen${files} -W ${quoted(all.join(' '))} -- "$current")) ;;\n`;
}

/** The name of the function that completes a program. */
function functionName(name: string): string {
  return `_${name.replaceAll('-', '_')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
