import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGraph } from '../../lib/graph/build-graph';
import { identityOf } from '../../lib/tree/manifest';
import { loadTree } from '../../lib/tree/load-tree';
import { ROOT, typeIn, type Typed } from '../cli/command-line';
import { itWith } from '../tools/find-tool';
import { STEPS } from './moving-in/steps';

const REPOS = process.env['FLUX_REPOS'];
const EXAMPLE = 'fluxcd__flux2-kustomize-helm-example';
const ENTRIES = ['clusters/production', 'clusters/staging'];

/** What Flux applies in each cluster, after builds, patches and substitution: by Kustomization, each object by identity. */
function appliedIn(root: string): unknown {
  const graph = buildGraph(loadTree(root, {}).tree, { entries: ENTRIES });
  expect(graph.clusters).toHaveLength(2);
  return graph.clusters.map(({ name, nodes, edges }) => {
    const builds = nodes.flatMap(({ id, build }) => (build ? [{ id, build }] : []));
    return {
      name,
      edges: edges.map((edge) => JSON.stringify(edge)).sort(),
      builds: builds.map(({ id, build }) => {
        const objects = build.inventory.map(({ object }) => [JSON.stringify(identityOf(object)), object]);
        return [id, build.complete, Object.fromEntries(objects)];
      }),
    };
  });
}

/** A copy of a real repository with a project in it, which takes the repository over step by step. */
class MovingRepository {
  readonly path = mkdtempSync(join(tmpdir(), 'cdk8s-flux-moving-'));

  constructor() {
    cpSync(join(REPOS ?? '', EXAMPLE), this.path, { recursive: true });
    this.write('cdk8s-flux.yaml', 'version: 1\n');
    this.write('cdk8s.yaml', 'language: typescript\napp: node app.js\noutput: dist/manifests\n');
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.path, path), content);
  }

  /** Describes what the first steps take over. */
  describe(steps: number): void {
    const loading = (path: string): string => `require(${JSON.stringify(join(ROOT, path))})`;
    this.write(
      'app.js',
      `${loading('scripts/register-typescript.cjs')};
const app = new (${loading('lib/index.ts')}.GitOpsApp)();
const { STEPS } = ${loading('test/articles/moving-in/steps.ts')};
for (const { add } of STEPS.slice(0, ${steps})) add(app);
app.synth();\n`,
    );
  }

  synth(...args: string[]): Promise<Typed> {
    return typeIn(this.path, process.env, 'synth', ...args);
  }
}

itWith(
  'FLUX_REPOS',
  REPOS !== undefined,
  'a real repository moves in folder by folder, and Flux applies the same objects after each step',
  async () => {
    const repository = new MovingRepository();
    const before = appliedIn(repository.path);
    for (const [index, { folders }] of STEPS.entries()) {
      repository.describe(index + 1);
      if (index === 0) {
        const { code, stderr } = await repository.synth();
        expect(code).toBe(1);
        expect(stderr.match(/it contains the same objects in another format/g)).toHaveLength(2);
        expect(stderr).not.toMatch(/^ +[-+~] /m);
      }
      const { code, stderr } = await repository.synth('--overwrite', ...folders);
      expect([code, stderr]).toEqual([0, expect.stringContaining(', 0 removed')]);
      expect(appliedIn(repository.path)).toEqual(before);
    }
    expect(readFileSync(join(repository.path, 'clusters/staging/.cdk8s-flux.json'), 'utf8')).toContain(
      'infrastructure.yaml',
    );
    rmSync(repository.path, { recursive: true });
  },
  120_000,
);
