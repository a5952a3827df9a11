import { buildFolder, configMap, fluxKustomization, graphOf } from '../tree-of';

/*
 * Each of these takes minutes, or all memory, where its cost grows faster than the input.
 */

type Files = Readonly<Record<string, string>>;

/** Folders f0 to f<depth>, each of which includes the next ones. */
function levels(depth: number, text: (next: number) => string, last: Files): Files {
  const folders = Array.from({ length: depth }, (_, index) => [
    `f${index}/kustomization.yaml`,
    text(index + 1),
  ]);
  return { ...(Object.fromEntries(folders) as Files), ...last };
}

function oneMap(folder: string, kind = ''): Files {
  return {
    [`${folder}/kustomization.yaml`]: `${kind}resources: [c.yaml]\n`,
    [`${folder}/c.yaml`]: configMap('c'),
  };
}

const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';

/** The build of a folder with one file of objects. */
function build(kustomization: string, objects: string, more: Files = {}) {
  return buildFolder(
    { 'a/kustomization.yaml': `resources: [r.yaml]\n${kustomization}`, 'a/r.yaml': objects, ...more },
    'a',
  );
}

describe('folders that include one another', () => {
  it('are evaluated once if each lists the next one twice', () => {
    const files = levels(24, (next) => `resources: [../f${next}, ./../f${next}]\n`, oneMap('f24'));
    const { ids, codes } = buildFolder(files, 'f0');
    expect(ids).toEqual(['ConfigMap//c']);
    expect(codes).toEqual(Array(24).fill('object-duplicate'));
  });

  it('fail once if the objects double in each of them', () => {
    const folders = levels(24, (next) => `resources: [../a${next}, ../b${next}]\n`, oneMap('f24'));
    const affixes = Array.from({ length: 24 }, (_, index) =>
      ['a', 'b'].map((name) => [
        `${name}${index + 1}/kustomization.yaml`,
        `namePrefix: ${name}-\nresources: [../f${index + 1}]\n`,
      ]),
    );
    const { findings } = buildFolder({ ...folders, ...Object.fromEntries(affixes.flat()) }, 'f0');
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['kustomization-too-large']));
    expect(findings.length).toBeLessThan(50);
    expect(findings[0]?.message).toContain('the same bases and components so often');
  });

  it('fail if each is a component that uses the next one twice', () => {
    const files = levels(
      24,
      (next) => `${next === 1 ? '' : component}components: [../f${next}, ./../f${next}]\n`,
      { 'f24/kustomization.yaml': `${component}commonLabels: {a: b}\n` },
    );
    const { codes } = buildFolder(files, 'f0');
    expect(new Set(codes)).toEqual(new Set(['kustomization-too-large']));
  });

  it('report a loop', () => {
    const { codes } = buildFolder(
      levels(3, (next) => `resources: [../f${next % 3}]\n`, {}),
      'f0',
    );
    expect(codes).toEqual(['kustomization-cycle']);
  });

  it('may be nested as deep as people do, and fail if they are nested without end', () => {
    const nested = (depth: number) =>
      buildFolder(
        levels(depth, (next) => `resources: [../f${next}]\n`, oneMap(`f${depth}`)),
        'f0',
      );
    expect(nested(60)).toMatchObject({ ids: ['ConfigMap//c'], codes: [] });
    expect(nested(5_000)).toMatchObject({ codes: ['kustomization-too-large'] });
  });

  it('do not change objects that a patch may be for, if there are too many', () => {
    const files = {
      ...levels(200, (next) => `resources: [../f${next}]\n`, oneMap('f200')),
      'top/kustomization.yaml': `resources: [../f0]\npatches: [{patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: b}}'}]\n`,
    };
    expect(buildFolder(files, 'top').codes).toEqual(['kustomization-too-large']);
  });
});

describe('patches', () => {
  const copy = (from: string, path: string) => ({ op: 'copy', from, path });
  const target = 'target: {kind: ConfigMap}';

  it('fail if copies of copies would fill the memory', () => {
    const operations = Array.from({ length: 40 }, (_, index) => copy('/data', `/data/x${index}`));
    const patch = JSON.stringify(operations);
    const { findings } = build(`patches: [{${target}, patch: '${patch}'}]\n`, configMap('c', { a: 'b' }));
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'patch-failed',
        message: expect.stringContaining('a copy of "/data" has more than 10000 values'),
      }),
    ]);
  });

  it('fail if a list is too long to be merged', () => {
    const ports = Array.from({ length: 5_000 }, (_, index) => `{containerPort: ${index}, protocol: TCP}`);
    const pod = (extra: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, ports: [${extra}]}]}\n`;
    const { codes } = build('patches: [{path: p.yaml}]\n', pod(ports.join(', ')), {
      'a/p.yaml': pod(ports.reverse().join(', ')),
    });
    expect(codes).toEqual(['patch-failed']);
  });

  it.each([
    ['a huge index', '/data/99999999999999999999', 'add'],
    ['a path without end', '/data'.repeat(100_000), 'add'],
    ['the root', '', 'remove'],
  ])('fail once for %s', (_, path, op) => {
    const patch = JSON.stringify([
      { op, path, value: [] },
      { op: 'add', path: '/data/0/1', value: 1 },
    ]);
    const { codes } = build(`patches: [{${target}, patch: '${patch}'}]\n`, configMap('c'));
    expect(codes).toEqual(['patch-failed']);
  });

  it.each([
    ['JSON', `[{"op": "add", "path": "/data", "value": ${'['.repeat(100_000)}${']'.repeat(100_000)}}]`],
    ['YAML', `- {op: add, path: /data, value: ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('fail if a value is nested without end: %s', (_, patch) => {
    const { codes } = build(`patches: [{${target}, path: p.yaml}]\n`, configMap('c'), { 'a/p.yaml': patch });
    expect(codes).toEqual(['patch-invalid']);
  });
});

describe('replacements', () => {
  it('fail if copies of copies would fill the memory', () => {
    const one = (index: number) =>
      `  - {source: {kind: ConfigMap, fieldPath: data}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x${index}], options: {create: true}}]}\n`;
    const many = Array.from({ length: 40 }, (_, index) => one(index)).join('');
    const { findings } = build(`replacements:\n${many}`, configMap('c', { a: 'b' }));
    expect(findings[0]?.message).toContain('its source contains more than 10000 values');
  });

  it('fail if a text would grow without end', () => {
    const one = `  - {source: {kind: ConfigMap, fieldPath: data.a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a], options: {delimiter: "-", index: -1}}]}\n`;
    const { findings } = build(`replacements:\n${one.repeat(60)}`, configMap('c', { a: 'bbbbbbbb' }));
    expect(findings[0]?.message).toContain('its text becomes larger than 1 MiB');
  });
});

describe('generators', () => {
  it('of many ConfigMaps process each object once', () => {
    const entries = Array.from({ length: 3_000 }, (_, index) => `  - {name: g${index}, literals: [a=b]}\n`);
    const { objects, codes } = build(`configMapGenerator:\n${entries.join('')}`, configMap('c'));
    expect([objects.length, codes]).toEqual([3_001, []]);
  });

  it('fail if they read more than a cluster stores', () => {
    const files = Array.from({ length: 5_000 }, (_, index) => `k${index}=big.txt`).join(', ');
    const { codes } = build(`configMapGenerator: [{name: g, files: [${files}]}]\n`, configMap('c'), {
      'a/big.txt': 'x'.repeat(1_000_000),
    });
    expect(codes).toEqual(['generator-failed']);
  });
});

describe('Kustomizations', () => {
  it('of a loop of thousands are one loop', () => {
    const count = 3_000;
    const all = Array.from({ length: count }, (_, index) =>
      fluxKustomization(`k${index}`, './none', [`dependsOn: [{name: k${(index + 1) % count}}]`]),
    );
    const { cluster } = graphOf({ 'clusters/prod/all.yaml': all.join('') });
    expect(cluster.nodes.length).toBeGreaterThan(count);
  });
});

describe('a map with the name of a method', () => {
  const subject = 'subjects: [{ kind: ServiceAccount, name: { toString: 1 } }]\n';
  const binding = `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b }\n${subject}`;
  const pod = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: ${name}, image: a }] }\n`;

  it.each<[string, string, string]>([
    ['of a reference', 'namePrefix: x-\n', `${binding}---\n${configMap('c')}`],
    ['of a list that a patch merges', 'patches: [{ path: p.yaml }]\n', pod('{ toString: 1 }')],
  ])('is no name %s', (_, kustomization, objects) => {
    expect(build(kustomization, objects, { 'a/p.yaml': pod('main') }).codes).toEqual([]);
  });

  it('is no value of a variable', () => {
    const { graph } = graphOf({
      'clusters/prod/a.yaml': fluxKustomization('a', './a', [
        'postBuild: { substitute: { X: { toString: 1 } } }',
      ]),
      'a/c.yaml': configMap('c', { x: '${X}' }),
    });
    expect(graph.findings).toEqual([]);
  });
});

describe('configurations of plugins', () => {
  const transformed = (targets: string) =>
    build('transformers: [t.yaml]\n', configMap('c'), {
      'a/t.yaml': `apiVersion: builtin\nkind: ValueAddTransformer\nmetadata: { name: t }\nvalue: x\ntargets: ${targets}\n`,
    });

  it('are refused without the path of a field', () => {
    expect(transformed('[{}]').findings[0]?.message).toContain('a target has no "fieldPath"');
    expect(transformed('[{ fieldPath: data/a, filePathPosition: { toString: 1 } }]').codes).toEqual([]);
  });

  it('of replicas need a name', () => {
    const { findings } = build('replicas: [{ count: 2 }]\n', configMap('c'));
    expect(findings).toMatchObject([
      {
        code: 'replicas-unmatched',
        message: 'an entry of "replicas" has no name',
        hint: 'use the name of a Deployment, ReplicationController, ReplicaSet, StatefulSet in the build',
      },
    ]);
  });
});
