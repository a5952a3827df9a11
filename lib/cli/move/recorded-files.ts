import { RECORD_FILE } from '../../publish/names';
import { parseRecord } from '../../publish/record';
import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';

/** The files that synth writes, by its records. */
export function recordedFiles(tree: Tree): ReadonlySet<string> {
  const records = [...tree.paths].filter((path) => path === RECORD_FILE || path.endsWith(`/${RECORD_FILE}`));
  return new Set(
    records.flatMap((path) => {
      const text = tree.get(path)?.bytes.toString('utf8') ?? '';
      // A record in an example belongs to another repository: the files that it names are not in this one.
      const entries = parseRecord(text, path) ?? new Map<string, unknown>();
      return [...entries.keys()].filter((file) => tree.has(file) && directoryOf(path) !== file);
    }),
  );
}
