import { YAMLException } from 'js-yaml';
import { yaml2Form } from './yaml2-forms';

/** How often a text may be changed, one line each time: the text is read again every time. */
const MAX_CHANGES = 20;

/**
 * Reads a text. Where a closing bracket stands no deeper than the key of its list or map, which YAML forbids and Go
 * reads, it reads the text again with the bracket a place further in; lines, and columns in other lines, stay the same.
 *
 * @param asYaml2 - whether to do so with all that yaml.v2 reads and YAML 1.2 forbids
 */
export function withShallowCloses<T>(text: string, read: (text: string) => T, asYaml2 = false): T {
  let readable = text;
  for (let changes = 0; ; changes += 1) {
    try {
      return read(readable);
    } catch (error) {
      if (changes === MAX_CHANGES || !(error instanceof YAMLException) || !error.mark) throw error;
      const { line, column } = error.mark;
      const lines = readable.split('\n');
      const before = lines[line] ?? '';
      const changed =
        deepened(error.reason, before) ?? (asYaml2 ? yaml2Form(error.reason, before, column) : before);
      if (changed === before) throw error;
      lines[line] = changed;
      readable = lines.join('\n');
    }
  }
}

/** The line with the bracket indented one column further. */
function deepened(reason: string, line: string): string | undefined {
  return reason === 'deficient indentation' && /^ *[\]}][\]},\s]*$/.test(line) ? ` ${line}` : undefined;
}
