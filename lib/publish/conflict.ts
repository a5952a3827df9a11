/**
 * The sides of a file that git left with merge-conflict markers: ours and theirs, without the common ancestor that
 * `merge.conflictStyle=diff3` adds. Empty when the markers are there but do not fit together.
 *
 * @returns undefined when the file has no markers
 */
export function conflictSides(bytes: Buffer): Buffer[] | undefined {
  if (!bytes.includes('<<<<<<< ') || !bytes.includes('>>>>>>> ')) return undefined;
  const ours: string[] = [];
  const theirs: string[] = [];
  let state: 'common' | 'ours' | 'base' | 'theirs' = 'common';
  let found = false;
  for (const line of bytes.toString('latin1').split('\n')) {
    const next = stateAfter(line, state);
    if (next === 'broken') return [];
    if (next !== undefined) {
      state = next;
      found = true;
      continue;
    }
    if (state === 'common' || state === 'ours') ours.push(line);
    if (state === 'common' || state === 'theirs') theirs.push(line);
  }
  if (!found) return undefined;
  if (state !== 'common') return [];
  return [ours, theirs].map((lines) => Buffer.from(lines.join('\n'), 'latin1'));
}

function stateAfter(
  line: string,
  state: 'common' | 'ours' | 'base' | 'theirs',
): 'common' | 'ours' | 'base' | 'theirs' | 'broken' | undefined {
  if (/^<{7} /.test(line)) return state === 'common' ? 'ours' : 'broken';
  if (/^\|{7}( |\r?$)/.test(line) && state === 'ours') return 'base';
  if (/^={7}\r?$/.test(line) && (state === 'ours' || state === 'base')) return 'theirs';
  if (/^>{7} /.test(line)) return state === 'theirs' ? 'common' : 'broken';
  return undefined;
}
