import { YAMLException } from 'js-yaml';

/** How often a bracket may be moved in one file, each time by one place: every time the file is read anew. */
const MAX_MOVED = 20;

/**
 * Reads a text. Where a closing bracket stands no deeper than the key of its list or map, which YAML forbids and Go
 * reads, it reads the text again with the bracket a place further in; lines, and columns in other lines, stay the same.
 */
export function withShallowCloses<T>(text: string, read: (text: string) => T): T {
  let readable = text;
  for (let moved = 0; ; moved += 1) {
    try {
      return read(readable);
    } catch (error) {
      if (moved === MAX_MOVED || !isShallowClose(error, readable)) throw error;
      readable = deepened(error, readable);
    }
  }
}

function isShallowClose(error: unknown, text: string): error is YAMLException & { mark: { line: number } } {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation' || !error.mark)
    return false;
  const line = text.split('\n')[error.mark.line] ?? '';
  return /^ *[\]}][\]},\s]*$/.test(line);
}

/** The text with the bracket a place further in. */
function deepened({ mark }: { mark: { line: number } }, text: string): string {
  const lines = text.split('\n');
  lines[mark.line] = ` ${lines[mark.line] ?? ''}`;
  return lines.join('\n');
}
