import { fluxKustomization } from '../graph/tree-of';
import { changesOf, diffOf, settings, shortly, type Files } from './pair-of-trees';

const SETS = 'clusters/prod/sets.yaml';
const sets = (...more: readonly string[]) => fluxKustomization('sets', './sets', more);
/** A ResourceSet that creates a ConfigMap for each name, and one for all. */
const set = (names: readonly string[], { name = 'teams', metadata = '', more = '' } = {}) => `---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: ${name}, namespace: flux-system${more} }
spec:
  inputs: [${names.map((one) => `{ team: ${one} }`).join()}]
  resources:
    - apiVersion: v1
      kind: ConfigMap
      metadata: { name: << inputs.team >>, namespace: shop${metadata} }
      data: { key: "1" }
`;
const messages = (before: Files, changed: Files) =>
  changesOf(diffOf(before, changed)).map(
    ({ class: changeClass, object, message }) => `${changeClass} ${object?.kind}/${object?.name}: ${message}`,
  );
const files = (text: string, ...spec: readonly string[]): Files => ({
  [SETS]: sets(...spec),
  'sets/set.yaml': text,
});
const setIs = (text: string | undefined): Files => ({
  'sets/set.yaml': text,
  'sets/other.yaml': settings('other'),
});

describe('what a ResourceSet creates', () => {
  const [one, two] = [set(['a']), set(['a', 'b'])];
  const unpruned = { [SETS]: sets().replace('prune: true', 'prune: false') };
  const kept = (more: string) => `, annotations: { ${more}/prune: disabled }`;

  it('is created and deleted with its input', () => {
    expect(messages(files(one), setIs(two))).toContainEqual('created ConfigMap/b: Flux creates it');
    expect(messages(files(two), setIs(one))).toContainEqual(
      'deleted ConfigMap/b: Flux deletes it: ResourceSet "flux-system/teams" no longer creates it',
    );
  });

  it('is deleted although its Kustomization does not prune', () => {
    expect(messages({ ...files(two), ...unpruned }, { 'sets/set.yaml': one })).toContainEqual(
      'deleted ConfigMap/b: Flux deletes it: ResourceSet "flux-system/teams" no longer creates it',
    );
  });

  it('stays with the annotation of the operator, not with that of Flux', () => {
    const named = (text: string) =>
      [set(['a', 'b'], { metadata: text }), set(['a'], { metadata: text })] as const;
    const [before, after] = named(kept('fluxcd.controlplane.io'));
    expect(messages(files(before), setIs(after))).toContainEqual(
      'orphaned ConfigMap/b: it stays in the cluster, and is no longer in git: it has the annotation fluxcd.controlplane.io/prune: disabled',
    );
    const [plain, less] = named(kept('kustomize.toolkit.fluxcd.io'));
    expect(shortly(diffOf(files(plain), setIs(less)))).toContain('deleted ConfigMap/shop/b');
  });

  it('stays while its Kustomization is suspended', () => {
    expect(messages(files(two, 'suspend: true'), { 'sets/set.yaml': one })).toContainEqual(
      'orphaned ConfigMap/b: it stays in the cluster, and is no longer in git: Kustomization "flux-system/sets" is suspended; once resumed, the operator deletes the object',
    );
  });

  it('stays when its ResourceSet is disabled', () => {
    const off = set(['a'], { more: ', annotations: { fluxcd.controlplane.io/reconcile: disabled }' });
    expect(messages(files(two), setIs(off))).toContainEqual(
      'orphaned ConfigMap/b: it stays in the cluster, and is no longer in git: ResourceSet "flux-system/teams" is disabled; once enabled, the operator deletes the object',
    );
  });

  it('changes with the provider of its inputs', () => {
    const provided = one.replace('spec:', 'spec:\n  inputsFrom: [{ name: more }]');
    const provider = (team: string) => `---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: more, namespace: flux-system }
spec: { type: Static, defaultValues: { team: ${team} } }
`;
    const before = { ...files(provided), 'sets/provider.yaml': provider('c') };
    const found = shortly(diffOf(before, { 'sets/provider.yaml': provider('d') }));
    expect(found).toContain('created ConfigMap/shop/d');
    expect(found).toContain('deleted ConfigMap/shop/c');
    expect(found.join()).not.toContain('ConfigMap/shop/a');
  });

  it('is not told where only the operator knows what the ResourceSet creates', () => {
    const open = two.replace('spec:', 'spec:\n  inputsFrom: [{ name: x }]');
    expect(shortly(diffOf(files(two), setIs(open))).filter((text) => text.startsWith('deleted'))).toEqual([]);
  });

  it('goes with its ResourceSet', () => {
    expect(messages(files(one), setIs(undefined))).toEqual([
      'deleted ConfigMap/a: Flux deletes it: ResourceSet "flux-system/teams" is removed',
      expect.stringContaining('deleted ResourceSet/teams: Flux deletes it and everything that it creates'),
      expect.stringContaining('created ConfigMap/other'),
    ]);
    expect(messages({ ...files(one), ...unpruned }, setIs(undefined))).toContainEqual(
      'orphaned ConfigMap/a: it stays in the cluster, and is no longer in git: ResourceSet "flux-system/teams" stays: Kustomization "flux-system/sets" does not prune',
    );
  });

  it('stays with its ResourceSet when its Kustomization gets another name', () => {
    const namespace = '    - { apiVersion: v1, kind: Namespace, metadata: { name: << inputs.team >> } }\n';
    const renamed = (more: string) =>
      diffOf(files(set(['a'], { more }) + namespace), { [SETS]: fluxKustomization('renamed', './sets') });
    const isRecreated = (more: string) => shortly(renamed(more)).includes('recreated Namespace/a');
    expect(isRecreated('')).toBe(true);
    expect(isRecreated(kept('kustomize.toolkit.fluxcd.io'))).toBe(false);
  });

  it('is created although it has an annotation of Flux', () => {
    const metadata = ', annotations: { kustomize.toolkit.fluxcd.io/reconcile: disabled }';
    expect(messages(files(set([])), setIs(set(['b'], { metadata })))).toContainEqual(
      'created ConfigMap/b: Flux creates it',
    );
  });

  const job = (image: string, metadata = '', more = '') =>
    set(['a'], { metadata, more })
      .replace('apiVersion: v1', 'apiVersion: batch/v1')
      .replace('ConfigMap', 'Job')
      .replace(
        'data: { key: "1" }',
        `spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "${image}" }] } } }`,
      );
  const change = (metadata: string, more = '') =>
    messages(files(job('a:1', metadata, more)), { 'sets/set.yaml': job('a:2', metadata, more) }).find(
      (text) => text.includes('Job'),
    );

  it('is refused or created again as the operator does it', () => {
    const force = (group: string) => `, annotations: { ${group}/force: enabled }`;
    expect(change('')).toContain('refused Job/a: the API server refuses to change spec.template');
    expect(change('')).toContain(': the ResourceSet fails and applies none of its changes');
    expect(change(force('kustomize.toolkit.fluxcd.io'))).toContain('refused Job/a');
    expect(change(force('fluxcd.controlplane.io'))).toContain('recreated Job/a');
    expect(change('', force('fluxcd.controlplane.io'))).toContain('recreated Job/a');
  });

  it('is no longer pruned with the annotation of the operator', () => {
    const named = (group: string) => set(['a'], { metadata: `, annotations: { ${group}/prune: disabled }` });
    const change = (group: string) => shortly(diffOf(files(one), { 'sets/set.yaml': named(group) }));
    expect(change('fluxcd.controlplane.io').filter((text) => text.includes('ConfigMap'))).toEqual([
      'prune-off ConfigMap/shop/a',
    ]);
    expect(change('kustomize.toolkit.fluxcd.io')).not.toContain('prune-off ConfigMap/shop/a');
  });

  it('says how to let the operator create it again', () => {
    const [found] = changesOf(diffOf(files(job('a:1')), { 'sets/set.yaml': job('a:2') })).filter(
      ({ object }) => object?.kind === 'Job',
    );
    expect(found?.hint).toContain('"fluxcd.controlplane.io/force: enabled"');
  });

  it.each(['reconcile: disabled', 'ssa: Ignore', 'ssa: IfNotPresent'])(
    'is changed in spite of %s for Flux',
    (mark) => {
      const annotations = `, annotations: { "kustomize.toolkit.fluxcd.io/${mark.replace(':', '":')} }`;
      const before = set(['a'], { metadata: annotations });
      const changed = { 'sets/set.yaml': before.replace('key: "1"', 'key: "2"') };
      expect(shortly(diffOf(files(before), changed))).toContain('changed ConfigMap/shop/a');
    },
  );

  it('is not taken for renamed if another input comes at the same time', () => {
    expect(shortly(diffOf(files(set(['a'])), setIs(set(['b']))))).toEqual(
      expect.arrayContaining(['deleted ConfigMap/shop/a', 'created ConfigMap/shop/b']),
    );
  });
});

describe('an object that changes between ResourceSets and Kustomizations', () => {
  const one = set(['a']);
  const plain = settings('a');

  it('is deleted by the ResourceSet and created again', () => {
    expect(messages(files(one), { 'sets/set.yaml': plain })).toContainEqual(
      'moved ConfigMap/a: ResourceSet "flux-system/teams" deletes it and Kustomization "flux-system/sets" creates it again',
    );
  });

  it('may be deleted by the Kustomization before the ResourceSet adopts it', () => {
    const [change] = changesOf(diffOf(files(plain), { 'sets/set.yaml': one })).filter(
      ({ object }) => object?.name === 'a',
    );
    expect(change).toMatchObject({
      class: 'moved',
      deletesFirst: true,
      message:
        'Kustomization "flux-system/sets" deletes it and ResourceSet "flux-system/teams" creates it again, unless ResourceSet "flux-system/teams" adopts it first',
      hint: expect.stringContaining('kustomize.toolkit.fluxcd.io/prune: disabled') as string,
    });
    expect(change?.formerOwner).toBeUndefined();
  });

  it('is adopted if it is kept', () => {
    const unpruned = { ...files(plain), [SETS]: sets().replace('prune: true', 'prune: false') };
    expect(messages(unpruned, { 'sets/set.yaml': one })).toContainEqual(
      'moved ConfigMap/a: ResourceSet "flux-system/teams" adopts it from Kustomization "flux-system/sets": Kustomization "flux-system/sets" does not prune',
    );
  });

  it('may be deleted by one ResourceSet before another adopts it', () => {
    const other = set(['a'], { name: 'other' });
    expect(messages(files(one), { 'sets/set.yaml': other })).toContainEqual(
      'moved ConfigMap/a: ResourceSet "flux-system/teams" deletes it and ResourceSet "flux-system/other" creates it again, unless ResourceSet "flux-system/other" adopts it first',
    );
  });

  it('names the Kustomization that had it', () => {
    const before = {
      ...files(one),
      [SETS]: sets() + fluxKustomization('maps', './maps'),
      'maps/x.yaml': settings('x'),
    };
    const changes = changesOf(diffOf(before, { 'sets/set.yaml': settings('y'), 'maps/a.yaml': plain }));
    expect(changes.find(({ object }) => object?.name === 'a')).toMatchObject({
      owner: 'flux-system/maps',
      formerOwner: 'flux-system/sets',
      hint: expect.stringContaining('fluxcd.controlplane.io/prune: disabled') as string,
    });
  });

  it('moves with its ResourceSet', () => {
    const before = {
      ...files(one),
      [SETS]: sets() + fluxKustomization('maps', './maps'),
      'maps/x.yaml': settings('x'),
    };
    const moved = changesOf(diffOf(before, { 'sets/set.yaml': settings('y'), 'maps/a.yaml': one }));
    expect(
      moved
        .filter(({ class: changeClass }) => changeClass === 'moved')
        .map(({ object, message }) => [object?.kind, message]),
    ).toEqual([['ResourceSet', expect.stringContaining('deletes it and everything that it creates and')]]);
  });
});
