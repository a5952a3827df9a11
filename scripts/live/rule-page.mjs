import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../docs/rules');

/** The files of the bad and the good example of a rule's page; the good one shows only what the fix changes. */
export function readRulePage(code) {
  const text = readFileSync(join(folder, `${code}.md`), 'utf8');
  const [, bad, good] = text.split(/^## (?:Bad|Good)$/m);
  return { bad: filesOf(bad), good: { ...filesOf(bad), ...filesOf(good) } };
}

function filesOf(section) {
  const blocks = section.matchAll(/^<!-- file: (\S+) -->\n\n```yaml\n(.*?)^```$/gms);
  return Object.fromEntries([...blocks].map(([, path, text]) => [path, text]));
}
