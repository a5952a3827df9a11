import { computeOrder } from '../../lib/graph/order/compute-order';
import { durationSeconds, formatSeconds } from '../../lib/plain/duration';
import { formatOrder } from '../../lib/graph/order/format-order';
import { configMap, fluxKustomization, graphOf } from './tree-of';

/** The order of a cluster whose root applies some Kustomizations, each with more lines of its spec. */
function orderOf(specs: Readonly<Record<string, readonly string[]>>, more: Record<string, string> = {}) {
  const text = Object.entries(specs).map(([name, spec]) =>
    fluxKustomization(name, name === 'parent' ? './parent' : './empty', spec),
  );
  const files = { 'clusters/prod/all.yaml': text.join(''), 'empty/c.yaml': configMap('c'), ...more };
  const { graph, cluster } = graphOf(files);
  return computeOrder(graph, cluster);
}

const id = (name: string) => `Kustomization/flux-system/${name}`;
const names = (ids: readonly string[]) => ids.map((text) => text.replace('Kustomization/flux-system/', ''));

describe('computeOrder', () => {
  it('puts steps that may run in parallel into waves', () => {
    const order = orderOf({
      a: [],
      b: ['dependsOn: [{name: a}]'],
      c: ['dependsOn: [{name: a}]'],
      d: ['dependsOn: [{name: b}, {name: c}]'],
    });
    expect(order.waves.map((wave) => names(wave.map((step) => step.id)))).toEqual([
      ['flux-system'],
      ['a'],
      ['b', 'c'],
      ['d'],
    ]);
    expect(order.cycles).toEqual([]);
  });

  it('distinguishes waiting for readiness from waiting for an apply, and for one revision', () => {
    const order = orderOf({ a: ['wait: true'], b: [], c: ['dependsOn: [{name: a}, {name: b}]'] });
    const c = order.waves.flat().find((step) => step.id === id('c'));
    expect(c?.waits).toEqual([
      { on: id('flux-system'), why: 'parent', until: 'applied', sameRevision: false },
      { on: id('a'), why: 'depends-on', until: 'ready', sameRevision: true },
      { on: id('b'), why: 'depends-on', until: 'applied', sameRevision: true },
    ]);
  });

  it('includes what a waiting parent applies in its readiness', () => {
    const order = orderOf(
      { parent: ['wait: true'], after: ['dependsOn: [{name: parent}]'] },
      { 'parent/k.yaml': fluxKustomization('child', './empty', ['wait: true']) },
    );
    expect(order.waves.map((wave) => names(wave.map((step) => step.id)))).toEqual([
      ['flux-system'],
      ['parent'],
      ['child'],
      ['after'],
    ]);
  });

  describe('blocks what waits for a Kustomization that never becomes ready', () => {
    const waits = ['dependsOn: [{name: a}]'];
    const blockedBy = (order: ReturnType<typeof orderOf>) => [
      order.blocked.map(({ id, on }) => [...names([id]), ...names(on)]),
      order.neverReady.map(({ id, reason }) => [...names([id]), reason]),
    ];
    const text = (name: string, from: string, to: string, spec: readonly string[] = waits) =>
      fluxKustomization(name, './empty', spec).replaceAll(from, to);

    it.each([
      ['path-missing', text('a', './empty', './nowhere', [])],
      ['build-refused', text('a', './empty', './broken', [])],
      ['source-missing', text('a', 'name: flux-system', 'name: other', [])],
    ])('as of %s', (reason, a) => {
      const files = {
        'clusters/prod/a.yaml': a,
        'broken/kustomization.yaml': 'resources: [nowhere.yaml]\n',
      };
      const order = orderOf({ b: waits, c: ['dependsOn: [{name: b}]'], d: [] }, files);
      expect(blockedBy(order)).toEqual([
        [
          ['b', 'a'],
          ['c', 'b'],
        ],
        [['a', reason]],
      ]);
      expect(formatOrder(order)).toMatch(/never becomes ready\n {2}flux-system\/a: /);
    });

    it('and what a build that is refused would apply', () => {
      const order = orderOf(
        { parent: [], b: [] },
        {
          'parent/k.yaml': fluxKustomization('child', './empty'),
          'parent/kustomization.yaml': 'resources: [k.yaml, nowhere.yaml]\n',
        },
      );
      expect(blockedBy(order)).toEqual([[['child', 'parent']], [['parent', 'build-refused']]]);
    });

    it('also through a parent that waits for it', () => {
      const order = orderOf(
        { parent: ['wait: true'], b: ['dependsOn: [{name: parent}]'] },
        { 'parent/k.yaml': fluxKustomization('child', './nowhere') },
      );
      expect(blockedBy(order)).toEqual([[['b', 'parent']], [['child', 'path-missing']]]);
    });

    const releaseOf = (spec: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: flux-system }\nspec: { ${spec} }\n`;
    const chart = 'chart: { spec: { chart: web, sourceRef: { kind: HelmRepository, name: gone } } }';

    it('but not for a suspended release', () => {
      const order = orderOf(
        { parent: ['wait: true'], b: ['dependsOn: [{name: parent}]'] },
        { 'parent/r.yaml': releaseOf(`suspend: true, ${chart}`) },
      );
      expect(blockedBy(order)).toEqual([[], []]);
    });

    it.each([chart, 'chartRef: { kind: OCIRepository, name: gone }'])(
      'also through a release whose source nothing applies: %s',
      (spec) => {
        const release = releaseOf(spec);
        for (const [wait, blocked] of [
          ['wait: true', [['b', 'parent']]],
          ['wait: false', []],
        ] as const) {
          const order = orderOf(
            { parent: [wait], b: ['dependsOn: [{name: parent}]'] },
            { 'parent/r.yaml': release },
          );
          expect(blockedBy(order)).toEqual([blocked, [['HelmRelease/flux-system/web', 'source-missing']]]);
        }
      },
    );

    it('if one of the same source is suspended, which only then is named', () => {
      const order = orderOf({ a: ['suspend: true', 'wait: true'], b: waits, c: ['suspend: true'] });
      expect(blockedBy(order)).toEqual([[['b', 'a']], [['a', 'suspended']]]);
      expect(formatOrder(order)).toContain('flux-system/b for flux-system/a');
    });

    it('but not for a suspended one of another source, nor for a step that is suspended itself', () => {
      const source =
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: o, namespace: flux-system}\nspec: {url: https://example.com/o}\n';
      const files = {
        'clusters/prod/s.yaml': source,
        'clusters/prod/a.yaml': text('a', 'name: flux-system', 'name: o', ['suspend: true']),
      };
      const order = orderOf(
        { b: waits, x: ['suspend: true'], y: ['suspend: true', 'dependsOn: [{name: x}]'] },
        files,
      );
      expect(blockedBy(order)).toEqual([[], []]);
    });

    it('but not if a source may come from something that files do not show', () => {
      const set =
        'apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: r, namespace: flux-system}\nspec: {}\n';
      const files = {
        'clusters/prod/set.yaml': set,
        'clusters/prod/a.yaml': text('a', 'name: flux-system', 'name: other', []),
      };
      expect(blockedBy(orderOf({ b: waits }, files))).toEqual([[], []]);
    });
  });

  it('adds up the longest chain', () => {
    const order = orderOf({
      a: ['timeout: 5m', 'retryInterval: 2m', 'wait: true'],
      b: ['timeout: 1m', 'retryInterval: 1m', 'wait: true', 'dependsOn: [{name: a}]'],
      c: ['dependsOn: [{name: b}]', 'retryInterval: 1m'],
    });
    expect(names(order.longestChain.steps)).toEqual(['flux-system', 'a', 'b', 'c']);
    expect(order.longestChain.seconds).toBe(300 + 30 + 60 + 30);
    expect(order.longestChain.secondsWithRetry).toBe(600 + (600 + 120) + 30 + (120 + 60) + 30 + 60);
  });

  it('names only the loop, and what it blocks', () => {
    const order = orderOf({
      a: ['dependsOn: [{name: b}]'],
      b: ['dependsOn: [{name: c}]'],
      c: ['dependsOn: [{name: b}]'],
      self: ['dependsOn: [{name: self}]'],
      lost: ['dependsOn: [{name: gone}]'],
    });
    expect(order.cycles.map(({ nodes, throughParent }) => [names(nodes), throughParent])).toEqual([
      [['b', 'c'], false],
      [['self'], false],
    ]);
    expect(order.blocked.map(({ id: blocked, on }) => [names([blocked])[0], names(on)])).toEqual([
      ['a', ['b']],
      ['lost', ['gone']],
    ]);
  });

  it('finds the deadlock of a waiting parent and a child that depends on it', () => {
    const order = orderOf(
      { parent: ['wait: true'] },
      { 'parent/k.yaml': fluxKustomization('child', './empty', ['dependsOn: [{name: parent}]']) },
    );
    expect(order.cycles).toEqual([{ nodes: [id('child'), id('parent')], throughParent: true }]);
  });

  it('starts what the root waits for beside the root, as bootstrap by hand does', () => {
    const { graph, cluster } = graphOf({
      'clusters/prod/flux-system/kustomization.yaml':
        'resources: [gotk-sync.yaml]\npatches:\n- target: {name: flux-system, kind: Kustomization}\n  patch: "- {op: add, path: /spec/dependsOn, value: [{name: flux}]}"\n',
      'clusters/prod/flux.yaml': fluxKustomization('flux', './empty'),
      'empty/c.yaml': configMap('c'),
    });
    const order = computeOrder(graph, cluster);
    expect(order.waves.map((wave) => names(wave.map((step) => step.id)))).toEqual([
      ['flux'],
      ['flux-system'],
    ]);
  });

  it('handles a chain of 5,000', () => {
    const specs = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [
        `k${index}`,
        index === 0 ? [] : [`dependsOn: [{name: k${index - 1}}]`],
      ]),
    );
    expect(orderOf(specs).waves).toHaveLength(5001);
  });

  it('fails if the graph has no such cluster', () => {
    const { graph } = graphOf({});
    expect(() => computeOrder(graph, 'dev')).toThrow('there is no cluster "dev"');
  });
});

describe('formatOrder', () => {
  it('prints waves, reasons, the longest chain and loops', () => {
    const order = orderOf({
      a: ['wait: true', 'timeout: 3m', 'retryInterval: 2m'],
      b: ['timeout: 1m', 'dependsOn: [{name: a}]'],
      x: ['dependsOn: [{name: y}]'],
      y: ['dependsOn: [{name: x}]'],
    });
    expect(formatOrder(order)).toMatchInlineSnapshot(`
     "cluster prod

     wave 0 (1 step)
       flux-system/flux-system: ready once applied (timeout 9m30s)

     wave 1 (1 step)
       flux-system/a: ready when everything it applies is ready (timeout 3m)
         after flux-system/flux-system has applied it

     wave 2 (1 step)
       flux-system/b: ready once applied (timeout 1m)
         after flux-system/flux-system has applied it
         after flux-system/a is ready, on the same revision

     longest chain: 3 steps, up to 3m30s; 28m30s if each step fails once
       flux-system/flux-system -> flux-system/a -> flux-system/b

     never starts: flux-system/x -> flux-system/y -> flux-system/x (each waits for the next)
     "
    `);
  });
});

describe('durations', () => {
  it.each([
    ['1h30m', 5400],
    ['90s', 90],
    ['1m15s', 75],
    ['500ms', 0.5],
    ['1.5h', 5400],
  ])('reads %s', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  it('fails on text that is not a duration, and prints whole seconds', () => {
    expect([durationSeconds('5'), durationSeconds(5), durationSeconds('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([formatSeconds(0), formatSeconds(5400), formatSeconds(61)]).toEqual(['0s', '1h30m', '1m1s']);
  });
});
