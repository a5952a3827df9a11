import type { Frame, FrameNode } from '../../../lib/graph/frame';
import { computeOrder } from '../../../lib/graph/order/compute-order';
import { SetDependencies } from '../../../lib/graph/order/set-dependencies';
import { bootstrap, configMap, fluxKustomization, graphOf } from '../tree-of';

/** A ResourceSet that creates a Kustomization of the same name. */
const set = (name: string, ...spec: readonly string[]) => `---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: ${name}, namespace: flux-system }
spec:
${spec.map((line) => `  ${line}\n`).join('')}  resources:
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ${name}, namespace: flux-system }
      spec: { interval: 1h, prune: true, wait: true, path: ./none, sourceRef: { kind: GitRepository, name: other } }
`;
const on = (name: string, more = 'ready: true', kind = 'ResourceSet', group = 'fluxcd.controlplane.io') =>
  `dependsOn: [{ apiVersion: ${group}/v1, kind: ${kind}, name: ${name}, namespace: flux-system, ${more} }]`;
const source = `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: other, namespace: flux-system }
spec: { interval: 1h, url: "https://github.com/acme/other" }
`;

/** The names of steps after which a step starts, without the one that applies it. */
function afterOf(step: string, ...objects: readonly string[]): string[] {
  const { graph } = graphOf({
    ...bootstrap,
    'clusters/prod/all.yaml': source + objects.join(''),
    'apps/map.yaml': configMap('a'),
  });
  const order = computeOrder(graph, 'prod');
  expect(order.cycles).toEqual([]);
  const found = order.waves.flat().find(({ id }) => id === `Kustomization/flux-system/${step}`);
  return (found?.waits ?? [])
    .filter(({ why }) => why === 'depends-on')
    .map(({ on: other, until }) => `${other.split('/')[2]} ${until}`);
}

describe('what a ResourceSet creates starts', () => {
  it.each<[string, string[], string[]]>([
    ['at once', [set('b')], []],
    [
      'after what a ResourceSet creates and waits for',
      [set('a', 'wait: true'), set('b', on('a'))],
      ['a ready'],
    ],
    ['at once if that does not wait', [set('a'), set('b', on('a'))], []],
    [
      'after what an expression asks for',
      [set('a', 'wait: true'), set('b', on('a', 'ready: true, readyExpr: "true"'))],
      ['a ready'],
    ],
    [
      'at once if the expression does not count, without ready',
      [set('a', 'wait: true'), set('b', on('a', 'readyExpr: "true"'))],
      [],
    ],
    ['at once if that only has to exist', [set('a', 'wait: true'), set('b', on('a', 'ready: false'))], []],
    [
      'after a Kustomization',
      [
        fluxKustomization('k', './apps', ['wait: true']),
        set('b', on('k', 'ready: true', 'Kustomization', 'kustomize.toolkit.fluxcd.io')),
      ],
      ['k ready'],
    ],
    [
      'once a Kustomization has applied its objects',
      [
        fluxKustomization('k', './apps'),
        set('b', on('k', 'ready: true', 'Kustomization', 'kustomize.toolkit.fluxcd.io')),
      ],
      ['k applied'],
    ],
    [
      'after what comes before a ResourceSet that does not wait',
      [set('a', 'wait: true'), set('m', on('a')), set('b', on('m'))],
      ['a ready'],
    ],
    ['at once in a loop', [set('a', on('b')), set('b', on('a'))], []],
    ['at once if nothing has the name', [set('b', on('none'))], []],
  ])('%s', (_, objects, after) => {
    expect(afterOf('b', ...objects)).toEqual(after);
  });

  it('never in a loop of ResourceSets that wait', () => {
    const objects = [set('a', 'wait: true', on('b')), set('b', 'wait: true', on('a'))];
    const { graph } = graphOf({ ...bootstrap, 'clusters/prod/all.yaml': source + objects.join('') });
    expect(computeOrder(graph, 'prod').cycles).toHaveLength(1);
  });

  it('at once if all together would wait for very much', () => {
    const many = (count: number) =>
      `inputs: [${Array.from({ length: count }, (_, n) => `{ n: "${n}" }`).join(', ')}]`;
    const sets = (count: number) =>
      [set('a', 'wait: true', many(400)), set('b', many(count), on('a'))].map((text, index) =>
        text.replace(/(Kustomization\n +metadata: { name: )\w/, `$1"${'ab'[index]}-<< inputs.n >>"`),
      );
    expect(afterOf('b-0', ...sets(10))).toHaveLength(400);
    expect(afterOf('b-0', ...sets(251))).toEqual([]);
  });

  const node = (kind: string, id: string, group = 'fluxcd.controlplane.io') => ({
    ...{ id, type: 'operator', state: 'applied', appliedBy: [] },
    identity: { group, kind, name: id },
    object: { apiVersion: `${group}/v1`, kind, spec: { dependsOn: [{ ready: true }] } },
  });
  const step = (id: string) => node('Kustomization', id, 'kustomize.toolkit.fluxcd.io');
  const edge = (from: string, to: string, kind = 'depends-on') => ({
    from,
    to,
    kind,
    field: 'spec.dependsOn[0]',
  });
  const waitsOf = (ones: readonly ReturnType<typeof node>[], edges: readonly object[]) => {
    const nodes = new Map(ones.map((one) => [one.id, one as unknown as FrameNode]));
    const isStep = ({ identity: { kind } }: FrameNode) => kind === 'Kustomization';
    return new SetDependencies({ edges } as unknown as Frame, nodes, isStep).waits();
  };

  it('after what comes before a long chain of ResourceSets', () => {
    const length = 20_000;
    const sets = Array.from({ length }, (_, index) => node('ResourceSet', `${index}`));
    const edges = [
      edge('0', 'last', 'makes'),
      ...sets.map(({ id }, index) => edge(id, index + 1 === length ? 'first' : `${index + 1}`)),
    ];
    expect([...waitsOf([...sets, step('first'), step('last')], edges)]).toEqual([['last', 'first']]);
  });

  it('after no more than a million others in total, if many ResourceSets pass on what they wait for', () => {
    const numbers = Array.from({ length: 3_000 }, (_, index) => index);
    const edges = numbers.flatMap((index) => [
      edge(`${index}`, `made-${index}`, 'makes'),
      edge(`${index}`, `first-${index}`),
      edge(`${index}`, `${index + 1}`),
    ]);
    const ones = numbers.flatMap((index) => [
      node('ResourceSet', `${index}`),
      step(`made-${index}`),
      step(`first-${index}`),
    ]);
    let count = 0;
    for (const _ of waitsOf(ones, edges)) count += 1;
    expect(count).toBeGreaterThan(100_000);
    expect(count).toBeLessThanOrEqual(1_000_000);
  });

  it('not after itself', () => {
    const own = on('b', 'ready: true', 'Kustomization', 'kustomize.toolkit.fluxcd.io');
    expect(afterOf('b', set('b', own))).toEqual([]);
  });
});

describe('a Kustomization is ready', () => {
  const check = (name: string) =>
    `healthChecks: [{ apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSet, name: ${name}, namespace: flux-system }]`;
  /** The names of what must be ready before a Kustomization is that applies a ResourceSet. */
  const includedIn = (spec: string, text: string, inner = ''): string[] => {
    const { graph } = graphOf({
      ...bootstrap,
      'clusters/prod/all.yaml': source + fluxKustomization('k', './sets', [spec]),
      'sets/set.yaml': text + inner,
    });
    const order = computeOrder(graph, 'prod');
    expect(order.cycles).toEqual([]);
    const found = order.waves.flat().find(({ id }) => id === 'Kustomization/flux-system/k');
    return (found?.includes ?? []).map((id) => id.split('/')[2] ?? '');
  };
  const nested = (more: string, outer = 'wait: true') => `---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: outer, namespace: flux-system }
spec:
  ${outer}
  resources:
${set('in', more).replace('---\n', '').replace(/^/gm, '      ').replace('      apiVersion', '    - apiVersion')}
`;

  it.each<[string, string, string, string[]]>([
    ['after what a ResourceSet that waits creates', 'wait: true', set('a', 'wait: true'), ['a']],
    ['before what one creates that does not wait', 'wait: true', set('a'), []],
    ['at once if it waits for nothing', 'interval: 1h', set('a', 'wait: true'), []],
    ['after a ResourceSet in its health checks', check('a'), set('a', 'wait: true'), ['a']],
    ['before one that is not among them', check('b'), set('a', 'wait: true'), []],
    ['after what a ResourceSet of a ResourceSet creates', 'wait: true', nested('wait: true'), ['in']],
    ['before that, if the inner one does not wait', 'wait: true', nested('wait: false'), []],
    ['before that, if the outer one does not wait', 'wait: true', nested('wait: true', 'wait: false'), []],
  ])('%s', (_, spec, text, names) => {
    expect(includedIn(spec, text)).toEqual(names);
  });

  it('never, if what the ResourceSet creates waits for it', () => {
    const inner = set('a', 'wait: true').replace('wait: true, path', 'dependsOn: [{ name: k }], path');
    const { graph } = graphOf({
      ...bootstrap,
      'clusters/prod/all.yaml': source + fluxKustomization('k', './sets', ['wait: true']),
      'sets/set.yaml': inner,
    });
    expect(computeOrder(graph, 'prod').cycles).toHaveLength(1);
  });
});
