import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGraph } from '../../lib/graph/build-graph';
import { KustomizeBuilder } from '../../lib/graph/kustomize/accumulate';
import { RepositoryView } from '../../lib/graph/sources/repository-view';
import { artifactFilter } from '../../lib/graph/sources/source-ignore';
import type { ManifestObject } from '../../lib/tree/manifest';
import { loadTree } from '../../lib/tree/load-tree';
import { directoryOf } from '../../lib/tree/path';
import { parseDocuments } from '../../lib/yaml/parse';
import { hasTool, skipped } from '../tools/find-tool';
import { repositories, repositoryNames } from '../tools/repositories';

/** Folders, as `<repository>/<path>`, whose objects may differ from kubectl's, each with the reason. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map();

const hasKubectl = hasTool('kubectl', 'version', '--client');
const name = 'agrees with kubectl kustomize on what every folder of real repositories applies';
if (!repositories) skipped(name, 'FLUX_REPOS is not set');
else if (!hasKubectl) skipped(name, 'kubectl is not here');
else
  it(
    name,
    async () => {
      const results: Result[] = [];
      for (const repository of repositoryNames)
        results.push(...(await compareRepository(join(repositories as string, repository), repository)));
      const built = results.filter(({ outcome }) => outcome !== 'kubectl-fails');
      const different = built.filter(({ outcome }) => outcome === 'different').map(({ folder }) => folder);
      expect(built.length).toBeGreaterThan(0);
      expect(different).toEqual([...EXCEPTIONS.keys()].filter((folder) => different.includes(folder)));
    },
    30 * 60 * 1000,
  );

interface Result {
  readonly folder: string;
  readonly outcome: 'same' | 'different' | 'kubectl-fails';
}

/** Every folder with a kustomization file, and every path of a Flux Kustomization, built by both. */
async function compareRepository(root: string, repository: string): Promise<Result[]> {
  const { tree } = loadTree(root);
  const view = new RepositoryView(tree, artifactFilter(tree));
  const builder = new KustomizeBuilder(view);
  const paths = buildGraph(tree).clusters.flatMap(({ nodes }) =>
    nodes.flatMap(({ build }) => (build?.source === 'repository' ? [build.path] : [])),
  );
  const own = tree.files
    .filter(({ path }) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path))
    .map(({ path }) => directoryOf(path));
  const folders = [...new Set([...own, ...paths])].filter((folder) => view.hasFolder(folder));
  const copy = mkdtempSync(join(tmpdir(), 'kustomize-'));
  try {
    cpSync(root, copy, { recursive: true });
    return await inPairs(folders, async (folder) => {
      if (view.kustomizationFiles(folder).length === 0)
        writeGenerated(copy, folder, view.generatedResources(folder));
      const expected = await kubectl(join(copy, folder));
      if (!expected) return { folder: `${repository}/${folder}`, outcome: 'kubectl-fails' };
      const actual = builder.build(folder).resources.map(({ object }) => canonicalText(object));
      return {
        folder: `${repository}/${folder}`,
        outcome: expected.join() === actual.sort().join() ? 'same' : 'different',
      };
    });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/**
 * The file that Flux would generate; its name ensures that nested folders include it only where they are built
 * themselves.
 */
function writeGenerated(copy: string, folder: string, resources: readonly string[]): void {
  const file = join(copy, folder, 'kustomization.yaml');
  const relative = resources.map((path) => (folder === '' ? path : path.slice(folder.length + 1)));
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ resources: relative }));
}

async function inPairs<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 2) {
    results.push(...(await Promise.all(items.slice(start, start + 2).map(run))));
  }
  return results;
}

/** What kubectl builds, sorted; `undefined` if it cannot (remote bases cannot be downloaded here). */
function kubectl(folder: string): Promise<string[] | undefined> {
  const offline = {
    HTTP_PROXY: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    GIT_TERMINAL_PROMPT: '0',
  };
  const options = { maxBuffer: 1 << 30, timeout: 30_000, env: { ...process.env, ...offline } };
  return new Promise((resolve) => {
    execFile(
      'kubectl',
      ['kustomize', '--load-restrictor=LoadRestrictionsNone', folder],
      options,
      (error, stdout) => {
        if (error) resolve(undefined);
        else
          resolve(
            parseDocuments(stdout, folder)
              .flatMap(({ value }) => (value ? [canonicalText(value as ManifestObject)] : []))
              .sort(),
          );
      },
    );
  });
}

/** The whole object as text, independent of the order of its keys. */
function canonicalText(object: ManifestObject): string {
  return JSON.stringify(object, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
