import { buildFolder, configMap } from './tree-of';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: main
          image: ghcr.io/acme/web:1.0.0
          env:
            - name: A
              value: "1"
          envFrom:
            - configMapRef:
                name: settings
        - name: side
          image: localhost:5000/side@sha256:abc
`;

function overlay(...lines: string[]) {
  return {
    'base/kustomization.yaml': 'resources: [deployment.yaml]\n',
    'base/deployment.yaml': deployment,
    'prod/kustomization.yaml': ['resources: [../base]', ...lines, ''].join('\n'),
  };
}

function container(files: Record<string, string>, index = 0): Record<string, unknown> {
  const [object] = buildFolder(files, 'prod').objects as unknown as {
    spec: { template: { spec: { containers: Record<string, unknown>[] } } };
  }[];
  return object?.spec.template.spec.containers[index] ?? {};
}

describe('a kustomization', () => {
  it('gathers files, folders and lists', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: s}}\n';
    const { ids, codes } = buildFolder(
      {
        'a/kustomization.yml': 'resources: [one.yaml, ./b/]\nbases: [../c]\n',
        'a/one.yaml': configMap('one') + configMap('two'),
        'a/b/Kustomization': 'resources: [list.yaml]\n',
        'a/b/list.yaml': list,
        'c/kustomization.yaml': 'resources: [x.yaml]\n',
        'c/x.yaml': configMap('x'),
      },
      'a',
    );
    expect(ids).toEqual(['ConfigMap//one', 'ConfigMap//two', 'Service//s', 'ConfigMap//x']);
    expect(codes).toEqual([]);
  });

  it('is made by Flux where there is none: all YAML below, folders with a kustomization as such', () => {
    const { ids } = buildFolder(
      {
        'a/z.yaml': configMap('z'),
        'a/deep/er/y.yml': configMap('y'),
        'a/note.json': '{}',
        'a/own/kustomization.yaml': 'resources: [listed.yaml]\nnamePrefix: p-\n',
        'a/own/listed.yaml': configMap('listed'),
        'a/own/unlisted.yaml': configMap('unlisted'),
      },
      'a',
    );
    expect(ids).toEqual(['ConfigMap//y', 'ConfigMap//p-listed', 'ConfigMap//z']);
  });

  it('gives namespaces to what kustomize does not know to be cluster-scoped, and renames Namespaces', () => {
    const objects = [
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: not-used}',
      'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: ca}',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\n' +
        'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\n' +
        'subjects: [{kind: ServiceAccount, name: default, namespace: x}, {kind: ServiceAccount, name: o, namespace: x}]',
    ].join('\n---\n');
    const { ids, objects: built } = buildFolder(
      {
        'a/kustomization.yaml': 'namespace: foo\nnamePrefix: p-\nresources: [o.yaml]\n',
        'a/o.yaml': objects,
      },
      'a',
    );
    expect(ids).toEqual([
      'Namespace//foo',
      'ClusterIssuer/foo/p-ca',
      'ClusterRole//p-r',
      'RoleBinding/foo/p-b',
    ]);
    expect(built[3]).toMatchObject({
      roleRef: { name: 'p-r' },
      subjects: [{ namespace: 'foo' }, { namespace: 'x' }],
    });
  });

  it('hashes generated names, and references follow', () => {
    const files = overlay(
      'configMapGenerator:',
      '- name: settings',
      '  literals: ["a=b<c>&", "n="]',
      '  files: [t=t.txt]',
    );
    const { ids, objects } = buildFolder({ ...files, 'prod/t.txt': 'line1\nline2  \n' }, 'prod');
    expect(ids[1]).toMatch(/^ConfigMap\/\/settings-[a-z0-9]{10}$/);
    expect(objects[1]).toMatchObject({ data: { a: 'b<c>&', n: '', t: 'line1\nline2  \n' } });
    const name = String(objects[1]?.metadata?.name);
    expect(container({ ...files, 'prod/t.txt': 'line1\nline2  \n' })).toMatchObject({
      envFrom: [{ configMapRef: { name } }],
    });
  });

  it('computes hashes as kubectl does', () => {
    const files = {
      'a/kustomization.yaml': 'configMapGenerator: [{name: c, files: [v.txt]}]\n',
    };
    const hashed = (text: string) => buildFolder({ ...files, 'a/v.txt': text }, 'a').ids[0];
    expect(hashed('a$')).toBe('ConfigMap//c-db4649h9mt');
    expect(hashed('x<y')).toBe('ConfigMap//c-mkk4276cc7');
    expect(hashed('a&b')).toBe('ConfigMap//c-t6729m9dfd');
    expect(hashed('l: |\n  ^(c|n)$\nb: true\n')).toBe('ConfigMap//c-cdd99kkbkg');
  });

  it('merges and replaces generated content', () => {
    const base =
      'configMapGenerator: [{name: c, literals: [a=1, b=2], options: {disableNameSuffixHash: true}}]\n';
    const over = (behavior: string) =>
      buildFolder(
        {
          'base/kustomization.yaml': base,
          'prod/kustomization.yaml': `resources: [../base]\ngeneratorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator: [{name: c, behavior: ${behavior}, literals: [b=3]}]\n`,
        },
        'prod',
      );
    expect(over('merge').objects[0]).toMatchObject({ metadata: { name: 'c' }, data: { a: '1', b: '3' } });
    expect(over('replace').objects[0]).toMatchObject({ data: { b: '3' } });
    expect(over('create').codes).toEqual(['generator-failed']);
  });

  it('merges lists of built-in kinds by their keys, and replaces others', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: main, env: [{name: B, value: "2"}]}]}}}\n';
    const files = { ...overlay('patches: [{path: p.yaml}]'), 'prod/p.yaml': patch };
    expect(container(files)).toMatchObject({
      image: 'ghcr.io/acme/web:1.0.0',
      env: [{ name: 'B' }, { name: 'A' }],
    });
    const release =
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec: {valuesFrom: [{name: %}]}\n';
    const { objects } = buildFolder(
      {
        'prod/kustomization.yaml': 'resources: [r.yaml]\npatchesStrategicMerge: [p.yaml]\n',
        'prod/r.yaml': release.replace('%', 'a'),
        'prod/p.yaml': release.replace('%', 'b'),
      },
      'prod',
    );
    expect(objects[0]).toMatchObject({ spec: { valuesFrom: [{ name: 'b' }] } });
  });

  it('follows $patch: delete and null', () => {
    const drop =
      '- patch: |-\n    $patch: delete\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n';
    expect(buildFolder(overlay('patches:', drop), 'prod').ids).toEqual([]);
    const nulls =
      '- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: null\n';
    expect(buildFolder(overlay('patches:', nulls), 'prod').objects[0]).not.toHaveProperty('spec');
  });

  it('selects the targets of JSON patches by expressions that match as a whole', () => {
    const patch = (name: string) =>
      overlay(
        'patches:',
        `- target: {kind: Deploy.*, name: ${name}}`,
        '  patch: |-',
        '    - {op: add, path: /metadata/labels, value: {a: b}}',
      );
    expect(buildFolder(patch('w.*'), 'prod').objects[0]).toMatchObject({ metadata: { labels: { a: 'b' } } });
    expect(buildFolder(patch('w'), 'prod').objects[0]?.metadata).not.toHaveProperty('labels');
  });

  it('sets images and replicas', () => {
    const files = overlay(
      'images: [{name: ghcr.io/acme/web, newTag: 2.0.0}, {name: "localhost:5000/side", newName: mirror/side}]',
      'replicas: [{name: web, count: 3}]',
    );
    expect(container(files)).toMatchObject({ image: 'ghcr.io/acme/web:2.0.0' });
    expect(container(files, 1)).toMatchObject({ image: 'mirror/side@sha256:abc' });
    expect(buildFolder(files, 'prod').objects[0]).toMatchObject({ spec: { replicas: 3 } });
  });

  it('labels selectors and templates with commonLabels, metadata alone with labels', () => {
    const common = buildFolder(overlay('commonLabels: {a: b}'), 'prod').objects[0];
    expect(common).toMatchObject({
      spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } } } },
    });
    const [plain] = buildFolder(overlay('labels: [{pairs: {a: b}}]'), 'prod').objects;
    expect(plain).toMatchObject({ metadata: { labels: { a: 'b' } } });
    expect(plain?.spec).not.toHaveProperty('selector');
  });

  it('applies components to what the kustomization gathered', () => {
    const { objects } = buildFolder(
      {
        ...overlay('components: [../part]'),
        'part/kustomization.yaml': 'kind: Component\nresources: [c.yaml]\nnamespace: inner\n',
        'part/c.yaml': configMap('c'),
      },
      'prod',
    );
    expect(objects.map((object) => object.metadata?.namespace)).toEqual(['inner', 'inner']);
  });

  it('copies fields by replacements', () => {
    const files = overlay(
      'configMapGenerator: [{name: v, literals: [tag=9.9.9], options: {disableNameSuffixHash: true}}]',
      'replacements:',
      '- source: {kind: ConfigMap, name: v, fieldPath: data.tag}',
      '  targets:',
      '  - select: {kind: Deployment}',
      '    fieldPaths: ["spec.template.spec.containers.[name=main].image"]',
      '    options: {delimiter: ":", index: 1}',
    );
    expect(container(files)).toMatchObject({ image: 'ghcr.io/acme/web:9.9.9' });
  });

  it('updates references of custom kinds that configurations name', () => {
    const { objects } = buildFolder(
      {
        'a/kustomization.yaml':
          'resources: [r.yaml]\nconfigurations: [c.yaml]\nconfigMapGenerator: [{name: v, literals: [a=b]}]\n',
        'a/c.yaml':
          'nameReference: [{kind: ConfigMap, version: v1, fieldSpecs: [{path: spec/valuesFrom/name, kind: HelmRelease}]}]\n',
        'a/r.yaml':
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec: {valuesFrom: [{kind: ConfigMap, name: v}]}\n',
      },
      'a',
    );
    expect(objects[0]).toMatchObject({ spec: { valuesFrom: [{ name: objects[1]?.metadata?.name }] } });
  });

  it('takes no namesake of another namespace for the object that a reference means', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x}\n';
    const { objects } = buildFolder(
      {
        'a/kustomization.yaml': 'resources: [b, c, apps.yaml]\n',
        'a/b/kustomization.yaml': 'namespace: b\nnamePrefix: pre-\nresources: [sa.yaml]\n',
        'a/b/sa.yaml': account,
        'a/c/kustomization.yaml': 'namespace: c\nnamePrefix: pre-\nresources: [sa.yaml]\n',
        'a/c/sa.yaml': account,
        'a/apps.yaml': [
          'apiVersion: rbac.authorization.k8s.io/v1',
          'kind: RoleBinding',
          'metadata: {name: far, namespace: a}',
          'subjects: [{kind: ServiceAccount, name: x}]',
          '---',
          'apiVersion: rbac.authorization.k8s.io/v1',
          'kind: RoleBinding',
          'metadata: {name: named, namespace: a}',
          'subjects: [{kind: ServiceAccount, name: x, namespace: b}]',
          '---',
          'apiVersion: apps/v1',
          'kind: Deployment',
          'metadata: {name: d, namespace: a}',
          'spec: {template: {spec: {serviceAccountName: x}}}',
          '',
        ].join('\n'),
      },
      'a',
    );
    expect(objects.slice(2)).toMatchObject([
      { subjects: [{ kind: 'ServiceAccount', name: 'x' }] },
      { subjects: [{ kind: 'ServiceAccount', name: 'pre-x', namespace: 'b' }] },
      { spec: { template: { spec: { serviceAccountName: 'x' } } } },
    ]);
  });

  it('leaves out objects for local tools, and notes what only Flux can fetch', () => {
    const local =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: l, annotations: {config.kubernetes.io/local-config: "true"}}\n';
    const { ids, remotes, codes } = buildFolder(
      {
        'a/kustomization.yaml':
          'resources: [l.yaml, "https://example.com/x.yaml", "github.com/a/b//c?ref=v1"]\nhelmCharts: [{name: nginx, repo: "https://charts", version: "1"}]\n',
        'a/l.yaml': local,
      },
      'a',
    );
    expect(ids).toEqual([]);
    expect(codes).toEqual([]);
    expect(remotes).toEqual([
      'https://example.com/x.yaml',
      'github.com/a/b//c?ref=v1',
      'helm chart nginx 1 from https://charts',
    ]);
  });

  it.each([
    [
      'a listed file is missing',
      { 'a/kustomization.yaml': 'resources: [gone.yaml]\n' },
      'listed-file-missing',
    ],
    [
      'an object is there twice',
      { 'a/one.yaml': configMap('x'), 'a/two.yaml': configMap('x') },
      'object-duplicate',
    ],
    ['a file is no manifest', { 'a/values.yaml': 'replicas: 1\n' }, 'manifest-invalid'],
    ['a file is no YAML', { 'a/tpl.yaml': '{{- if .Values.x }}\na: b\n{{ end }}\n' }, 'yaml-invalid'],
    ['a key is odd', { 'a/x.yaml': `${configMap('x')}  __proto__: y\n` }, 'yaml-key-odd'],
    [
      'a Component stands among resources',
      { 'a/kustomization.yaml': 'resources: [c]\n', 'a/c/kustomization.yaml': 'kind: Component\n' },
      'component-as-resource',
    ],
    [
      'a name may mean several objects',
      {
        'a/kustomization.yaml': 'resources: [b, c, binding.yaml]\n',
        'a/b/kustomization.yaml': 'namespace: b\nresources: [sa.yaml]\n',
        'a/b/sa.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x}\n',
        'a/c/kustomization.yaml': 'namespace: c\nresources: [sa.yaml]\n',
        'a/c/sa.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x}\n',
        'a/binding.yaml':
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: r}\nsubjects: [{kind: ServiceAccount, name: x}]\n',
      },
      'reference-ambiguous',
    ],
    [
      'folders use each other',
      { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
      'kustomization-cycle',
    ],
    [
      'a patch meets nothing',
      overlay('patches: [{patch: "{apiVersion: v1, kind: X, metadata: {name: y}}"}]'),
      'patch-target-missing',
    ],
    [
      'there are two kustomization files',
      { 'a/kustomization.yaml': '', 'a/kustomization.yml': '' },
      'kustomization-invalid',
    ],
  ])('fails with a finding, and no crash, where %s', (_, files, code) => {
    expect(
      buildFolder(
        files,
        'a' in files || Object.keys(files).some((path) => path.startsWith('a/')) ? 'a' : 'prod',
      ).codes,
    ).toContain(code);
  });
});

describe('a build that is not whole', () => {
  const patch = 'patches: [{ path: p.yaml }]\n';
  const files = { 'a/p.yaml': configMap('elsewhere'), 'a/own.yaml': configMap('own') };

  it('blames no patch, as its object may be in what is missing', () => {
    const missing = { ...files, 'a/kustomization.yaml': `resources: [own.yaml, gone.yaml]\n${patch}` };
    expect(buildFolder(missing, 'a').codes).toEqual(['listed-file-missing']);
    const remote = {
      ...files,
      'a/kustomization.yaml': `resources: [own.yaml, https://x.example/y]\n${patch}`,
    };
    expect(buildFolder(remote, 'a').codes).toEqual([]);
    const whole = { ...files, 'a/kustomization.yaml': `resources: [own.yaml]\n${patch}` };
    expect(buildFolder(whole, 'a').codes).toEqual(['patch-target-missing']);
  });

  it('makes an error of a missing file only where the tree has files of its kind', () => {
    const generator = (file: string) => `configMapGenerator: [{ name: a, files: [${file}] }]\n`;
    const severity = (tree: Record<string, string>) =>
      buildFolder(tree, 'a').findings.map((one) => one.severity);
    expect(severity({ 'a/kustomization.yaml': generator('run.sh') })).toEqual(['info']);
    expect(severity({ 'a/kustomization.yaml': generator('run.sh'), 'b/other.sh': '' })).toEqual(['error']);
    expect(severity({ 'a/kustomization.yaml': generator('values.yaml') })).toEqual(['error']);
  });

  it('blames no patch of a component either', () => {
    const component = `kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n${patch}`;
    const tree = {
      'a/own.yaml': configMap('own'),
      'c/p.yaml': configMap('elsewhere'),
      'c/kustomization.yaml': component,
      'a/kustomization.yaml': 'resources: [own.yaml, https://x.example/y]\ncomponents: [../c]\n',
    };
    expect(buildFolder(tree, 'a').codes).toEqual([]);
  });
});
