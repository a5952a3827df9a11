import { computeOrder } from '../../../lib/graph/order/compute-order';
import { withMadeObjects } from '../../../lib/graph/resource-sets/made-objects';
import { hasHiddenTemplates } from '../../../lib/graph/resource-sets/render-resource-set';
import type { ManifestObject } from '../../../lib/tree/manifest';
import { lines, found, object, release, type Files } from '../../check/small-repositories';
import { configMap, fluxKustomization, graphOf } from '../tree-of';

const set = (resources: string, ...spec: readonly string[]) =>
  object(
    'fluxcd.controlplane.io/v1',
    'ResourceSet',
    'teams',
    'flux-system',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '  resources:',
    resources
      .trimEnd()
      .replace(/^/gm, '      ')
      .replace(/^ {6}---\n/, '')
      .replace(/^ {6}apiVersion/, '    - apiVersion'),
  );
const teams = 'inputs: [{ team: a }, { team: b }]';
const files = (text: string, more: Files = {}): Files => ({ 'clusters/prod/teams.yaml': text, ...more });
const maps: Files = {
  'apps/a/map.yaml': configMap('one').replace('name: one', 'name: one\n  namespace: flux-system'),
  'apps/b/map.yaml': configMap('two').replace('name: two', 'name: two\n  namespace: flux-system'),
};
const kustomization = fluxKustomization('"<< inputs.team >>"', './apps/<< inputs.team >>');

describe('what a ResourceSet creates', () => {
  it('is in the graph, and the Kustomizations among it are built', () => {
    const { graph, cluster } = graphOf(files(set(kustomization, teams), maps));
    expect(graph.findings).toEqual([]);
    const made = cluster.nodes.filter(({ state }) => state === 'made');
    expect(made.map(({ id, appliedBy, build }) => [id, appliedBy, build?.path])).toEqual([
      ['Kustomization/flux-system/a', ['Kustomization/flux-system/flux-system'], 'apps/a'],
      ['Kustomization/flux-system/b', ['Kustomization/flux-system/flux-system'], 'apps/b'],
    ]);
    expect(cluster.edges.filter(({ kind }) => kind === 'makes').map(({ from, to }) => [from, to])).toEqual([
      ['ResourceSet/flux-system/teams', 'Kustomization/flux-system/a'],
      ['ResourceSet/flux-system/teams', 'Kustomization/flux-system/b'],
    ]);
    expect(
      cluster.nodes.flatMap(({ build }) => build?.inventory.map(({ identity }) => identity.name)),
    ).toContain('two');
  });

  it('has the variables of the Kustomization that applies the ResourceSet', () => {
    const postBuild = ['postBuild: { substitute: { PLACE: "a" } }'];
    const text = fluxKustomization('sets', './sets', postBuild);
    const inner = fluxKustomization('inner', './apps/<< inputs.team >>');
    const { cluster } = graphOf({
      ...files(text, maps),
      'sets/set.yaml': set(inner, 'inputs: [{ team: "${PLACE}" }]'),
    });
    expect(cluster.nodes.find(({ id }) => id.endsWith('/inner'))?.build?.path).toBe('apps/a');
  });

  it('is not followed for another cluster', () => {
    const remote = fluxKustomization('sets', './sets', ['kubeConfig: { secretRef: { name: k } }']);
    const { cluster } = graphOf({ ...files(remote, maps), 'sets/set.yaml': set(kustomization, teams) });
    expect(cluster.nodes.filter(({ state }) => state === 'made')).toEqual([]);
  });

  it('is followed by what the ResourceSets among it create', () => {
    const inner = (resources: string, name: string) =>
      set(resources, teams).replace('name: teams', `name: ${name}`);
    const { cluster } = graphOf(files(set(inner(kustomization, 'in-<< inputs.team >>'), teams), maps));
    const made = cluster.edges.filter(({ kind }) => kind === 'makes').map(({ from, to }) => `${from} ${to}`);
    expect(made).toEqual([
      'ResourceSet/flux-system/teams ResourceSet/flux-system/in-a',
      'ResourceSet/flux-system/teams ResourceSet/flux-system/in-b',
      'ResourceSet/flux-system/in-a Kustomization/flux-system/a',
      'ResourceSet/flux-system/in-b Kustomization/flux-system/b',
    ]);
  });

  it('is not without end, for ResourceSets that create very many others', () => {
    const setOf = (name: string, spec: object) => ({
      apiVersion: 'fluxcd.controlplane.io/v1',
      kind: 'ResourceSet',
      metadata: { name, namespace: 'x' },
      spec,
    });
    const maps = Array.from({ length: 100 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `<< inputs.a >>-${index}`, namespace: 'x' },
    }));
    const inputs = Array.from({ length: 150 }, (_, index) => ({ a: `a${index}` }));
    const outer = setOf('outer', { inputs, resources: [setOf('<< inputs.a >>', { resources: maps })] });
    const [only, ...others] = withMadeObjects([{ object: outer, location: {} }]);
    expect(only?.object).toEqual(outer);
    expect(others).toEqual([]);
    expect(hasHiddenTemplates(only?.object as ManifestObject)).toBe(true);
    const fewer = setOf('outer', { ...outer.spec, inputs: inputs.slice(0, 90) });
    expect(withMadeObjects([{ object: fewer, location: {} }])).toHaveLength(1 + 90 * 101);
  });

  it('comes after its Kustomization, which does not wait for it', () => {
    const wait = fluxKustomization('sets', './sets', ['wait: true']);
    const inner = fluxKustomization('inner', './apps/a', ['dependsOn: [{ name: sets }]']);
    const { graph } = graphOf({ ...files(wait, maps), 'sets/set.yaml': set(inner) });
    const { waves, cycles } = computeOrder(graph, 'prod');
    expect(cycles).toEqual([]);
    expect(waves.flat().map(({ id, wave }) => [id, wave])).toEqual([
      ['Kustomization/flux-system/flux-system', 0],
      ['Kustomization/flux-system/sets', 1],
      ['Kustomization/flux-system/inner', 2],
    ]);
  });
});

describe('check of what a ResourceSet creates', () => {
  it('shows a path that does not exist at the resource', () => {
    const text = set(kustomization, teams);
    const line = text.split('\n').findIndex((one) => one.includes('path:')) + 1;
    const [a, b, ...others] = found('path-missing', files(text));
    expect([a?.locations, b?.locations]).toEqual(
      [1, 2].map(() => [expect.objectContaining({ file: 'clusters/prod/teams.yaml', line })]),
    );
    expect([a?.message, b?.message].join()).toMatch(/apps\/a.*apps\/b/);
    expect(others).toEqual([]);
  });

  it('shows a wrong field of a resource at its line', () => {
    const text = set(kustomization.replace('prune: true', 'prune: true\n  purne: true'), teams);
    const line = text.split('\n').findIndex((one) => one.includes('purne')) + 1;
    expect(found('schema-unknown-field', files(text, maps)).map(({ locations }) => locations)).toEqual([
      [expect.objectContaining({ file: 'clusters/prod/teams.yaml', line })],
    ]);
  });

  it('reports a namespace that nothing creates', () => {
    const map = configMap('x').replace('name: x', 'name: x\n  namespace: none');
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: other }\n';
    expect(lines('namespace-missing', files(`${set(map)}---\n${namespace}`))).toEqual([
      expect.stringContaining('nothing creates the namespace "none"'),
    ]);
    expect(
      lines('namespace-missing', files(set(map).replace('spec:', 'spec:\n  inputsFrom: [{ name: x }]'))),
    ).toEqual([]);
  });

  it('reports a reference to what it does not create', () => {
    const inner = kustomization.replace(/(kind: GitRepository\n\s+name: ).*/, '$1none');
    expect(lines('source-missing', files(set(inner, teams), maps))).toEqual([
      expect.stringContaining(
        'refers to GitRepository "flux-system/none", which nothing in the cluster applies',
      ),
    ]);
  });

  it.each([
    [
      'has a kind from an input',
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: << inputs.kind >>\nmetadata: { name: a, namespace: b }\n',
    ],
    ['is a Kustomization', kustomization],
    ['is a ResourceSet', set(kustomization)],
  ])('does not judge references to what only the operator knows: what %s', (_, text) => {
    const charts = release('web', 'flux-system', 'none');
    const open = set(text, 'inputsFrom: [{ name: x }]');
    expect(lines('source-missing', files(`${charts}---\n${open}`))).toEqual([]);
    expect(
      lines('source-missing', files(`${charts}---\n${set(configMap('x'), 'inputsFrom: [{ name: x }]')}`)),
    ).toHaveLength(1);
  });

  it.each(['"kind":   "HelmRepository"', "kind: 'HelmRepository'", 'kind: << $kind >>'])(
    'does not judge references to kinds of a template text: %s',
    (kind) => {
      const open = object(
        'fluxcd.controlplane.io/v1',
        'ResourceSet',
        'x',
        'flux-system',
        'spec:',
        '  resourcesTemplate: |',
        '    << range inputs.x >>',
        `    ${kind}`,
        '    << end >>',
      );
      const charts = release('web', 'flux-system', 'none');
      expect(lines('source-missing', files(`${charts}---\n${open}`))).toEqual([]);
    },
  );

  it.each(['copyFrom', 'convertKubeConfigFrom'])('does not know what is in a ConfigMap with %s', (mark) => {
    const map = (annotation: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars, namespace: flux-system${annotation} }\ndata: { x: y }\n`;
    const inner = fluxKustomization('inner', './apps', [
      'postBuild: { substituteFrom: [{ kind: ConfigMap, name: vars }] }',
    ]);
    const all = (annotation: string): Files => ({
      ...files(fluxKustomization('sets', './sets') + inner),
      'sets/set.yaml': set(map(annotation)),
      'apps/map.yaml': object('v1', 'ConfigMap', 'used', 'default', 'data: { a: "${DOMAIN}" }'),
    });
    const filled = all(`, annotations: { fluxcd.controlplane.io/${mark}: a/b }`);
    expect(lines('variable-undefined', all(''))).toHaveLength(1);
    expect(lines('variable-undefined', filled)).toEqual([]);
    const { cluster } = graphOf(filled);
    expect(cluster.nodes.find(({ id }) => id.endsWith('/inner'))?.build?.variables?.complete).toBe(false);
  });

  it('reports no race, since the operator tries again', () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: things.acme.io }\nspec: { group: acme.io, names: { kind: Thing }, scope: Namespaced }\n';
    const thing = 'apiVersion: acme.io/v1\nkind: Thing\nmetadata: { name: x, namespace: team }\n';
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: team }\n';
    const apps = fluxKustomization('crds', './crds') + fluxKustomization('sets', './sets');
    const all = (second: string) => ({
      ...files(apps),
      'crds/crd.yaml': `${crd}---\n${namespace}`,
      'sets/set.yaml': second,
    });
    expect(
      ['crd-race', 'namespace-race', 'crd-missing'].flatMap((code) => lines(code, all(set(thing)))),
    ).toEqual([]);
    expect(['crd-race', 'namespace-race'].flatMap((code) => lines(code, all(thing)))).toHaveLength(2);
    const alone = { ...files(fluxKustomization('sets', './sets')), 'sets/set.yaml': set(thing) };
    expect(lines('crd-missing', alone)).toEqual([]);
  });

  it('does not expect the Kustomization to wait for it', () => {
    const chart = release('web', 'flux-system', 'web', '  timeout: 20m');
    const sets = fluxKustomization('sets', './sets', ['wait: true', 'timeout: 5m']);
    const next = fluxKustomization('next', './next', ['dependsOn: [{ name: sets }]']);
    const all = (inner: string, first: string) => ({
      ...files(first + next),
      'sets/set.yaml': inner,
      'next/map.yaml': configMap('x'),
    });
    expect(lines('timeout-too-short', all(set(chart), sets))).toEqual([]);
    expect(lines('timeout-too-short', all(chart, sets))).toHaveLength(1);
  });

  it('does not call it pruned, or without a controller', () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: things.acme.io }\nspec: { group: acme.io, names: { kind: Thing }, scope: Namespaced }\n';
    expect(lines('crd-pruned', files(set(crd)))).toEqual([]);
    expect(lines('crd-pruned', files(crd))).toHaveLength(1);
    const instance = object(
      'fluxcd.controlplane.io/v1',
      'FluxInstance',
      'flux',
      'flux-system',
      'spec: { distribution: { version: 2.9.x, registry: ghcr.io/fluxcd }, components: [source-controller, kustomize-controller] }',
    );
    const chart = release('web', 'flux-system', 'web');
    expect(lines('component-missing', files(set(chart) + instance))).toEqual([]);
    expect(lines('component-missing', files(chart + instance))).toHaveLength(1);
  });

  const chart = release(
    'cert-manager',
    'flux-system',
    'cert-manager',
    '  values: { crds: { enabled: true } }',
  );
  const issuer =
    'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: x }\nspec: { selfSigned: {} }\n';
  const racing = (text: string, ...first: readonly string[]): Files => ({
    ...files(
      fluxKustomization('sets', './sets', first) +
        fluxKustomization('certs', './certs', first.length === 0 ? [] : ['dependsOn: [{ name: sets }]']),
    ),
    'sets/set.yaml': text,
    'certs/issuer.yaml': issuer,
  });

  it('says which ResourceSet must wait before custom resources are applied', () => {
    expect(lines('webhook-race', racing(set(chart), 'wait: true'))).toEqual([
      expect.stringContaining('set wait: true in ResourceSet "flux-system/teams", or name'),
    ]);
    expect(lines('webhook-race', racing(set(chart), 'timeout: 5m')).join()).toContain(
      'set wait: true here and in ResourceSet "flux-system/teams", or name',
    );
    expect(lines('webhook-race', racing(chart, 'timeout: 5m')).join()).toContain('set wait: true, or name');
    expect(lines('webhook-race', racing(set(chart, 'wait: true'), 'wait: true'))).toEqual([]);
  });

  it('says of a race which ResourceSet must wait', () => {
    const hint = (text: string) => lines('crd-race', racing(text)).join();
    expect(hint(set(chart))).toContain('set wait: true on that one and ResourceSet "flux-system/teams"');
    expect(hint(set(chart, 'wait: true'))).toMatch(/set wait: true on that one$/);
    expect(hint(chart)).toMatch(/set wait: true on that one$/);
    const beside = (text: string): Files => ({
      ...files(text, { 'clusters/prod/certs.yaml': fluxKustomization('certs', './certs') }),
      'certs/issuer.yaml': issuer,
    });
    expect(lines('crd-race', beside(set(chart))).join()).toContain(
      'move ResourceSet "flux-system/teams", with wait: true, to its own Kustomization',
    );
    expect(lines('crd-race', beside(set(chart, 'wait: true'))).join()).toContain(
      'move ResourceSet "flux-system/teams" to its own Kustomization',
    );
  });

  it('shows the fields of all Kustomizations of a loop or an overlap in their template', () => {
    const loop = kustomization.replace(
      'prune: true',
      'prune: true\n  dependsOn: [{ name: "<< inputs.on >>" }]',
    );
    const text = set(loop, 'inputs: [{ team: a, on: b }, { team: b, on: a }]');
    const lineOf = (part: string) => text.split('\n').findIndex((one) => one.includes(part)) + 1;
    const linesOf = (code: string, all: Files) =>
      found(code, all).flatMap(({ locations }) => locations.map(({ line }) => line));
    expect(linesOf('dependency-cycle', files(text, maps))).toEqual([
      lineOf('dependsOn'),
      lineOf('dependsOn'),
    ]);
    const same = set(kustomization.replace('apps/<< inputs.team >>', 'apps/a'), teams);
    const line = same.split('\n').findIndex((one) => one.includes('path:')) + 1;
    expect(linesOf('path-overlap', files(same, maps))).toEqual([line, line]);
  });

  it('says how an input becomes a text', () => {
    const map = object('v1', 'ConfigMap', 'x', 'flux-system', 'data: { a: "<< inputs.n >>" }');
    expect(lines('schema-type', files(set(map, 'inputs: [{ n: 7 }]')))).toEqual([
      expect.stringContaining('if it comes from an input, write << inputs.name | quote >>'),
    ]);
  });
});
