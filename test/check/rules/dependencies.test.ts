import { configMap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';

const waits = (on: string) => `dependsOn: [{ name: ${on} }]`;
const release = (name: string, ...spec: readonly string[]) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    'flux-system',
    'spec:',
    ...['interval: 1h', ...spec].map((text) => `  ${text}`),
  );
const fromGit =
  'chart: { spec: { chart: ./a, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }';
const fromArtifact = 'chartRef: { kind: ExternalArtifact, name: a }';
/** A Kustomization of another repository. */
const foreign = (name: string) =>
  fluxKustomization(name, './deploy').replace('    name: flux-system', '    name: other') +
  object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    'other',
    'flux-system',
    'spec: { interval: 1h, url: "https://example.com/other", ref: { branch: main } }',
  );
const resourceSet = (...spec: readonly string[]) =>
  object(
    'fluxcd.controlplane.io/v1',
    'ResourceSet',
    'set',
    'flux-system',
    'spec:',
    ...spec.map((text) => `  ${text}`),
  );

/** Kustomizations of one folder, with lines of their spec, and more files. */
function repository(specs: Readonly<Record<string, readonly string[]>>, more: Files = {}): Files {
  return {
    ...Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        `clusters/prod/${name}.yaml`,
        fluxKustomization(name, './apps', spec),
      ]),
    ),
    'apps/map.yaml': configMap('a'),
    ...more,
  };
}

describe('dependency-missing', () => {
  const told = (more: Files = {}) => lines('dependency-missing', repository({ shop: [waits('gone')] }, more));

  it('names what waits in vain, and where', () => {
    expect(told()).toEqual([
      line(
        'error at clusters/prod/shop.yaml',
        '(Kustomization shop spec.dependsOn[0]',
        'waits for Kustomization "flux-system/gone", which nothing in the cluster applies, so it never starts',
        '=> add it, or correct the reference',
      ),
    ]);
  });

  it('reports a HelmRelease that waits for a missing one', () => {
    const files = repository({}, { 'clusters/prod/release.yaml': release('shop', waits('gone')) });
    expect(lines('dependency-missing', files)).toEqual([line('waits for HelmRelease "flux-system/gone"')]);
  });

  it.each([
    [
      'a ResourceSet may make it',
      { 'clusters/prod/set.yaml': resourceSet('resources: [{ kind: Kustomization }]') },
      0,
    ],
    [
      'a ResourceSet makes other things',
      { 'clusters/prod/set.yaml': resourceSet('resources: [{ kind: ConfigMap }]') },
      1,
    ],
    ['there is a HelmRelease of that name', { 'apps/release.yaml': release('gone') }, 0],
    [
      'a HelmRelease of that name creates it with its chart',
      { 'apps/release.yaml': release('gone', fromGit) },
      0,
    ],
    ['there is a HelmRelease of another name', { 'apps/release.yaml': release('shop') }, 1],
  ])('has its number of findings if %s', (_, more, expected) => {
    expect(told(more)).toHaveLength(expected);
  });

  it('reports a HelmRelease that a Kustomization of its name, from another repository, may apply', () => {
    const files = repository(
      { web: [] },
      { 'clusters/prod/data.yaml': foreign('data'), 'apps/shop.yaml': release('shop', waits('data')) },
    );
    expect(lines('dependency-missing', files)).toEqual([
      line(
        'info at apps/shop.yaml',
        'waits for HelmRelease "flux-system/data", which nothing in this repository applies',
        'Kustomization "flux-system/data" applies another repository, which may install it',
      ),
    ]);
  });

  it('accepts a ResourceSet, which may wait for any object', () => {
    const files = {
      'clusters/prod/set.yaml': resourceSet('dependsOn: [{ apiVersion: v1, kind: ConfigMap, name: gone }]'),
    };
    expect(lines('dependency-missing', repository({}, files))).toEqual([]);
  });
});

describe('dependency-cross-kind', () => {
  const told = (files: Files) => lines('dependency-cross-kind', files);

  it('suggests that a Kustomization wait for the one that applies the HelmRelease', () => {
    const specs = { shop: [waits('db')], data: [] };
    const files = repository(specs, {
      'clusters/prod/data.yaml': fluxKustomization('data', './data'),
      'data/db.yaml': release('db'),
    });
    expect(told(files)).toEqual([
      line(
        'error at clusters/prod/shop.yaml:14 (Kustomization shop spec.dependsOn[0])',
        'HelmRelease "flux-system/db" is not a Kustomization; Flux waits only for the same kind',
        '=> wait for Kustomization "flux-system/data", which applies it, and set wait: true there',
      ),
    ]);
    const both = repository({ shop: [waits('db')] }, { 'clusters/prod/db.yaml': release('db') });
    expect(told(both)).toEqual([line('=> put the HelmRelease into a Kustomization of its own with wait')]);
  });

  it.each([
    ['warning', './y'],
    ['info', './infra'],
  ])('is of severity %s if another repository may have the Kustomization in %s', (severity, path) => {
    const files = repository(
      { shop: [waits('db')] },
      {
        'clusters/prod/data.yaml': fluxKustomization('data', './data'),
        'clusters/prod/other.yaml': foreign('web').replace(/path: .*/, `path: ${path}`),
        'data/db.yaml': release('db'),
      },
    );
    expect(told(files)).toEqual([
      line(
        `${severity} at clusters/prod/shop.yaml`,
        'and no file has a Kustomization of this name; Kustomization "flux-system/web" applies another',
        '=> make sure that it does; otherwise, wait for Kustomization "flux-system/data"',
      ),
    ]);
  });

  it('suggests a separate Kustomization for a HelmRelease', () => {
    const files = repository({ data: [] }, { 'apps/shop.yaml': release('shop', waits('data')) });
    expect(told(files)).toEqual([
      line(
        '(HelmRelease shop spec.dependsOn[0])',
        'Kustomization "flux-system/data" is not a HelmRelease;',
        '=> put the HelmRelease into a Kustomization that waits for the other',
      ),
    ]);
  });

  it.each([
    ['the other kind is not there either', repository({ shop: [waits('gone')] })],
    [
      'the chart of the HelmRelease, from Git, may create the Kustomization',
      repository({ shop: [waits('db')] }, { 'apps/db.yaml': release('db', fromGit) }),
    ],
    [
      'the chart of the HelmRelease, from an artifact, may create the Kustomization',
      repository({ shop: [waits('db')] }, { 'apps/db.yaml': release('db', fromArtifact) }),
    ],
    [
      'the Kustomization of another repository may apply the HelmRelease',
      repository(
        { web: [] },
        { 'clusters/prod/data.yaml': foreign('data'), 'apps/shop.yaml': release('shop', waits('data')) },
      ),
    ],
    [
      'a ResourceSet creates Kustomizations',
      repository(
        { shop: [waits('db')] },
        {
          'apps/db.yaml': release('db'),
          'clusters/prod/set.yaml': resourceSet('resources: [{ kind: Kustomization }]'),
        },
      ),
    ],
    [
      'the same kind is there, too',
      repository({ shop: [waits('db')], db: [] }, { 'apps/db.yaml': release('db') }),
    ],
    [
      'the other one is in another namespace',
      repository(
        { shop: [waits('db')] },
        { 'apps/db.yaml': release('db').replace('flux-system', 'default') },
      ),
    ],
    [
      'a ResourceSet waits, which names the kind itself',
      repository(
        { db: [] },
        {
          'clusters/prod/set.yaml': resourceSet(
            'dependsOn: [{ apiVersion: apps/v1, kind: Deployment, name: db, namespace: flux-system }]',
          ),
        },
      ),
    ],
  ])('accepts it if %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });
});

describe('dependency-cycle', () => {
  const told = (files: Files) => lines('dependency-cycle', files);

  it('names the loop, all its places, and what else it stops', () => {
    expect(told(repository({ a: [waits('b')], b: [waits('c')], c: [waits('a')] }))).toEqual([
      line(
        'error at clusters/prod/a.yaml:14:spec.dependsOn[0], clusters/prod/b.yaml:14:spec.dependsOn[0], clusters/prod/c.yaml:14:spec.dependsOn[0]',
        '(Kustomization a spec.dependsOn[0])',
        'a -> b -> c -> a (each waits for the next); on a new revision of GitRepository "flux-system/flux-system" Flux then starts no Kustomization of it',
        '=> remove one of these dependencies',
      ),
    ]);
  });

  it('names the place of the loop in a list of dependencies', () => {
    const b = ['dependsOn: [{ name: c }, { name: a }]'];
    expect(told(repository({ a: [waits('b')], b, c: [] }))).toEqual([
      line(
        'clusters/prod/a.yaml:14:spec.dependsOn[0], clusters/prod/b.yaml:14:spec.dependsOn[1]',
        'a -> b -> a (',
      ),
    ]);
  });

  it('finds a parent that waits for its child, which waits for it', () => {
    const files = {
      'clusters/prod/parent.yaml': fluxKustomization('parent', './parent', ['wait: true']),
      'parent/child.yaml': fluxKustomization('child', './apps', [waits('parent')]),
      'apps/map.yaml': configMap('a'),
    };
    expect(told(files)).toEqual([
      line(
        'error at parent/child.yaml:14:spec.dependsOn[0], clusters/prod/parent.yaml:14:spec.wait (Kustomization child spec.dependsOn[0])',
        'child -> parent -> child (a parent waits for what it applies, which waits for it); on a new revision',
        '=> remove the dependency on the parent, or wait: true of the parent',
      ),
    ]);
  });

  it('stops no Kustomization if only HelmReleases wait for one another', () => {
    const both = release('x', waits('y')) + release('y', waits('x'));
    const [found, ...more] = told(repository({ apps: [] }, { 'apps/releases.yaml': both }));
    expect([found, more]).toEqual([line('x -> y -> x (each waits for the next) => remove one'), []]);
  });

  it('reports nothing about other Kustomizations if the source is not set', () => {
    const files = repository({ a: [waits('b')], b: [waits('a')] });
    const without = Object.entries(files).map(([path, text]) => [
      path,
      text.replace(/ {2}sourceRef:\n.*\n.*\n/, ''),
    ]);
    expect(told(Object.fromEntries(without) as Files)).toEqual([
      line('a -> b -> a (each waits for the next) =>'),
    ]);
  });

  it('ignores an object that waits for itself, which the checks of objects report', () => {
    expect(told(repository({ a: [waits('a')] }))).toEqual([]);
  });
});

describe('dependency-suspended', () => {
  const told = (files: Files) => lines('dependency-suspended', files);

  it('says what to change', () => {
    expect(told(repository({ a: [waits('b')], b: ['suspend: true'] }))).toEqual([
      line(
        'clusters/prod/a.yaml:14 (Kustomization a spec.dependsOn[0]) waits for Kustomization "flux-system/b", which is suspended',
        '=> remove suspend from "b"',
      ),
    ]);
  });

  it('applies to the dependency that has no expression', () => {
    const both = 'dependsOn: [{ name: b }, { name: c, readyExpr: "true" }]';
    const files = repository({ a: [both], b: ['suspend: true'], c: ['suspend: true'] });
    expect(told(files)).toEqual([line('waits for Kustomization "flux-system/b"')]);
    const empty = 'dependsOn: [{ name: b, namespace: flux-system, readyExpr: "" }]';
    expect(told(repository({ a: [empty], b: ['suspend: true'] }))).toHaveLength(1);
  });

  it.each([
    ['neither is', repository({ a: [waits('b')], b: [] })],
    ['both are', repository({ a: [waits('b'), 'suspend: true'], b: ['suspend: true'] })],
    [
      'an expression says what counts as ready',
      repository({ a: ['dependsOn: [{ name: b, readyExpr: "true" }]'], b: ['suspend: true'] }),
    ],
    [
      'they are HelmReleases',
      repository({ apps: [] }, { 'apps/all.yaml': release('x', waits('y')) + release('y', 'suspend: true') }),
    ],
    [
      'they have two sources',
      repository(
        { a: [waits('b')] },
        {
          'clusters/prod/b.yaml': fluxKustomization('b', './apps', ['suspend: true']).replace(
            '    name: flux-system',
            '    name: other',
          ),
        },
      ),
    ],
  ])('accepts it if %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });
});

describe('dependency-redundant', () => {
  const told = (files: Files) => lines('dependency-redundant', files);

  it('says which other dependency implies it', () => {
    const files = repository({ a: ['dependsOn: [{ name: c }, { name: b }]'], b: [waits('c')], c: [] });
    expect(told(files)).toEqual([
      line(
        'info at clusters/prod/a.yaml:14 (Kustomization a spec.dependsOn[0]) adds nothing: Kustomization "flux-system/b" already waits for Kustomization "flux-system/c"',
        '=> remove it, or keep it',
      ),
    ]);
  });

  it('names the one with the longest chain', () => {
    const a = ['dependsOn: [{ name: b }, { name: e }, { name: d }]'];
    expect(told(repository({ a, b: [waits('d')], d: [], e: [waits('f')], f: [waits('d')] }))).toEqual([
      line('spec.dependsOn[2]', 'adds nothing: Kustomization "flux-system/e" already waits for'),
    ]);
  });

  it.each([
    [
      'a list with one that waits for itself',
      { a: ['dependsOn: [{ name: b }, { name: c }]'], b: [waits('b')], c: [] },
      [],
    ],
    [
      'a list with one that waits for a loop',
      {
        a: ['dependsOn: [{ name: b }, { name: c }]'],
        b: [waits('d')],
        c: [],
        d: [waits('e')],
        e: [waits('d')],
      },
      [],
    ],
    ['a chain', { a: [waits('b')], b: [waits('c')], c: [] }, []],
    ['two of their own', { a: ['dependsOn: [{ name: b }, { name: c }]'], b: [], c: [] }, []],
    [
      'two with one below both',
      { a: ['dependsOn: [{ name: b }, { name: c }]'], b: [waits('d')], c: [waits('d')], d: [] },
      [],
    ],
    [
      'one two steps below',
      { a: ['dependsOn: [{ name: b }, { name: d }]'], b: [waits('c')], c: [waits('d')], d: [] },
      ['spec.dependsOn[1]'],
    ],
    [
      'a whole chain',
      { a: ['dependsOn: [{ name: b }, { name: c }, { name: d }]'], b: [waits('c')], c: [waits('d')], d: [] },
      ['spec.dependsOn[1]', 'spec.dependsOn[2]'],
    ],
    [
      'a target on the same level as the lowest',
      {
        a: ['dependsOn: [{ name: b }, { name: c }, { name: e }]'],
        b: [waits('c')],
        c: [waits('d')],
        d: [],
        e: [waits('d')],
      },
      ['spec.dependsOn[1]'],
    ],
  ])('in %s', (_, specs: Readonly<Record<string, readonly string[]>>, fields) => {
    expect(told(repository(specs)).map((text) => /spec\.dependsOn\[\d\]/.exec(text)?.[0])).toEqual(fields);
  });
});
