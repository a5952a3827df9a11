import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { KustomizeBuilder } from '../../lib/graph/kustomize/accumulate';
import { substituteObject } from '../../lib/graph/post-build/substitute-object';
import { RepositoryView } from '../../lib/graph/sources/repository-view';
import { shareTree } from '../../lib/shared/share-tree';
import type { SharedUnit } from '../../lib/shared/shared-unit';
import type { ManifestObject } from '../../lib/tree/manifest';
import type { Tree } from '../../lib/tree/tree';
import { parseDocuments } from '../../lib/yaml/parse';
import { findProgram, hasTool } from '../tools/find-tool';
import { randomFleet } from './random-fleet';
import { renderedFleet, type RenderedCluster } from './rendered-fleet';

const FLEETS = 200;
const kustomize = findProgram('kustomize');
const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-shared-'));
const substitution = hasTool('go', 'version') ? buildSubstitution() : undefined;
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Flux's own substitution code, as a program; `undefined` if Go cannot build it. */
function buildSubstitution(): string | undefined {
  const binary = join(scratch, 'substitute.exe');
  const env = { ...process.env, GOFLAGS: '-mod=readonly' };
  try {
    execFileSync('go', ['build', '-buildvcs=false', '-o', binary, '.'], {
      cwd: join(__dirname, '..', 'graph', 'oracle'),
      env,
      stdio: 'pipe',
    });
    return binary;
  } catch {
    return undefined;
  }
}

/** A directory of a cluster, the path that it is built from, and the values of the variables. */
interface Case {
  readonly unit: SharedUnit;
  readonly folder: string;
  readonly root: string;
  readonly tree: Tree;
  readonly rendered: Tree;
}

function casesOf(clusters: readonly RenderedCluster[], index: number): Case[] {
  const { tree: rendered, units } = renderedFleet(clusters);
  const shared = shareTree(rendered, units);
  const root = join(scratch, String(index));
  for (const { path, bytes } of shared.tree.files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return shared.changed
    .filter(({ key }) => key !== undefined)
    .map((unit) => ({
      unit,
      folder: shared.moved.get(unit.constructPath) ?? unit.path,
      root,
      tree: shared.tree,
      rendered,
    }));
}

async function builtByKustomize({ root, folder, tree }: Case): Promise<ManifestObject[]> {
  if (kustomize === undefined) return buildOf(tree, folder);
  // Flux lists all manifests if there is no kustomization.yaml.
  if (!existsSync(join(root, folder, 'kustomization.yaml')))
    execFileSync(kustomize, ['create', '--autodetect', '--recursive'], { cwd: join(root, folder) });
  const args = ['build', '--load-restrictor=LoadRestrictionsNone', join(root, folder)];
  const { stdout } = await promisify(execFile)(kustomize, args, { maxBuffer: 1e8 });
  return parseDocuments(stdout, 'printed').map(({ value }) => value as ManifestObject);
}

function buildOf(tree: Tree, folder: string): ManifestObject[] {
  const { resources } = new KustomizeBuilder(new RepositoryView(tree, () => true)).build(folder);
  return resources.map(({ object }) => object);
}

interface Task {
  readonly object: ManifestObject;
  readonly values: Readonly<Record<string, string>>;
}

/** What Flux turns objects into, or an error. */
function substituted(tasks: readonly Task[]): unknown[] {
  if (substitution !== undefined)
    return JSON.parse(
      execFileSync(substitution, { input: JSON.stringify(tasks), maxBuffer: 1e9 }).toString('utf8'),
    ) as unknown[];
  return tasks.map(({ object, values }) => {
    try {
      return {
        object: substituteObject(
          object,
          (name) => ({ value: values[name] }) as never,
          () => undefined,
        ),
      };
    } catch (error) {
      return { error: (error as Error).message };
    }
  });
}

const sorted = (objects: readonly ManifestObject[]): ManifestObject[] =>
  [...objects].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
const idOf = ({ kind, metadata }: ManifestObject): string =>
  `${kind}/${String(metadata?.namespace)}/${String(metadata?.name)}`;

const by = `${kustomize === undefined ? 'our own evaluation' : 'the real kustomize'} and ${substitution === undefined ? 'our own substitution' : "Flux's own substitution"}`;

it(`the overlays of ${FLEETS} random fleets build to the rendered objects, by ${by}`, async () => {
  const fleets = fc.sample(randomFleet, { numRuns: FLEETS, seed: 20 });
  const cases = fleets.flatMap(casesOf);
  expect(cases.length).toBeGreaterThan(3 * FLEETS);
  const built = new Map<string, ManifestObject[]>();
  const placeOf = ({ root, folder }: Case): string => join(root, folder);
  const waiting = [...new Map(cases.map((one) => [placeOf(one), one])).values()];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      built.set(placeOf(next), await builtByKustomize(next));
  };
  await Promise.all(cpus().map(work));
  const tasksOf = (objectsOf: (one: Case) => ManifestObject[]): Task[] =>
    cases.flatMap((one) =>
      sorted(objectsOf(one)).map((object) => ({
        object,
        values: { region: `region-${one.unit.cluster.name}` },
      })),
    );
  const wanted = tasksOf(({ rendered, unit }) => buildOf(rendered, unit.path));
  const got = tasksOf((one) => built.get(placeOf(one)) ?? []);
  expect(got.map(({ object }) => idOf(object))).toEqual(wanted.map(({ object }) => idOf(object)));
  expect(got.map(({ object }) => sorted([object]))).toEqual(wanted.map(({ object }) => sorted([object])));
  const [before, after] = [substituted(wanted), substituted(got)];
  before.forEach((answer, index) => {
    const shown = { object: wanted[index]?.object };
    expect({ ...shown, answer: after[index] }).toEqual({ ...shown, answer });
  });
}, 600_000);
