import { configMap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, type Files } from '../small-repositories';
import { release, repository, waits } from './waiting-repositories';

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

  it('says it once for all that one dependency implies, in the order of the list', () => {
    const a = ['dependsOn: [{ name: d }, { name: b }, { name: c }]'];
    expect(told(repository({ a, b: [waits('c')], c: [waits('d')], d: [] }))).toEqual([
      line(
        '(Kustomization a spec.dependsOn[0]) adds nothing, like 1 more: Kustomization "flux-system/b" already waits for Kustomization "flux-system/d", Kustomization "flux-system/c"',
        '=> remove them, or keep them',
      ),
    ]);
  });

  it('says it for each dependency that implies others', () => {
    const a = ['dependsOn: [{ name: b }, { name: c }, { name: d }, { name: e }]'];
    expect(told(repository({ a, b: [waits('c')], c: [], d: [waits('e')], e: [] }))).toEqual([
      line('spec.dependsOn[1]', '"flux-system/b" already waits for Kustomization "flux-system/c"'),
      line('spec.dependsOn[3]', '"flux-system/d" already waits for Kustomization "flux-system/e"'),
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
      ['spec.dependsOn[1]'],
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

describe('chain-too-deep', () => {
  /** Kustomizations, each with those that it waits for. */
  const chain = (waits: Readonly<Record<string, readonly string[]>>): Files => ({
    'clusters/prod/chain.yaml': Object.entries(waits)
      .map(([name, on]) =>
        fluxKustomization(name, './apps', [`dependsOn: [${on.map((one) => `{ name: ${one} }`).join(', ')}]`]),
      )
      .join(''),
    'apps/map.yaml': configMap('a'),
  });
  const told = (files: Files) => lines('chain-too-deep', files, { chainDepth: 2 });

  it('names the longest chain, from its start', () => {
    const files = chain({ x: ['y'], y: [], d: ['a', 'c'], c: ['y', 'b'], b: ['a'], a: [] });
    expect(told(files)).toEqual([
      line(
        'info at clusters/prod/chain.yaml:',
        '(Kustomization d spec.dependsOn)',
        'a chain of 4 rolls out changes slowly, because each waits for the one before: a -> b -> c -> d',
        '=> remove dependencies that are not needed, or set check.chainDepth in cdk8s-flux.yaml to more than 2',
      ),
    ]);
  });

  it('names the first of two chains of equal length', () => {
    expect(told(chain({ c: ['b'], b: ['a'], a: [], z: ['y'], y: ['x'], x: [] }))).toEqual([
      line(': a -> b -> c =>'),
    ]);
  });

  it('leaves loops to dependency-cycle', () => {
    expect(told(chain({ a: ['b'], b: ['c'], c: ['a'], d: ['a'] }))).toEqual([]);
  });
});
