import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ManifestObject } from '../../../lib/tree/manifest';
import { parseDocuments } from '../../../lib/yaml/parse';
import { findProgram, skipped } from '../../tools/find-tool';
import { randomTree } from '../random-trees/random-tree';
import { buildFolder } from '../tree-of';

const kustomize = findProgram('kustomize');
const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-trees-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What kustomize builds from a tree; `undefined` if it refuses. */
function expectedOf(seed: number, files: Readonly<Record<string, string>>): ManifestObject[] | undefined {
  const root = join(scratch, String(seed));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const args = ['build', '--load-restrictor=LoadRestrictionsNone', join(root, 'prod')];
  try {
    const printed = execFileSync(kustomize ?? '', args, { encoding: 'utf8', stdio: 'pipe' });
    return parseDocuments(printed, 'printed').flatMap(({ value }) =>
      value ? [value as ManifestObject] : [],
    );
  } catch {
    return undefined;
  }
}

function sorted(objects: readonly ManifestObject[]): ManifestObject[] {
  const key = ({ apiVersion, kind, metadata }: ManifestObject) =>
    `${apiVersion}/${kind}/${String(metadata?.namespace)}/${String(metadata?.name)}`;
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const seeds = Array.from({ length: 80 }, (_, index) => index + 1);

if (kustomize === undefined) {
  skipped('random trees of kustomizations are built as by kustomize', 'kustomize is not installed');
} else {
  it.each(seeds)('a random tree is built as by kustomize (seed %i)', (seed) => {
    const files = randomTree(seed);
    const expected = expectedOf(seed, files);
    const { objects, findings } = buildFolder(files, 'prod');
    const refused = findings.some(({ severity }) => severity === 'error');
    expect(refused).toBe(expected === undefined);
    if (expected && !refused) expect(sorted(objects)).toEqual(sorted(expected));
  });
}
