import { configMap, fluxKustomization } from '../../graph/tree-of';
import { found, line, lines, object, type Files } from '../small-repositories';

const map = (name: string, metadata = '') => object('v1', 'ConfigMap', name, `default${metadata}`);
const source = (name: string) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    name,
    'flux-system',
    `spec: { url: "https://example.com/${name}", interval: 1h }`,
  );
const prune = 'kustomize.toolkit.fluxcd.io/prune';
const ssa = 'kustomize.toolkit.fluxcd.io/ssa';

/** Two Kustomizations of this repository with their paths, and files. */
const two = (one: string, other: string, files: Files, ...spec: readonly string[]): Files => ({
  'clusters/prod/one.yaml': fluxKustomization('one', one, spec),
  'clusters/prod/two.yaml': fluxKustomization('two', other, spec),
  ...files,
});
const told = (files: Files) => lines('path-overlap', files);

describe('path-overlap', () => {
  it('finds one path, at the second of the two', () => {
    expect(told(two('./apps', './apps', { 'apps/a.yaml': map('a') }))).toEqual([
      line(
        'warning at clusters/prod/two.yaml:9, clusters/prod/one.yaml:9:spec.path (Kustomization two spec.path)',
        '"apps" is built by Kustomization "flux-system/one" as well: both apply one object,',
        '=> give each its own path, or remove one of the two',
      ),
    ]);
  });

  it.each([
    ['the first around the second', './apps', './apps/web', 'two', 'one'],
    ['the second around the first', './apps/web', './apps', 'one', 'two'],
  ])('finds a path inside another: %s', (_, one, other, inner, outer) => {
    const files = { 'apps/web/a.yaml': map('a'), 'apps/web/b.yaml': map('b') };
    expect(told(two(one, other, files))).toEqual([
      line(
        `at clusters/prod/${inner}.yaml:9, clusters/prod/${outer}.yaml:9:spec.path (Kustomization ${inner} spec.path)`,
        `"apps/web" lies in "apps", which is built by Kustomization "flux-system/${outer}" as well: both apply 2 objects,`,
        '=> move one of the paths out of the other',
      ),
    ]);
  });

  it('reports a folder around the paths of several once', () => {
    const inner = (name: string): Files => ({
      [`clusters/prod/${name}.yaml`]: fluxKustomization(name, `./apps/${name}`),
      [`apps/${name}/a.yaml`]: map(name),
    });
    const outer = { 'clusters/prod/all.yaml': fluxKustomization('all', './apps') };
    expect(told({ ...outer, ...inner('db'), ...inner('web') })).toEqual([
      line(
        'warning at clusters/prod/db.yaml:9, clusters/prod/all.yaml:9:spec.path (Kustomization db spec.path)',
        '"apps/db" and the path of 1 more Kustomization lie in "apps", which is built by Kustomization "flux-system/all" as well: both apply 2 objects,',
        '=> move one of the paths out of the other',
      ),
    ]);
    const three = { ...outer, ...inner('api'), ...inner('db'), ...inner('web') };
    expect(told(three)).toEqual([line('"apps/api" and the paths of 2 more Kustomizations lie in "apps"')]);
    expect(found('path-overlap', three)[0]?.details).toEqual([
      'Kustomization "flux-system/db" builds "apps/db"',
      'Kustomization "flux-system/web" builds "apps/web"',
    ]);
  });

  it('reports several Kustomizations of one path each', () => {
    const files = {
      'clusters/prod/one.yaml': fluxKustomization('one', './apps'),
      'clusters/prod/two.yaml': fluxKustomization('two', './apps'),
      'clusters/prod/three.yaml': fluxKustomization('three', './more'),
      'clusters/prod/four.yaml': fluxKustomization('four', './more'),
      'apps/a.yaml': map('a'),
      'more/b.yaml': map('b'),
    };
    expect(told(files)).toHaveLength(2);
  });

  it('reports two of one path once, even if a third one builds a folder in it', () => {
    const files = {
      ...two('./apps', './apps', { 'apps/a.yaml': map('a'), 'apps/web/b.yaml': map('b') }),
      'clusters/prod/web.yaml': fluxKustomization('web', './apps/web'),
    };
    expect(told(files)).toEqual([line('"apps" is built by', 'both apply 2 objects')]);
    const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'view');
    const apart = {
      ...files,
      'apps/a.yaml': role,
      'clusters/prod/two.yaml': fluxKustomization('two', './apps', ['targetNamespace: two']),
    };
    expect(told(apart)).toEqual([line('"apps" is built by'), line('"apps/web" lies in "apps"')]);
  });

  it.each([
    ['two folders', two('./a', './b', { 'a/a.yaml': map('a'), 'b/b.yaml': map('b') })],
    ['one object from two folders', two('./a', './b', { 'a/a.yaml': map('a'), 'b/a.yaml': map('a') })],
    [
      'one path with two target namespaces',
      {
        ...two('./apps', './apps', { 'apps/a.yaml': configMap('a') }, 'targetNamespace: one'),
        'clusters/prod/two.yaml': fluxKustomization('two', './apps', ['targetNamespace: two']),
      },
    ],
    [
      'one path, where the same objects are never deleted',
      two('./apps', './apps', { 'apps/a.yaml': map('a', `, annotations: { ${prune}: disabled }`) }),
    ],
    [
      'one path, where a label says so',
      two('./apps', './apps', { 'apps/a.yaml': map('a', `, labels: { ${prune}: Disabled }`) }),
    ],
    [
      'one path, where objects are only created',
      two('./apps', './apps', { 'apps/a.yaml': map('a', `, annotations: { ${ssa}: IfNotPresent }`) }),
    ],
    [
      'one path, where a label in other letters says that objects are only created',
      two('./apps', './apps', { 'apps/a.yaml': map('a', `, labels: { ${ssa}: ifnotpresent }`) }),
    ],
    [
      'one path, where Flux is disabled for the object',
      two('./apps', './apps', {
        'apps/a.yaml': map('a', ', annotations: { kustomize.toolkit.fluxcd.io/reconcile: disabled }'),
      }),
    ],
    [
      'one path, where the Kustomizations mark all their objects',
      two(
        './apps',
        './apps',
        { 'apps/a.yaml': map('a') },
        `commonMetadata: { annotations: { ${prune}: disabled } }`,
      ),
    ],
    [
      'one path, where one Kustomization is suspended',
      {
        ...two('./apps', './apps', { 'apps/a.yaml': map('a') }),
        'clusters/prod/two.yaml': fluxKustomization('two', './apps', ['suspend: true']),
      },
    ],
    [
      'one path, where objects are merged',
      two('./apps', './apps', { 'apps/a.yaml': map('a', `, annotations: { ${ssa}: Merge }`) }),
    ],
    [
      'one path, where objects are ignored',
      two('./apps', './apps', { 'apps/a.yaml': map('a', `, annotations: { ${ssa}: Ignore }`) }),
    ],
  ])('accepts %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });

  it('finds copies that differ even if neither Kustomization deletes', () => {
    const files = two('./apps', './apps', {
      'apps/a.yaml': `${map('a', `, annotations: { ${prune}: disabled }`)}data: { x: "\${X}" }\n`,
    });
    const post = (x: string) => [`postBuild: { substitute: { X: ${x} } }`];
    const differing = {
      ...files,
      'clusters/prod/one.yaml': fluxKustomization('one', './apps', post('a')),
      'clusters/prod/two.yaml': fluxKustomization('two', './apps', post('b')),
    };
    expect(told(differing)).toHaveLength(1);
    expect(
      told(two('./apps', './apps', { 'apps/a.yaml': map('a', `, annotations: { ${ssa}: Override }`) })),
    ).toHaveLength(1);
  });

  it('accepts two Kustomizations that do not prune', () => {
    const files = Object.entries(two('./apps', './apps', { 'apps/a.yaml': map('a') })).map(([path, text]) => [
      path,
      text.replace('prune: true', 'prune: false'),
    ]);
    expect(told(Object.fromEntries(files) as Files)).toEqual([]);
  });
});

describe('path-overlap at the root', () => {
  it('names the root', () => {
    const files = { 'kustomization.yaml': 'resources: [apps/a.yaml]\n', 'apps/a.yaml': map('a') };
    expect(told(two('./', './apps', files))).toEqual([
      line(
        '(Kustomization two spec.path) "apps" lies in ".", which is built by Kustomization "flux-system/one"',
      ),
    ]);
    expect(told(two('./', '', files))).toEqual([line('(Kustomization two spec.path) "." is built by')]);
  });
});

describe('path-overlap in another repository', () => {
  const from = (name: string, repository: string, path: string, ...spec: readonly string[]) => ({
    [`clusters/prod/${name}.yaml`]: fluxKustomization(name, path, spec).replace(
      '    name: flux-system',
      `    name: ${repository}`,
    ),
  });
  const sources = { 'clusters/prod/sources.yaml': source('acme') + source('other') };

  it('finds Kustomizations that build one path in the same way', () => {
    const files = {
      ...sources,
      ...from('one', 'acme', './x'),
      ...from('two', 'acme', './x'),
      ...from('three', 'acme', './x'),
    };
    expect(told(files)).toEqual([
      line(
        'at clusters/prod/three.yaml:9, clusters/prod/one.yaml:9:spec.path (Kustomization three spec.path)',
        '"x" is built by Kustomization "flux-system/one" as well: both apply the same objects',
      ),
      line('at clusters/prod/two.yaml:9, clusters/prod/one.yaml:9:spec.path'),
    ]);
  });

  it('finds them if one of the two prunes', () => {
    const keeping = (name: string) => {
      const files = from(name, 'acme', './x');
      return Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path, text.replace('prune: true', 'prune: false')]),
      );
    };
    expect(told({ ...sources, ...from('one', 'acme', './x'), ...keeping('two') })).toHaveLength(1);
    expect(told({ ...sources, ...keeping('one'), ...keeping('two') })).toEqual([]);
  });

  it('compares lists and maps by their contents', () => {
    const patch = 'patches: [{ target: { kind: Deployment }, patch: "a" }]';
    const files = { ...sources, ...from('one', 'acme', './x', patch), ...from('two', 'acme', './x', patch) };
    expect(told(files)).toHaveLength(1);
  });

  it.each<[string, Files]>([
    ['two paths', from('two', 'acme', './y')],
    ['two sources', from('two', 'other', './x')],
    ['two source of which one is unknown', from('two', 'gone', './x')],
    ['one that is suspended', from('two', 'acme', './x', 'suspend: true')],
    ...[
      'targetNamespace: a',
      'namePrefix: a-',
      'nameSuffix: -a',
      'patches: [{ target: { kind: Deployment }, patch: "a" }]',
      'patchesStrategicMerge: [{ kind: Deployment }]',
      'patchesJson6902: [{ target: { kind: Deployment } }]',
      'components: [../c]',
      'postBuild: { substitute: { A: b } }',
      'kubeConfig: { secretRef: { name: a } }',
      'ignore: "a"',
    ].map((spec): [string, Files] => [spec, from('two', 'acme', './x', spec)]),
  ])('accepts %s', (_, files) => {
    expect(told({ ...sources, ...from('one', 'acme', './x'), ...files })).toEqual([]);
  });
});

describe('duplicate-owner', () => {
  const owners = (files: Files) => lines('duplicate-owner', files);

  it('shows both files, and what happens', () => {
    expect(owners(two('./a', './b', { 'a/a.yaml': map('a'), 'b/a.yaml': map('a') }))).toEqual([
      line(
        'at a/a.yaml:4:metadata.name, b/a.yaml:4:metadata.name (ConfigMap a )',
        'ConfigMap "default/a" is applied by the Kustomizations "flux-system/one" and "flux-system/two": if one of them no longer has it',
        '=> apply it with one Kustomization',
      ),
    ]);
  });

  it('says to take a Kustomization out of what it builds itself', () => {
    const own = fluxKustomization('one', './a');
    const remove = '=> remove Kustomization "flux-system/one" from the files that it builds itself';
    const files = (more: string) => ({ 'clusters/prod/one.yaml': own + more, 'a/one.yaml': own + more });
    expect(owners(files(''))).toEqual([line(remove)]);
    expect(owners(files(`---\n${map('a')}`))).toEqual([line('and 1 more are', '=> apply it with one')]);
  });

  it('counts more, and names the differences', () => {
    const files = {
      'a/a.yaml': map('a') + map('b') + map('c'),
      'b/a.yaml': map('a') + map('b') + `${map('c')}data: { x: y }\n`,
    };
    expect(owners(two('./a', './b', files))).toEqual([
      line('ConfigMap "default/a" and 2 more are applied by', ': they differ, and'),
    ]);
  });

  it('reports a difference if one of three differs', () => {
    const files = {
      'a/a.yaml': map('a') + map('b'),
      'b/a.yaml': map('a') + map('b'),
      'c/a.yaml': `${map('a')}data: { x: y }\n${map('b')}`,
    };
    const three = {
      ...two('./a', './b', files),
      'clusters/prod/three.yaml': fluxKustomization('three', './c'),
    };
    expect(owners(three)).toEqual([
      line('ConfigMap "default/a" and 1 more are applied by', ': they differ, and'),
    ]);
  });

  it('shows the Kustomizations if both copies come from one file', () => {
    const list = 'resources: [../base]\n';
    const files = {
      'a/kustomization.yaml': list,
      'b/kustomization.yaml': list,
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': map('a'),
    };
    expect(owners(two('./a', './b', files))).toEqual([
      line(
        'at base/a.yaml:4:metadata.name, clusters/prod/one.yaml:9:spec.path, clusters/prod/two.yaml:9:spec.path (ConfigMap a )',
      ),
    ]);
  });

  it('leaves paths inside one another to path-overlap, and accepts a single owner', () => {
    expect(owners(two('./apps', './apps', { 'apps/a.yaml': map('a') }))).toEqual([]);
    expect(owners(two('./a', './b', { 'a/a.yaml': map('a'), 'b/b.yaml': map('b') }))).toEqual([]);
  });
});
