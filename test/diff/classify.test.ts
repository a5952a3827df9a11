import { compareRepositories } from '../../lib/diff/compare-repositories';
import { claimsOf, manifest, type Case } from './cases';
import { changesOf, diffOf, sideOf } from './pair-of-trees';

const config = manifest('v1', 'ConfigMap');
const classesOf = (change: Case) => claimsOf(change).map((claim) => claim.class);
const annotated = (value: string, marker: string) =>
  config(`data: { a: ${value} }`, `annotations: { kustomize.toolkit.fluxcd.io/${marker} }`);

describe('classifying an object', () => {
  it('gives a change that no class explains the class changed', () => {
    const [claim, ...others] = claimsOf(['', config('data: { a: x, b: x }'), config('data: { a: y, b: z }')]);
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      class: 'changed',
      message: 'Flux updates 2 fields of the object in place',
    });
    expect(claim?.fields.map(({ path }) => path)).toEqual(['data.a', 'data.b']);
  });

  it.each(['reconcile: disabled', 'ssa: Ignore', 'ssa: IfNotPresent'])(
    'says that nothing happens under %s',
    (marker) => {
      const [claim] = claimsOf(['', annotated('x', marker), annotated('y', marker)]);
      expect(claim).toMatchObject({ class: 'changed' });
      expect(claim?.message).toMatch(/^nothing changes/);
    },
  );

  it('reports that other changes have no effect once Flux leaves the object alone', () => {
    const ignored: Case = ['', config('data: { a: x }'), annotated('y', 'ssa: Ignore')];
    const created: Case = ['', config('data: { a: x }'), annotated('y', 'ssa: IfNotPresent')];
    expect(claimsOf(ignored)).toMatchObject([{ class: 'suspended', fields: [{ path: 'data.a' }, {}] }]);
    expect(claimsOf(created)[0]?.message).toMatch(/^nothing changes/);
    expect(claimsOf(created)).toHaveLength(1);
  });

  it('reports nothing like that for ssa: Merge, or once the annotation is gone', () => {
    const merged: Case = ['', annotated('x', 'ssa: Merge'), annotated('y', 'ssa: Merge')];
    const freed: Case = ['', annotated('x', 'ssa: Ignore'), config('data: { a: y }')];
    for (const change of [merged, freed])
      expect(JSON.stringify(claimsOf(change))).not.toContain('nothing happens');
  });

  it('says that a change waits until its Kustomization is resumed', () => {
    const change: Case = ['', config('data: { a: x }'), config('data: { a: y }'), { suspend: true }];
    expect(classesOf(change)).toEqual(['changed']);
    expect(claimsOf(change)[0]?.message).toMatch(
      /^once the suspended Kustomization flux-system\/apps is resumed: /,
    );
  });

  it('reports nothing if nothing differs', () => {
    expect(claimsOf(['', config('data: { a: x }'), config('data: { a: x }')])).toEqual([]);
  });
});

describe('a fact about the whole cluster', () => {
  const source = (spec: string) =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: app, namespace: web }\nspec: { interval: 1h, ${spec} }\n`;
  const release =
    '---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: web }\nspec: { interval: 1h, chartRef: { kind: OCIRepository, name: app } }\n';
  const file = 'clusters/prod/app.yaml';
  const diff = (before: string, after: string) => changesOf(diffOf({ [file]: before }, { [file]: after }));

  it('can be a chart that a HelmRelease installs', () => {
    const [before, after] = ['1.0.0', '1.0.1'].map((tag) =>
      source(`url: "oci://a/app", ref: { tag: ${tag} }`),
    );
    expect(diff(`${before}${release}`, `${after}${release}`).map((change) => change.class)).toEqual([
      'upgraded',
    ]);
    expect(diff(`${before}`, `${after}`).map((change) => change.class)).toEqual(['source-changed']);
  });

  it('can be the releases that another chart reinstalls', () => {
    const [before, after] = ['app', 'other'].map((name) => source(`url: "oci://a/${name}"`));
    const changes = diff(`${before}${release}`, `${after}${release}`);
    expect(changes.map((change) => change.class)).toEqual(['reinstalled']);
    expect(changes[0]?.alongWith).toEqual([expect.objectContaining({ kind: 'HelmRelease', name: 'web' })]);
  });

  it('can be that a HelmRelease installs another chart by reference', () => {
    const both = `${source('url: "oci://a/app"')}---\n${source('url: "oci://a/other"').replace('name: app', 'name: other')}`;
    const other = release.replace('name: app }', 'name: other }');
    expect(diff(`${both}${release}`, `${both}${other}`).map((change) => change.class)).toEqual([
      'reinstalled',
    ]);
    const mirror = `${source('url: "oci://a/app"')}---\n${source('url: "oci://b/app"').replace('name: app', 'name: other')}`;
    expect(diff(`${mirror}${release}`, `${mirror}${other}`).map((change) => change.class)).toEqual([
      'source-changed',
    ]);
  });

  it('can be what the schema refuses in the head but not in the base', () => {
    const [right, wrong] = ['1h', 'soon'].map((interval) =>
      source('url: "oci://a/app"').replace('1h', interval),
    );
    expect(diff(`${right}`, `${wrong}`)).toEqual([
      expect.objectContaining({ class: 'refused', message: expect.stringContaining('spec.interval') }),
    ]);
    const [known, same] = [wrong, wrong?.replace('oci://a/app', 'oci://b/app')];
    expect(diff(`${known}`, `${same}`).map((change) => change.class)).toEqual(['source-changed']);
  });

  it('can be a field that a CRD does not allow to change', () => {
    const rule = (text: string) => ({ 'x-kubernetes-validations': [{ rule: text }] });
    const properties = {
      size: { type: 'integer' },
      engine: { type: 'string', ...rule('self == oldSelf') },
      shape: { type: 'string', ...rule('self == oldSelf || true') },
      storage: { type: 'object', properties: { class: { type: 'string', ...rule('(oldSelf == self)') } } },
    };
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Thing', plural: 'things' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } },
            },
          },
        ],
      },
    };
    const thing = (spec: string) =>
      `${JSON.stringify(crd)}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a, namespace: web }\nspec: { ${spec} }\n`;
    const classesFor = (before: string, after: string) =>
      diff(thing(before), thing(after)).map((change) => change.class);
    expect(classesFor('engine: a', 'engine: b')).toEqual(['refused']);
    expect(classesFor('storage: { class: a }', 'storage: { class: b }')).toEqual(['refused']);
    expect(classesFor('size: 1', 'size: 2')).toEqual(['changed']);
    expect(classesFor('shape: a', 'shape: b')).toEqual(['changed']);
    expect(classesFor('size: 1', 'size: 1, engine: b')).toEqual(['changed']);
  });

  it('can be an account that a binding gives another role', () => {
    const kustomization = (account: string) =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: web, namespace: web }\nspec: { interval: 1h, prune: true, path: ./x, serviceAccountName: ${account}, sourceRef: { kind: GitRepository, name: other } }\n`;
    const binding = (kind: string, role: string, account: string) =>
      `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: ${account}, namespace: web }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }\nsubjects: [{ kind: ServiceAccount, name: ${account}, namespace: web }]\n`;
    const bindings = [
      binding('ClusterRoleBinding', 'cluster-admin', 'admin'),
      binding('RoleBinding', 'edit', 'editor'),
      binding('RoleBinding', 'edit', 'writer'),
    ].join('');
    const classesFor = (before: string, after: string) =>
      diff(kustomization(before) + bindings, kustomization(after) + bindings).map((change) => change.class);
    expect(classesFor('plain', 'admin')).toEqual(['widened']);
    expect(classesFor('plain', 'editor')).toEqual(['widened']);
    expect(classesFor('editor', 'admin')).toEqual(['widened']);
    expect(classesFor('admin', 'editor')).toEqual(['changed']);
    expect(classesFor('editor', 'writer')).toEqual(['changed']);
    expect(classesFor('editor', 'plain')).toEqual(['changed']);
  });

  it('can be what a new role allows', () => {
    const role =
      '---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: all }\nrules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]\n';
    const changes = diff(source('url: "oci://a/app"'), `${source('url: "oci://a/app"')}${role}`);
    expect(changes.map((change) => change.class)).toEqual(['widened', 'created']);
  });

  it('can be a policy that changes together with the files', () => {
    const base = sideOf('a', {});
    const head = { ...base, project: { ...base.project, check: { chainDepth: 20 } } };
    expect(compareRepositories(base, head).policy.map((change) => change.class)).toEqual(['policy-changed']);
  });
});
