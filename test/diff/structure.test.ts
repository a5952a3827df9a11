import { failuresOf, parseFailOn } from '../../lib/diff/verdict';
import { bootstrap, fluxKustomization } from '../graph/tree-of';
import { changesOf, diffOf, settings, shortly } from './pair-of-trees';

const apps = 'clusters/prod/apps.yaml';
const base = {
  [apps]: fluxKustomization('apps', './apps'),
  'apps/one.yaml': settings('one'),
  'apps/two.yaml': settings('two'),
};

describe('what Flux does with objects removed from git', () => {
  it('deletes an object whose file is gone', () => {
    expect(shortly(diffOf(base, { 'apps/one.yaml': undefined }))).toEqual(['deleted ConfigMap/shop/one']);
  });

  it.each([
    ['prune is off', { [apps]: fluxKustomization('apps', './apps').replace('prune: true', 'prune: false') }],
    ['the Kustomization is suspended', { [apps]: fluxKustomization('apps', './apps', ['suspend: true']) }],
  ])('leaves it behind if %s', (_why, changed) => {
    const changes = shortly(diffOf({ ...base, ...changed }, { 'apps/one.yaml': undefined }));
    expect(changes).toEqual(['orphaned ConfigMap/shop/one']);
  });

  it.each(['prune', 'reconcile'])('leaves it behind if its annotation %s is disabled', (name) => {
    const marked = settings(
      'one',
      '1',
      `  annotations:\n    kustomize.toolkit.fluxcd.io/${name}: disabled\n`,
    );
    const diff = diffOf({ ...base, 'apps/one.yaml': marked }, { 'apps/one.yaml': undefined });
    expect(shortly(diff)).toEqual(['orphaned ConfigMap/shop/one']);
  });

  it('deletes a Kustomization with what it applied, as one change', () => {
    const diff = diffOf(base, { [apps]: undefined });
    expect(shortly(diff)).toEqual(['deleted Kustomization/flux-system/apps']);
    expect(changesOf(diff)[0]?.alongWith?.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it.each([
    ['it had deletionPolicy: Orphan', ['deletionPolicy: Orphan']],
    ['it was suspended', ['suspend: true']],
  ])('leaves what a removed Kustomization applied if %s', (_why, spec) => {
    const kept = { ...base, [apps]: fluxKustomization('apps', './apps', spec) };
    expect(shortly(diffOf(kept, { [apps]: undefined }))).toEqual(['orphaned Kustomization/flux-system/apps']);
  });

  it('reports Namespaces, CRDs, claims and releases separately, with their contents', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
    const diff = diffOf({ ...base, 'apps/namespace.yaml': namespace }, { [apps]: undefined });
    expect(shortly(diff)).toEqual(['deleted Kustomization/flux-system/apps', 'deleted Namespace/shop']);
    expect(changesOf(diff)[1]?.alongWith?.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('reports nothing about objects if the build of the head fails', () => {
    const diff = diffOf(base, { 'apps/kustomization.yaml': 'resources: [missing.yaml]\n' });
    expect(shortly(diff)).toEqual([]);
    expect(diff.findings.new.map(({ severity }) => severity)).toContain('error');
    expect(diff.uncompared).toMatchObject([{ reason: 'build', object: { name: 'apps' } }]);
  });
});

describe('what Flux does with another owner', () => {
  const [a, b] = ['clusters/prod/a.yaml', 'clusters/prod/b.yaml'];
  const two = {
    [a]: fluxKustomization('a', './a'),
    [b]: fluxKustomization('b', './b'),
    'a/stays.yaml': settings('stays'),
    'a/moves.yaml': settings('moves'),
    'b/own.yaml': settings('own'),
  };
  const move = { 'a/moves.yaml': undefined, 'b/moves.yaml': settings('moves') };
  const moveWith = (more: Readonly<Record<string, string>>) => changesOf(diffOf(two, { ...move, ...more }));

  it('may delete a moved object if nothing orders the two', () => {
    const [change] = moveWith({});
    expect(failuresOf(diffOf(two, move), { failOn: parseFailOn('destructive') })).toHaveLength(1);
    expect(change).toMatchObject({
      class: 'moved',
      deletesFirst: true,
      owner: 'flux-system/b',
      formerOwner: 'flux-system/a',
    });
    expect(change?.message).toContain('neither waits for the other');
    expect(change?.hint).toContain('dependsOn');
  });

  it('adopts a moved object if the old owner already waits for the new one', () => {
    const waiting = { ...two, [a]: fluxKustomization('a', './a', ['dependsOn: [{ name: b }]']) };
    const moved = changesOf(diffOf(waiting, move)).find((change) => change.class === 'moved');
    expect(moved?.message).toContain('adopts it');
    expect(moved).not.toHaveProperty('deletesFirst');
    expect(moved?.hint).toBeUndefined();
  });

  it('may delete a moved object if the old owner waits only from the same commit on', () => {
    const changes = moveWith({ [a]: fluxKustomization('a', './a', ['dependsOn: [{ name: b }]']) });
    const moved = changes.find((change) => change.class === 'moved');
    expect(moved).toMatchObject({ deletesFirst: true, hint: expect.stringContaining('dependsOn first') });
    expect(moved?.message).toContain('may already apply this commit without waiting');
  });

  it.each([
    ['an expression decides when it goes on', 'dependsOn: [{ name: b, readyExpr: "true" }]', ''],
    ['it waits for a parent that includes the new owner', 'dependsOn: [{ name: parent }]', 'wait: true'],
  ])('may delete a moved object if the old owner waits for no revision: %s', (_why, spec, wait) => {
    const files = {
      ...two,
      [a]: fluxKustomization('a', './a', [spec]),
      [b]: undefined,
      'clusters/prod/parent.yaml': fluxKustomization('parent', './parent', wait === '' ? [] : [wait]),
      'parent/b.yaml': two[b],
    };
    const moved = changesOf(diffOf(files, move)).find((change) => change.class === 'moved');
    expect(moved).toMatchObject({ deletesFirst: true });
    expect(moved?.message).toContain('not for the same revision');
  });

  it('may delete what one of two Kustomizations no longer applies', () => {
    const shared = { ...two, 'b/moves.yaml': settings('moves', '2') };
    const [change] = changesOf(diffOf(shared, { 'b/moves.yaml': undefined }));
    expect(change).toMatchObject({
      class: 'moved',
      deletesFirst: true,
      owner: 'flux-system/a',
      formerOwner: 'flux-system/b',
    });
  });

  it('reports the whole move of an object that two Kustomizations applied', () => {
    const mark = '  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n';
    const object = settings('moves', '1', mark);
    const shared = { ...two, 'a/moves.yaml': object, 'b/moves.yaml': object };
    const c = { 'clusters/prod/c.yaml': fluxKustomization('c', './c'), 'c/own.yaml': settings('c') };
    const head = { 'a/moves.yaml': undefined, 'b/moves.yaml': undefined, 'c/moves.yaml': object };
    const [change] = changesOf(diffOf({ ...shared, ...c }, head));
    expect(change).toMatchObject({ class: 'moved', owner: 'flux-system/c', formerOwner: 'flux-system/a' });
  });

  it('reports what the second of two Kustomizations changes', () => {
    const shared = { ...two, 'b/moves.yaml': settings('moves', '2') };
    expect(changesOf(diffOf(shared, { 'b/moves.yaml': settings('moves', '3') }))).toMatchObject([
      { class: 'changed', owner: 'flux-system/b', fields: [{ path: 'data.key', before: '2', after: '3' }] },
    ]);
  });

  it('cannot tell whether a Kustomization that the same commit suspends applies the commit', () => {
    const suspended = { [a]: fluxKustomization('a', './a', ['suspend: true']) };
    const changes = changesOf(
      diffOf(two, { ...suspended, 'a/moves.yaml': undefined, 'a/stays.yaml': settings('stays', '2') }),
    );
    expect(changes.map((change) => change.class)).toEqual(['deleted', 'suspended', 'changed']);
    for (const change of [changes[0], changes[2]])
      expect(change?.message).toContain('in the same commit takes effect first');
  });

  it('applies the whole commit that suspends a Kustomization which applies itself', () => {
    const path = 'clusters/prod/flux-system/gotk-sync.yaml';
    const sync = (bootstrap[path] ?? '').replace('prune: true', 'prune: true\n  suspend: true');
    const own = { 'clusters/prod/own.yaml': settings('own'), 'clusters/prod/old.yaml': settings('old') };
    const changes = changesOf(
      diffOf(own, {
        [path]: sync,
        'clusters/prod/own.yaml': settings('own', '2'),
        'clusters/prod/old.yaml': undefined,
      }),
    );
    expect(changes.map((change) => change.class)).toEqual(['deleted', 'suspended', 'changed']);
    for (const change of [changes[0], changes[2]]) expect(change?.message).not.toContain('suspended');
  });

  it('may delete a moved object if the two have different sources, because waiting is then for no revision', () => {
    const source =
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: copy, namespace: flux-system }\nspec: { interval: 1m, url: "ssh://git@github.com/acme/fleet.git" }\n';
    const waiting = fluxKustomization('a', './a', ['dependsOn: [{ name: b }]']);
    const copied = waiting.replace('    name: flux-system\n', '    name: copy\n');
    const files = { ...two, 'clusters/prod/copy.yaml': source, [a]: copied };
    const moved = changesOf(diffOf(files, move)).find((change) => change.class === 'moved');
    expect(moved).toMatchObject({ deletesFirst: true, hint: expect.stringContaining('prune: disabled') });
    expect(moved?.message).toContain('different sources');
  });

  it('deletes a moved object first if the new owner waits for the old one', () => {
    const changes = moveWith({ [b]: fluxKustomization('b', './b', ['dependsOn: [{ name: a }]']) });
    const moved = changes.find((change) => change.class === 'moved');
    expect(moved?.message).toContain('then');
    expect(moved?.hint).toContain('prune: disabled');
  });

  it('adopts an object with the annotation in the base', () => {
    const mark = '  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n';
    const marked = { ...two, 'a/moves.yaml': settings('moves', '1', mark) };
    const [change] = changesOf(
      diffOf(marked, { 'a/moves.yaml': undefined, 'b/moves.yaml': settings('moves', '1', mark) }),
    );
    expect(change).toMatchObject({ class: 'moved' });
    expect(change?.message).toContain('adopts it');
  });

  it('suspends a Kustomization that applies itself immediately', () => {
    const path = 'clusters/prod/flux-system/gotk-sync.yaml';
    const sync = bootstrap[path] ?? '';
    const [change] = changesOf(
      diffOf({}, { [path]: sync.replace('prune: true', 'prune: true\n  suspend: true') }),
    );
    expect(change).toMatchObject({ class: 'suspended', object: { name: 'flux-system' } });
    expect(change?.message).toMatch(/^Flux stops reconciling it/);
  });

  it('adopts for good what a suspended Kustomization no longer applies', () => {
    const suspended = { ...two, [a]: fluxKustomization('a', './a', ['suspend: true']) };
    const [moved] = changesOf(diffOf(suspended, move));
    expect(moved?.message).toMatch(/adopts it .* is suspended$/);
    const [gone] = changesOf(diffOf(suspended, { 'a/moves.yaml': undefined }));
    expect(gone?.message).toContain('once resumed, it deletes the object');
  });

  it('deletes an object that moves to a suspended Kustomization', () => {
    const suspended = { ...two, [b]: fluxKustomization('b', './b', ['suspend: true']) };
    expect(shortly(diffOf(suspended, move))).toEqual(['deleted ConfigMap/shop/moves']);
  });

  it('creates everything again if a Kustomization that prunes is renamed', () => {
    const diff = diffOf(base, { [apps]: fluxKustomization('applications', './apps') });
    expect(shortly(diff)).toEqual(['recreated Kustomization/flux-system/applications']);
    expect(changesOf(diff)[0]?.alongWith?.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(changesOf(diff)[0]?.hint).toContain('deletionPolicy: Orphan');
  });

  it('adopts everything if the renamed Kustomization had deletionPolicy: Orphan', () => {
    const orphaning = fluxKustomization('apps', './apps', ['deletionPolicy: Orphan']);
    const renamed = fluxKustomization('applications', './apps', ['deletionPolicy: Orphan']);
    const diff = diffOf({ ...base, [apps]: orphaning }, { [apps]: renamed });
    expect(shortly(diff)).toEqual(['moved Kustomization/flux-system/applications']);
  });

  it('creates an object again whose name or namespace changes', () => {
    const renamed = diffOf(base, { 'apps/one.yaml': settings('uno') });
    expect(shortly(renamed)).toEqual(['recreated ConfigMap/shop/uno']);
    const moved = diffOf(base, { 'apps/one.yaml': settings('one').replace('shop', 'store') });
    expect(shortly(moved)).toEqual(['recreated ConfigMap/store/one']);
  });
});

describe('an object that has no namespace, so that Flux cannot apply it', () => {
  const without = settings('one').replace('  namespace: shop\n', '');
  const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: one}\n';
  const told = (before: string | undefined, after: string | undefined) =>
    changesOf(diffOf({ ...base, 'apps/one.yaml': before }, { 'apps/one.yaml': after })).map(
      ({ class: changeClass, message }) => `${changeClass}: ${message}`,
    );

  it.each([
    ['is created once it has one', without, settings('one'), ['created: Flux creates it']],
    ['is not deleted, as it never was there', without, undefined, []],
    [
      'fails the Kustomization where it loses its own',
      settings('one'),
      without,
      [expect.stringContaining('refused: it has no namespace any more: the Kustomization fails')],
    ],
    [
      'is not created',
      undefined,
      without,
      [expect.stringContaining('created: Flux does not create it: it has no namespace')],
    ],
    ['may be of a kind without namespaces', role, undefined, [expect.stringContaining('deleted: ')]],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it('may get one from what the files do not show', () => {
    const files = (kustomization: string) => ({
      'apps/kustomization.yaml': `${kustomization}resources: [two.yaml, one.yaml, https://example.com/x.yaml]\n`,
      'apps/one.yaml': without,
    });
    const listed = 'resources: [two.yaml, https://example.com/x.yaml]\n';
    const diff = diffOf(
      { ...base, ...files('') },
      { 'apps/one.yaml': undefined, 'apps/kustomization.yaml': listed },
    );
    expect(shortly(diff)).toContain('deleted ConfigMap/one');
  });

  it('may get one from what applies the folder', () => {
    const list = (...names: string[]) => `resources: [${names.join(', ')}]\n`;
    const folder = {
      'clusters/prod/flux-system/gotk-sync.yaml': undefined,
      'apps/kustomization.yaml': list('one.yaml', 'two.yaml'),
      'apps/one.yaml': without,
      'apps/two.yaml': settings('two'),
    };
    const diff = diffOf(folder, { 'apps/kustomization.yaml': list('two.yaml') });
    expect(shortly(diff)).toEqual(['deleted ConfigMap/one']);
  });
});

describe('a change without effect', () => {
  it('is not reported: formatting, comments, key order and moved files', () => {
    const text =
      '# a comment\ndata: {key: "1"}\nkind: ConfigMap\nmetadata: {namespace: shop, name: one}\napiVersion: v1\n';
    const diff = diffOf(base, { 'apps/one.yaml': undefined, 'apps/below/uno.yml': text });
    expect(diff).toMatchObject({ clusters: [], uncompared: [], findings: { new: [], gone: [] } });
  });
});

describe('the report of a renamed Kustomization that prunes', () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
  const files = { ...base, 'apps/namespace.yaml': namespace };
  const renamed = { [apps]: fluxKustomization('applications', './apps') };

  it('says that it is recreated, and lists separately what takes other objects along', () => {
    const changes = changesOf(diffOf(files, renamed));
    expect(changes.map(({ class: name, object }) => `${name} ${object?.kind ?? ''}`)).toEqual([
      'recreated Kustomization',
      'recreated Namespace',
    ]);
    expect(changes[1]?.message).toContain('Flux deletes it and everything in it, and then creates it again');
    expect(changes[1]?.alongWith?.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('leaves out what Flux keeps', () => {
    const kept = namespace.replace(
      'name: shop\n',
      'name: shop\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n',
    );
    expect(shortly(diffOf({ ...files, 'apps/namespace.yaml': kept }, renamed))).toEqual([
      'recreated Kustomization/flux-system/applications',
    ]);
  });

  it('says that others wait for it under its new name', () => {
    const waiting = (name: string) => fluxKustomization('shop', './shop', [`dependsOn: [{ name: ${name} }]`]);
    const more = { ...files, 'clusters/prod/shop.yaml': waiting('apps'), 'shop/own.yaml': settings('own') };
    const order = changesOf(
      diffOf(more, { ...renamed, 'clusters/prod/shop.yaml': waiting('applications') }),
    ).find((change) => change.class === 'order-changed');
    expect(order?.message).toContain('which is renamed');
    expect(order?.hint).toBeUndefined();
  });
});

describe('the report of a renamed object', () => {
  const deployment = (name: string, image = 'a:1') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec: { containers: [{ name: main, image: "${image}" }] }\n`;

  it('says neither that a field cannot change, nor that pods restart', () => {
    const diff = diffOf(
      { ...base, 'apps/web.yaml': deployment('web') },
      { 'apps/web.yaml': deployment('site') },
    );
    expect(shortly(diff)).toEqual(['recreated Deployment/shop/site', 'changed Deployment/shop/site']);
    expect(changesOf(diff)[1]?.message).toContain('the new object differs from the old one');
  });

  it('says that a generator creates another one if its content changes', () => {
    const generator = (value: number) =>
      `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [one.yaml, two.yaml]\nconfigMapGenerator:\n  - name: env\n    namespace: shop\n    literals: [A=${value}]\n`;
    const path = 'apps/kustomization.yaml';
    const [change] = changesOf(diffOf({ ...base, [path]: generator(1) }, { [path]: generator(2) }));
    expect(change?.message).toMatch(
      /^its content changes, and with it its name: Flux creates it and deletes ConfigMap "shop\/env-/,
    );
  });
});
