import { formatDiffMarkdown } from '../../lib/diff/report/markdown';
import { formatDiffText } from '../../lib/diff/report/text';
import { fluxKustomization } from '../graph/tree-of';
import { changesOf, diffOf, settings, type Files } from './pair-of-trees';

const after = (...names: string[]) =>
  names.length === 0 ? [] : [`dependsOn: [${names.map((name) => `{ name: ${name} }`).join(', ')}]`];

/** Kustomizations that wait for others, each with an object. */
function cluster(waits: Readonly<Record<string, readonly string[]>>): Files {
  return Object.fromEntries(
    Object.entries(waits).flatMap(([name, on]) => [
      [`clusters/prod/${name}.yaml`, fluxKustomization(name, `./${name}`, after(...on))],
      [`${name}/map.yaml`, settings(name)],
    ]),
  );
}

/** The same with other objects in some of them. */
const changed = (...names: string[]): Files =>
  Object.fromEntries(names.map((name) => [`${name}/map.yaml`, settings(name, '2')]));

describe('the order of changes', () => {
  const base = cluster({ z: [], m: ['z'], a: ['m'], b: ['z'], free: [] });

  it('is that of the waves within a class, then of names', () => {
    const changes = changesOf(diffOf(base, changed('a', 'b', 'm', 'z', 'free')));
    expect(changes.map(({ object, wave }) => [object?.name, wave])).toEqual([
      ['free', 1],
      ['z', 1],
      ['b', 2],
      ['m', 2],
      ['a', 3],
    ]);
  });

  it('is shown as chains of what waits, without objects that wait for nothing', () => {
    const diff = diffOf(base, changed('a', 'b', 'm', 'z', 'free'));
    expect(diff.clusters[0]?.impact.order).toEqual([
      ['flux-system/z', 'flux-system/b'],
      ['flux-system/z', 'flux-system/m', 'flux-system/a'],
    ]);
    expect(formatDiffText(diff)).toContain(
      'in this order\n  flux-system/z -> flux-system/b\n  flux-system/z -> flux-system/m -> flux-system/a\n',
    );
    expect(formatDiffMarkdown(diff)).toContain(
      '### In this order (2)\n\n- `flux-system/z` → `flux-system/b`\n',
    );
  });

  it('includes Kustomizations in which nothing changes', () => {
    expect(diffOf(base, changed('a', 'z')).clusters[0]?.impact.order).toEqual([
      ['flux-system/z', 'flux-system/a'],
    ]);
  });

  it('has a parent before a child only if the parent creates the child', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
    const files = {
      ...base,
      'clusters/prod/new.yaml': fluxKustomization('new', './x'),
      'x/namespace.yaml': namespace,
    };
    const renamed = { 'clusters/prod/new.yaml': fluxKustomization('newer', './x') };
    expect(diffOf(files, renamed).clusters[0]?.impact.order).toEqual([
      ['flux-system/flux-system', 'flux-system/newer'],
    ]);
    const child = { 'clusters/prod/b.yaml': fluxKustomization('b', './b', [...after('z'), 'force: true']) };
    expect(diffOf(base, { ...child, ...changed('b') }).clusters[0]?.impact.order).toEqual([]);
    const own = { 'clusters/prod/own.yaml': settings('own') };
    expect(diffOf(base, { ...own, ...changed('b') }).clusters[0]?.impact.order).toEqual([]);
  });

  it('ignores waits that begin with the same commit', () => {
    const waiting = { 'clusters/prod/free.yaml': fluxKustomization('free', './free', after('z')) };
    expect(diffOf(base, { ...waiting, ...changed('free', 'z') }).clusters[0]?.impact.order).toEqual([]);
  });

  it('ignores waits without a revision', () => {
    const copy =
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: copy, namespace: flux-system }\nspec: { interval: 1m, url: "ssh://git@github.com/acme/fleet.git" }\n';
    const other = (base['clusters/prod/b.yaml'] ?? '').replace('    name: flux-system\n', '    name: copy\n');
    const files = { ...base, 'clusters/prod/copy.yaml': copy, 'clusters/prod/b.yaml': other };
    expect(diffOf(files, changed('b', 'z')).clusters[0]?.impact.order).toEqual([]);
  });

  it('ignores Kustomizations that never start because they wait for each other', () => {
    const loop = cluster({ a: ['b'], b: ['a'], c: ['b'] });
    expect(diffOf(loop, changed('a', 'b', 'c')).clusters[0]?.impact.order).toEqual([]);
  });
});
