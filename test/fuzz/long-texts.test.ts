import { sameAddress } from '../../lib/graph/sources/address';
import { globPrefix } from '../../lib/graph/post-build/glob-prefix';
import { parseReplacementPath } from '../../lib/graph/kustomize/replacements/replacement-path';
import { resourceFilter } from '../../lib/graph/kustomize/fields/selector';
import { durationSeconds } from '../../lib/plain/duration';
import { artifactFilter } from '../../lib/graph/sources/source-ignore';
import { marksOf } from '../../lib/publish/marks';
import { constraintProblem } from '../../lib/schema/semver-constraint';
import { findPlaintextSecrets } from '../../lib/sops/plaintext-guard';
import { misreadsListIndent } from '../../lib/yaml/list-indent';
import { printDocuments } from '../../lib/yaml/print';
import { refold } from '../../lib/yaml/refold';
import { treeOf } from '../graph/tree-of';

/** Long enough that a reader with quadratic time takes many seconds. */
const LONG = 100_000;
const secret = (password: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'x' },
  stringData: { password },
});

describe('a long text', () => {
  it.each<[string, () => unknown]>([
    ['of digits is printed', () => printDocuments([{ object: { a: `${'1'.repeat(LONG)}x` } }])],
    ['of one folded line is read', () => refold('a'.repeat(LONG))],
    ['of folded line ends is read', () => refold(`a${'\n'.repeat(LONG)}b`)],
    ['of blanks before a list is read', () => misreadsListIndent(`${' '.repeat(LONG)}a\n- b\n`)],
    [
      'of blanks before a marker',
      () => marksOf(Buffer.from(`a: ${' '.repeat(LONG)}b {"$imagepolicy": "x"}\n`)),
    ],
    ['of blanks is no version range', () => constraintProblem(`${'1     '.repeat(60)}!`)],
    ['of conditions is no version range', () => constraintProblem(`${'3.x, '.repeat(80)}!`)],
    ['of brackets is no glob', () => globPrefix('a', '['.repeat(LONG), false)],
    ['of brackets is a path', () => parseReplacementPath('['.repeat(LONG))],
    ['of brackets is ignored', () => artifactFilter(treeOf({ '.sourceignore': '['.repeat(LONG) }))('a')],
    ['of blanks is a selector', () => resourceFilter({ labelSelector: `a=${' '.repeat(LONG)}\nb` })],
    ['of digits is no duration', () => durationSeconds('1'.repeat(LONG))],
    ['of slashes is an address', () => sameAddress(`a${'/'.repeat(LONG)}b`, 'a')],
    ['of braces is a value', () => findPlaintextSecrets(secret('{'.repeat(LONG)))],
    ['of variables is a value', () => findPlaintextSecrets(secret('${'.repeat(LONG)))],
  ])('%s quickly', (_, read) => {
    const start = process.cpuUsage();
    try {
      read();
    } catch {
      // Other tests check whether the text is refused.
    }
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2);
  });
});
