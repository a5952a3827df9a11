import { buildFolder, configMap } from '../tree-of';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: a
          image: a:1
          ports:
            - containerPort: 80
            - {containerPort: 80, protocol: UDP}
        - name: b
          image: b:1
`;

function patched(patch: string, object = web, kustomization = 'patches: [{path: p.yaml}]') {
  const { objects, codes } = buildFolder(
    {
      'a/kustomization.yaml': `resources: [r.yaml]\n${kustomization}\n`,
      'a/r.yaml': object,
      'a/p.yaml': patch,
    },
    'a',
  );
  return { object: objects[0], codes };
}

function podPatch(containers: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: ${containers}}}}\n`;
}

function containersOf(patch: string): unknown {
  return (patched(patch).object?.spec as { template: { spec: { containers: unknown } } }).template.spec
    .containers;
}

describe('a merge patch', () => {
  it('puts the entries that it names first, in its order', () => {
    expect(containersOf(podPatch('[{name: c, image: c}, {name: b, image: "b:2"}]'))).toEqual([
      { name: 'c', image: 'c' },
      { name: 'b', image: 'b:2' },
      expect.objectContaining({ name: 'a' }),
    ]);
  });

  it('matches ports by number and protocol', () => {
    const [first] = containersOf(
      podPatch('[{name: a, ports: [{containerPort: 80, protocol: UDP, name: dns}]}]'),
    ) as { ports: unknown }[];
    expect(first?.ports).toContainEqual({ containerPort: 80, protocol: 'UDP', name: 'dns' });
  });

  it('replaces lists that have no key in kustomize', () => {
    const policy = (port: number) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec: {egress: [{ports: [{port: ${port}}]}]}\n`;
    expect(patched(policy(2), policy(1)).object?.spec).toEqual({ egress: [{ ports: [{ port: 2 }] }] });
  });

  it('removes fields without a value, and keeps those with null', () => {
    const release = (spec: string) => `apiVersion: x.io/v1\nkind: R\nmetadata: {name: r}\nspec:\n${spec}`;
    const { object } = patched(release('  d: 1\n'), release('  a:\n  b: null\n  c: [{x: null}]\n'));
    expect(object?.spec).toEqual({ b: null, c: [{ x: null }], d: 1 });
  });

  it('removes all annotations or labels with null, unless it is for selected objects', () => {
    const object = (metadata: object) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ...metadata } });
    const both = { annotations: { a: 'b' }, labels: { c: 'd' } };
    const metadataAfter = (patch: string, kustomization?: string) =>
      patched(patch, object(both), kustomization).object?.metadata;
    const selected = [
      'patches: [{path: p.yaml, target: {kind: ConfigMap}}]',
      'patchesStrategicMerge: [p.yaml]',
    ];
    for (const field of ['annotations', 'labels'] as const) {
      const { [field]: _, ...others } = { name: 'c', ...both };
      const patch = object({ [field]: null });
      expect(metadataAfter(patch)).toEqual(others);
      expect(metadataAfter(object({ [field]: {} }))).toEqual({ name: 'c', ...both });
      for (const kustomization of selected)
        expect(metadataAfter(patch, kustomization)).toEqual({ name: 'c', ...both });
    }
  });

  it.each([
    ['a map for a scalar', 'spec: {template: {spec: {containers: [{name: a, image: {}}]}}}', 'patch-failed'],
    ['an unknown directive', 'spec: {$patch: foo}', 'patch-failed'],
  ])('fails on %s', (_, spec, code) => {
    const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n';
    expect(patched(`${head}${spec}\n`).codes).toEqual([code]);
  });

  it('fails without a name, and with several objects for one target', () => {
    const target = 'patches: [{path: p.yaml, target: {kind: Deployment}}]';
    expect(patched('apiVersion: apps/v1\nkind: Deployment\n', web, target).codes).toEqual(['patch-invalid']);
    expect(patched(`${podPatch('[]')}---\n${podPatch('[]')}`, web, target).codes).toEqual(['patch-invalid']);
  });
});

describe('a JSON patch', () => {
  const target = 'patches: [{path: p.yaml, target: {kind: ConfigMap}}]';
  const operated = (operations: string) => patched(operations, configMap('c', { k: 'v' }), target);

  it('finds annotations where there are none, and leaves no empty ones', () => {
    const { object } = operated('- {op: add, path: /metadata/annotations/a, value: 1}\n');
    expect(object?.metadata).toEqual({ name: 'c', annotations: { a: '1' } });
    expect(operated('- {op: add, path: /data/x, value: y}\n').object?.metadata).toEqual({ name: 'c' });
  });

  it('is read by YAML 1.1', () => {
    expect(operated('- {op: add, path: /data/x, value: yes}\n').object?.data).toEqual({ k: 'v', x: true });
  });

  it.each([
    ['YAML that looks like JSON', '[{op: add, path: /data/x, value: y}]'],
    ['no operation', '[]'],
  ])('fails on %s', (_, operations) => {
    expect(operated(operations).codes).toEqual(['patch-invalid']);
  });

  it('fails in patchesJson6902 without a name in its target', () => {
    const legacy = 'patchesJson6902: [{path: p.yaml, target: {version: v1, kind: ConfigMap}}]';
    expect(patched('- {op: add, path: /data/x, value: y}\n', configMap('c'), legacy).codes).toEqual([
      'patch-invalid',
    ]);
  });
});

describe('a target', () => {
  it('is everything if it is empty', () => {
    const everything = 'patches: [{path: p.yaml, target: {}}]';
    const patch = '- {op: add, path: /metadata/labels, value: {a: b}}\n';
    expect(patched(patch, web, everything).object?.metadata).toEqual({ name: 'web', labels: { a: 'b' } });
  });

  it.each([
    ['version', '{version: apps/v1}'],
    ['group', '{group: apps/v1, kind: Deployment}'],
  ])('matches nothing if its %s is an apiVersion', (field, target) => {
    const patch = '- {op: add, path: /metadata/labels, value: {a: b}}\n';
    const { findings, objects } = buildFolder(
      {
        'a/kustomization.yaml': `resources: [r.yaml]\npatches: [{path: p.yaml, target: ${target}}]\n`,
        'a/r.yaml': web,
        'a/p.yaml': patch,
      },
      'a',
    );
    expect(objects[0]?.metadata).toEqual({ name: 'web' });
    expect(findings).toMatchObject([
      {
        code: 'patch-target-unmatched',
        severity: 'warning',
        message: expect.stringContaining(`the ${field} "apps/v1"`) as string,
        hint: 'write "group: apps" and "version: v1"',
      },
    ]);
  });

  it.each([
    '{group: apps, version: v1}',
    '{version: "(apps/)?v1"}',
    '{version: "apps/v1|v1"}',
    '{version: "v1|apps/v1"}',
  ])('may be %s', (target) => {
    const patch = '- {op: add, path: /metadata/labels, value: {a: b}}\n';
    const { object, codes } = patched(patch, web, `patches: [{path: p.yaml, target: ${target}}]`);
    expect(codes).toEqual([]);
    expect(object?.metadata).toEqual({ name: 'web', labels: { a: 'b' } });
  });

  it.each(['{name: "(?!x)y"}', '{labelSelector: "a b"}'])(
    'fails on expressions that Go cannot read: %s',
    (selector) => {
      const patch = '- {op: add, path: /metadata/labels, value: {a: b}}\n';
      expect(patched(patch, web, `patches: [{path: p.yaml, target: ${selector}}]`).codes).toEqual([
        'patch-invalid',
      ]);
    },
  );
});

describe('a merge patch that does not name its object', () => {
  const told = (patch: string, target: string) => {
    const entry = `  - patch: '${patch}'\n${target}`;
    const files = {
      'a/kustomization.yaml': `resources: [map.yaml]\npatches:\n${entry}`,
      'a/map.yaml': configMap('a'),
    };
    return buildFolder(files, 'a').findings.map(({ message, hint }) => `${message} => ${hint ?? ''}`);
  };
  const target = '    target: { kind: ConfigMap }\n';
  const any = 'any value is allowed, because the target selects the objects';

  it.each([
    ['{ data: { a: b } }', 'kind and metadata.name'],
    ['{ kind: ConfigMap, data: { a: b } }', 'metadata.name'],
    ['{ kind: ConfigMap, metadata: { name: "" } }', 'metadata.name'],
    ['{ metadata: { name: a }, data: { a: b } }', 'kind'],
  ])('fails with everything that is missing: %s', (patch, fields) => {
    expect(told(patch, target)).toEqual([
      expect.stringContaining(
        `a merge patch has no ${fields}, which kustomize requires even if the patch has a target => add ${fields} to the patch; ${any}`,
      ),
    ]);
    expect(told(patch, '')).toEqual([
      expect.stringContaining(`=> add ${fields} of the object that it changes to the patch`),
    ]);
  });

  it('is accepted with any kind and name if it has a target', () => {
    expect(told('{ kind: Any, metadata: { name: any }, data: { a: b } }', target)).toEqual([]);
  });
});
