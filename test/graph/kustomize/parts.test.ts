import { KustomizeBuilder } from '../../../lib/graph/kustomize/accumulate';
import { BuildLimit } from '../../../lib/graph/kustomize/build-limit';
import { varReferenceFields } from '../../../lib/graph/kustomize/fields/default-fields';
import { changeAt, splitFieldPath } from '../../../lib/graph/kustomize/fields/field-spec';
import { parseEnvFile } from '../../../lib/graph/kustomize/generators/generators';
import { imageRules, newImage } from '../../../lib/graph/kustomize/fields/images';
import { isRemote } from '../../../lib/graph/kustomize/read/kustomization-file';
import { readShape } from '../../../lib/graph/kustomize/read/kustomization-shape';
import { mergeSchema } from '../../../lib/graph/kustomize/patches/merge-schema';
import { withNamespace } from '../../../lib/graph/kustomize/names/name-affixes';
import { mapOf } from '../../../lib/plain/plain-data';
import { RepositoryView } from '../../../lib/graph/sources/repository-view';
import type { ManifestObject } from '../../../lib/tree/manifest';
import { Tree } from '../../../lib/tree/tree';
import { TreeFile } from '../../../lib/tree/tree-file';
import { buildFolder, configMap, treeOf } from '../tree-of';

describe('an image', () => {
  const changed = (image: string, rule: object) =>
    imageRules([rule]).reduce((current, one) => newImage(current, one), image);

  it.each([
    ['a/b:1', { name: 'a/b', newTag: '2' }, 'a/b:2'],
    ['a/b', { name: 'a/b', newTag: '2' }, 'a/b:2'],
    ['a/b@sha256:0', { name: 'a/b', newTag: '2' }, 'a/b:2'],
    ['a/b:1@sha256:0', { name: 'a/b', newTag: '2' }, 'a/b:2'],
    ['a/b:1', { name: 'a/b', digest: 'sha256:1' }, 'a/b@sha256:1'],
    ['a/b:1', { name: 'a/b', newTag: '2', digest: 'sha256:1' }, 'a/b:2@sha256:1'],
    ['a/b:1@sha256:0', { name: 'a/b', newName: 'c' }, 'c:1@sha256:0'],
    ['a/b:1', { name: 'a/b', tagSuffix: '-x' }, 'a/b:1-x'],
    ['a/b:1@sha256:0', { name: 'a/b', tagSuffix: '-x' }, 'a/b:1-x'],
    ['a/b:1', { name: 'a.b', newTag: '2' }, 'a/b:2'],
    ['a/b:1', { name: 'a', newTag: '2' }, 'a/b:1'],
    ['a/b:1', { name: 'b', newTag: '2' }, 'a/b:1'],
    ['a/bc:1', { name: 'a/b', newTag: '2' }, 'a/bc:1'],
    ['a/b:1', { name: 'a/[bc]', newTag: '2' }, 'a/b:2'],
    ['r:5000/a:1', { name: 'r:5000/a', newTag: '2' }, 'r:5000/a:2'],
  ])('%s with %j is %s', (image, rule, expected) => {
    expect(changed(image, rule)).toBe(expected);
  });

  it('is not set by an expression that is not valid', () => {
    const refused: string[] = [];
    const rules = imageRules([{ name: 'a' }, { name: 'a(' }], (problem, index) =>
      refused.push(`${index} ${problem}`),
    );
    expect([rules.length, refused]).toEqual([1, [expect.stringMatching(/^1 .*"a\("/)]]);
  });

  it('is set in lists of containers only', () => {
    const spec = {
      containers: [{ image: 'a:1' }, { image: 5 }, 'a:1'],
      initContainers: [{ image: 'a:1' }],
      sidecars: [{ image: 'a:1' }],
      inner: { containers: { image: 'a:1' } },
    };
    const { objects } = buildFolder(
      {
        'a/kustomization.yaml': 'resources: [r.yaml]\nimages: [{ name: a, newTag: "2" }]\n',
        'a/r.yaml': JSON.stringify({ apiVersion: 'acme.io/v1', kind: 'Shop', metadata: { name: 's' }, spec }),
      },
      'a',
    );
    expect(objects[0]?.spec).toEqual({
      ...spec,
      containers: [{ image: 'a:2' }, { image: 5 }, 'a:1'],
      initContainers: [{ image: 'a:2' }],
    });
  });
});

describe('a resource', () => {
  it.each([
    ['https://example.com/a.yaml', true],
    ['HTTPS://example.com/a.yaml', true],
    ['git::example', true],
    ['git@example.com:a/b', true],
    ['github.com/a/b', true],
    ['www.github.com/a', true],
    ['git.example.io:a/b', true],
    ['a/b?ref=v1', true],
    ['../github.com/a', false],
    ['github.community/a', false],
    ['github.com', false],
    ['my_host.com/a', false],
    ['a/https://example.com', false],
    ['1+x://a', false],
    ['a/b.yaml', false],
  ])('%s is elsewhere: %s', (resource, expected) => {
    expect(isRemote(resource)).toBe(expected);
  });
});

describe('the lines of an env file', () => {
  it.each([
    [
      'a=b\r\nc=d=e\n',
      [
        ['a', 'b'],
        ['c', 'd=e'],
      ],
    ],
    ['  a=b \n\t# x\n\n#c=d\n', [['a', 'b ']]],
    ['a', [['a', '']]],
    ['=a', [['', 'a']]],
    ['\ufeffa=b', [['a', 'b']]],
    ['a=\ufeffb', [['a', '\ufeffb']]],
  ])('%j', (text, expected) => {
    expect(parseEnvFile(text)).toEqual(expected);
  });
});

describe('the fields of a kustomization file', () => {
  const problems = (data: Record<string, unknown>) =>
    readShape(data).problems.map(({ field, message }) => `${field}: ${message}`);

  it.each([
    [{ resources: 'a' }, /^resources: .* is a string; it must be a list$/],
    [{ resources: [['a']] }, /^resources\[0\]: .* is a list; it must be a string$/],
    [{ resources: [{}] }, /^resources\[0\]: .* is a map;/],
    [{ resources: [5] }, /^resources\[0\]: .* is a number;/],
    [{ resources: [true] }, /^resources\[0\]: .* is a boolean;/],
    [{ images: [{ newTag: 1.5 }] }, /^images\[0\]\.newTag: .* is a number; it must be a string$/],
    [{ images: ['a'] }, /^images\[0\]: .* must be a map$/],
    [{ replicas: [{ name: 'a', count: 1.5 }] }, /^replicas\[0\]\.count: .* must be a whole number$/],
    [{ generatorOptions: { immutable: 'x' } }, /^generatorOptions\.immutable: .* must be true or false$/],
    [{ commonLabels: { a: 1 } }, /^commonLabels\.a: .* must be a string$/],
    [{ images: [{ foo: 1 }] }, /^images\[0\]\.foo: unknown field "images\[0\]\.foo"/],
  ])('are refused: %j', (data, expected) => {
    expect(problems(data)).toEqual([expect.stringMatching(expected)]);
  });

  it.each([
    [{ patches: ['a/patch-1.yaml'] }, 'write "path: a/patch-1.yaml"'],
    [{ patches: ['kind: A\n'] }, undefined],
    [{ patches: [['a.yaml']] }, undefined],
    [{ images: ['a.yaml'] }, undefined],
  ])('has a hint for a file among the patches: %j', (data, expected) => {
    expect(readShape(data).problems.map(({ hint }) => hint)).toEqual([expected]);
  });

  it('are read in any case, and null is nothing', () => {
    const { data, problems: none } = readShape({
      RESOURCES: ['a', null],
      images: null,
      replicas: [{ name: 'a', count: 3n }],
      generatorOptions: { immutable: true, labels: { a: null } },
    });
    expect(none).toEqual([]);
    expect(data).toStrictEqual({
      resources: ['a', ''],
      replicas: [{ name: 'a', count: 3n }],
      generatorOptions: { immutable: true, labels: { a: '' } },
    });
  });
});

describe('a field that a path names', () => {
  const set = (value: unknown, path: string, create: boolean, to: unknown = 1) =>
    changeAt(value, splitFieldPath(path), create, () => to);

  it.each([
    [{ a: { b: 0 } }, 'a/b', false, { a: { b: 1 } }],
    [{ a: [{ b: 0 }, { b: 2 }] }, 'a/b', false, { a: [{ b: 1 }, { b: 1 }] }],
    [{ a: [{ b: 0 }] }, 'a[]/b', false, { a: [{ b: 1 }] }],
    [{ c: 0 }, 'a/b', false, { c: 0 }],
    [{ c: 0 }, 'a/b', true, { c: 0, a: { b: 1 } }],
    [{ a: null }, 'a/b', true, { a: { b: 1 } }],
    [{ a: null }, 'a/b', false, { a: null }],
    [{ c: 0 }, 'a[]/b', true, { c: 0 }],
    [{ a: 'x' }, 'a/b', true, { a: 'x' }],
  ])('of %j is set: %s', (value, path, create, expected) => {
    expect(set(value, path, create)).toStrictEqual(expected);
  });

  it('is not made without a value', () => {
    expect(changeAt({ c: 0 }, ['a'], true, () => undefined)).toStrictEqual({ c: 0 });
  });

  it('is one in which kustomize looks for variables', () => {
    const servers = varReferenceFields
      .filter(({ path }) => path.endsWith('nfs/server'))
      .map(({ kind, path }) => `${kind} ${path}`);
    expect(servers).toEqual([
      'Pod spec/volumes/nfs/server',
      ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].map(
        (kind) => `${kind} spec/template/spec/volumes/nfs/server`,
      ),
      'CronJob spec/jobTemplate/spec/template/volumes/nfs/server',
      'StatefulSet spec/volumeClaimTemplates/spec/nfs/server',
      'PersistentVolume spec/nfs/server',
    ]);
  });
});

describe('the limit of builds', () => {
  const MiB = 1024 * 1024;

  it('is reached by what generators take', () => {
    const limit = new BuildLimit();
    expect(limit.generate(4 * MiB + 1)).toContain('4 MiB');
    for (let count = 0; count < 16; count += 1) expect(limit.generate(4 * MiB)).toBeUndefined();
    expect(limit.generate(1)).toContain('64 MiB');
  });

  it.each([
    ['no more than allowed', (limit: BuildLimit) => limit.useBase(50_000), false],
    ['more than allowed', (limit: BuildLimit) => limit.useBase(50_001), true],
    ['components', (limit: BuildLimit) => limit.useComponent(49_996), true],
    ['no more with a folder', (limit: BuildLimit) => (limit.addFolder(), limit.useBase(50_050)), false],
    ['more with a folder', (limit: BuildLimit) => (limit.addFolder(), limit.useBase(50_051)), true],
    ['no more with objects', (limit: BuildLimit) => (limit.addObjects(2), limit.useBase(50_020)), false],
    ['more with objects', (limit: BuildLimit) => (limit.addObjects(2), limit.useBase(50_021)), true],
  ])('is reached by %s', (_, use, expected) => {
    const limit = new BuildLimit();
    use(limit);
    expect(limit.problem(99) !== undefined).toBe(expected);
    expect(limit.problem(100)).toBeDefined();
  });
});

describe('a generator', () => {
  const generate = (text: string, more: Readonly<Record<string, string | Buffer>> = {}) => {
    const files = { 'a/kustomization.yaml': `${text}\n`, ...more };
    const tree = new Tree(Object.entries(files).map(([path, content]) => TreeFile.fromBytes(path, content)));
    return new KustomizeBuilder(new RepositoryView(tree, () => true)).build('a');
  };
  const entry = (fields: string, kind = 'configMapGenerator') =>
    `${kind}: [{ name: c, options: { disableNameSuffixHash: true }, ${fields} }]`;

  it('keeps bytes that are not text', () => {
    const [made] = generate(entry('files: [t.txt, b.bin]'), {
      'a/t.txt': 'é',
      'a/b.bin': Buffer.from([0xff, 0xfe]),
    }).resources;
    expect(made?.object).toMatchObject({ data: { 't.txt': 'é' }, binaryData: { 'b.bin': '//4=' } });
  });

  it.each([
    ['generatorOptions: { immutable: true }', true],
    ['generatorOptions: { immutable: false }', undefined],
  ])('takes options for all: %s', (options, expected) => {
    const [made] = generate(`${options}\nconfigMapGenerator: [{ name: c, literals: [a=b] }]`).resources;
    expect(made?.object.immutable).toBe(expected);
  });

  it.each(['files: ["a="]', 'files: ["=a"]', 'files: ["a=b=c"]', 'files: ["a/"]'])(
    'fails on %s',
    (fields) => {
      expect(generate(entry(fields)).findings.map(({ code }) => code)).toEqual(['generator-failed']);
    },
  );

  const ciphertext = 'A=ENC[AES256_GCM,data:a]\nsops_mac=ENC[AES256_GCM,data:b]\n';
  it.each([
    ['an env file', entry('envs: [x.env]', 'secretGenerator'), []],
    ['a key with the ending', entry('files: [x.env]', 'secretGenerator'), []],
    ['a key without an ending', entry('files: [x=x.env]', 'secretGenerator'), ['sops-format-unknown']],
    ['a ConfigMap', entry('files: [x.env]'), ['ciphertext-in-configmap']],
    ['the env file of a ConfigMap', entry('envs: [x.env]'), ['ciphertext-in-configmap']],
  ])('notes ciphertext in %s', (_, text, codes) => {
    expect(generate(text, { 'a/x.env': ciphertext }).findings.map(({ code }) => code)).toEqual(codes);
  });

  it('notes ciphertext of an env file that a plugin reads, which Flux does not decrypt', () => {
    const plugin = (source: string) =>
      generate(`generators: [g.yaml]\n`, {
        'a/x.env': ciphertext,
        'a/g.yaml': `apiVersion: builtin\nkind: SecretGenerator\nmetadata: { name: g }\n${source}\n`,
      });
    const { findings, resources } = plugin('envs: [x.env]');
    expect(findings.map(({ code }) => code)).toEqual(['ciphertext-in-configmap']);
    expect(Object.keys(mapOf(resources[0]?.object.data))).toContain('sops_mac');
    // The controller decrypts the values of a Secret.
    expect(plugin('files: [x.env]').findings).toEqual([]);
  });

  it('is named in the origin of what it makes, if it is in a file', () => {
    const origin = (text: string, more: Readonly<Record<string, string>> = {}) => {
      const [made] = generate(`buildMetadata: [originAnnotations]\n${text}`, more).resources;
      return mapOf(made?.object.metadata?.annotations)['config.kubernetes.io/origin'];
    };
    const file =
      'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: g }\nname: c\nliterals: [a=b]\n';
    expect(origin('generators: [g.yaml]', { 'a/g.yaml': file })).toContain('  name: g\n');
    expect(origin('configMapGenerator: [{ name: c, literals: [a=b] }]')).not.toContain('name:');
  });
});

describe('a build', () => {
  it('that is changed is made anew if nothing says that the change is the same', () => {
    const tree = treeOf({ 'a/m.yaml': configMap('m') });
    const shared = new KustomizeBuilder(new RepositoryView(tree, () => true));
    const named = (namePrefix: string, key?: string) =>
      shared
        .build('a', { change: (data) => ({ ...data, namePrefix }), key })
        .resources.map(({ object }) => object.metadata?.name);
    expect([named('x-'), named('y-')]).toEqual([['x-m'], ['y-m']]);
  });

  it.each([
    [
      '{"apiVersion":"builtin","kind":"PrefixTransformer","metadata":{"name":"p"},"prefix":"x-","fieldSpecs":[{"path":"metadata/name"}]}',
      ['ConfigMap//x-m'],
    ],
    [
      '  {"apiVersion":"builtin","kind":"PrefixTransformer","metadata":{"name":"p"},"prefix":"x-","fieldSpecs":[{"path":"metadata/name"}]}',
      ['ConfigMap//x-m'],
    ],
    ['p.yaml', ['ConfigMap//z-m']],
    ['p{q.yaml', ['ConfigMap//z-m']],
  ])('reads a plugin inline or from a file: %s', (plugin, ids) => {
    const inFile =
      'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: { name: p }\nprefix: z-\nfieldSpecs: [{ path: metadata/name }]\n';
    const files = {
      'a/kustomization.yaml': `resources: [m.yaml]\ntransformers: ${JSON.stringify([plugin])}\n`,
      'a/m.yaml': configMap('m'),
      'a/p.yaml': inFile,
      'a/p{q.yaml': inFile,
    };
    expect(buildFolder(files, 'a').ids).toEqual(ids);
  });
});

describe('a document that is not an object', () => {
  it.each([
    ['- a\n', /is not a map/],
    ['a: b\n', /has no kind/],
    ['kind: [A]\n', /has no kind/],
    ['kind: ""\n', /has no kind/],
    ['kind: A\n', /a A has no apiVersion/],
    ['kind: A\napiVersion: ""\n', /a A has no apiVersion/],
    ['kind: A\napiVersion: v1\n', /a A has no metadata\.name/],
    ['kind: A\napiVersion: v1\nmetadata: a\n', /a A has no metadata\.name/],
    ['kind: A\napiVersion: v1\nmetadata: {}\n', /a A has no metadata\.name/],
    ['kind: A\napiVersion: v1\nmetadata: { name: }\n', /a A has no metadata\.name/],
    ['kind: A\napiVersion: v1\nmetadata: { name: "" }\n', /a A has no metadata\.name/],
    ['kind: AList\napiVersion: v1\nitems: [{ kind: B }]\n', /a B has no apiVersion/],
  ])('is refused: %j', (text, expected) => {
    const { findings, ids } = buildFolder(
      { 'a/kustomization.yaml': 'resources: [r.yaml]\n', 'a/r.yaml': text },
      'a',
    );
    expect([ids, findings.map(({ message }) => message)]).toEqual([[], [expect.stringMatching(expected)]]);
  });
});

describe('a namespace', () => {
  const subjects = [
    { kind: 'ServiceAccount', name: 'default' },
    { kind: 'ServiceAccount', name: 'x' },
  ];
  const moved = (apiVersion: string, kind: string) => {
    const object = { apiVersion, kind, metadata: { name: 'default' }, subjects };
    const set = withNamespace(object as ManifestObject, 'new', { fields: [] });
    return [
      set.metadata?.namespace,
      ...(set.subjects as { namespace?: string }[]).map(({ namespace }) => namespace),
    ];
  };

  it.each([
    ['rbac.authorization.k8s.io/v1', 'RoleBinding', ['new', 'new', undefined]],
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', [undefined, 'new', undefined]],
    ['acme.io/v1', 'Team', ['new', undefined, undefined]],
  ])('is that of the subjects of bindings: %s %s', (apiVersion, kind, expected) => {
    expect(moved(apiVersion, kind)).toEqual(expected);
  });
});

describe('the lists of a kind', () => {
  it.each([
    ['v1', true],
    ['apps/v1', true],
    ['autoscaling/v2beta2', true],
    ['autoscaling/v2', false],
    ['batch/v1beta1', true],
    ['policy/v1', true],
    ['policy/v2', false],
    ['acme.io/v1', false],
  ])('are known to kustomize: %s', (apiVersion, expected) => {
    expect(mergeSchema(apiVersion, 'Thing') !== undefined).toBe(expected);
  });
});
