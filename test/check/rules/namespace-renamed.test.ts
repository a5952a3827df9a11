import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxApp } from '../../../lib';
import { checkTree } from '../../../lib/check/check-tree';
import { planApp } from '../../../lib/plan/plan';
import { homeCluster } from '../../delivery/home-cluster';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';

const namespace = (name: string, metadata = '') =>
  `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}${metadata}}\n`;

function found(files: Readonly<Record<string, string>>): string[] {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }), { objects: () => false });
  return findings
    .filter(({ code }) => code === 'namespace-renamed')
    .map(({ severity, locations: [at] }) => `${severity} ${at?.file}:${at?.line}`);
}

/** A Namespace in a Kustomization that gives it another namespace. */
const renaming = (to: string, written = namespace('team')) => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [`targetNamespace: ${to}`]),
  'apps/ns.yaml': written,
});

describe('a Namespace that its build renames', () => {
  it.each([
    ['flux-system', ['error apps/ns.yaml:3']],
    ['default', ['warning apps/ns.yaml:3']],
    ['kube-system', ['warning apps/ns.yaml:3']],
    ['kube-public', ['warning apps/ns.yaml:3']],
    ['nowhere-else', []],
    ['team', []],
  ])('to %s gives %j', (to, expected) => {
    expect(found(renaming(to))).toEqual(expected);
  });

  it('fails if another file creates the Namespace', () => {
    const files = { ...renaming('shop'), 'clusters/prod/shop.yaml': namespace('shop') };
    expect(found(files)).toEqual(['error apps/ns.yaml:3']);
  });

  it('leaves to the build the Namespaces that get the same name', () => {
    const files = renaming('flux-system', `${namespace('team')}---\n${namespace('shop')}`);
    expect(found(files)).toEqual([]);
    const apart = {
      ...renaming('flux-system'),
      'clusters/prod/shop.yaml': fluxKustomization('shop', './shop', ['targetNamespace: flux-system']),
      'shop/ns.yaml': namespace('shop'),
    };
    expect(found(apart)).toEqual(['error apps/ns.yaml:3', 'error shop/ns.yaml:3']);
  });

  it('applies to an item of a List', () => {
    const list = (...items: readonly string[]) =>
      `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`;
    const own = { 'clusters/prod/shop.yaml': list(namespace('shop'), namespace('more')) };
    expect(found({ ...renaming('shop'), ...own })).toEqual(['error apps/ns.yaml:3']);
    expect(found({ ...renaming('more'), ...own })).toEqual(['error apps/ns.yaml:3']);
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n';
    expect(found(renaming('flux-system', list(map, namespace('team'))))).toEqual(['error apps/ns.yaml:1']);
    expect(found(renaming('flux-system', list(map, namespace('flux-system'))))).toEqual([]);
    expect(found(renaming('flux-system', list(namespace('a'), namespace('flux-system'))))).toEqual([]);
  });

  it('compares the document that it comes from', () => {
    const two = `${namespace('flux-system')}---\n${namespace('team')}`;
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml':
        'resources: [ns.yaml]\npatches: [{target: {name: team}, patch: "[{\\"op\\": \\"replace\\", \\"path\\": \\"/metadata/name\\", \\"value\\": \\"default\\"}]"}]\n',
      'apps/ns.yaml': two,
    };
    expect(found(files)).toEqual(['warning apps/ns.yaml:7']);
  });

  it('accepts a name with a variable', () => {
    const files = renaming('flux-system', namespace('"${NAME}"'));
    const variables = fluxKustomization('apps', './apps', ['postBuild: {substitute: {NAME: flux-system}}']);
    expect(found(files)).toEqual([]);
    expect(found({ ...files, 'clusters/prod/apps.yaml': variables })).toEqual([]);
  });

  it('accepts a Namespace that is not pruned', () => {
    for (const mark of ['prune', 'reconcile']) {
      const annotated = namespace('team', `, annotations: {kustomize.toolkit.fluxcd.io/${mark}: disabled}`);
      expect(found(renaming('flux-system', annotated))).toEqual([]);
    }
    const files = renaming('flux-system');
    const kept = files['clusters/prod/apps.yaml'].replace('prune: true', 'prune: false');
    expect(found({ ...files, 'clusters/prod/apps.yaml': kept })).toEqual([]);
    const labelled = namespace('team', ', labels: {kustomize.toolkit.fluxcd.io/prune: Disabled}');
    expect(found(renaming('flux-system', labelled))).toEqual([]);
    const marking = 'commonMetadata: {annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}}';
    const marked = `${files['clusters/prod/apps.yaml']}\n  ${marking}\n`;
    expect(found({ ...files, 'clusters/prod/apps.yaml': marked })).toEqual([]);
  });

  it.each([
    'unused',
    'will-be-replaced',
    'this-will-be-overridden',
    'to-be-set',
    'namespace-placeholder',
    '"_"',
    'app-namespace',
    'target-ns',
  ])('accepts the placeholder %s', (name) => {
    expect(found(renaming('flux-system', namespace(name)))).toEqual([]);
  });

  it.each(['shop', 'app', 'replacer', 'my-app', 'ns-shop'])('does not take %s for a placeholder', (name) => {
    expect(found(renaming('flux-system', namespace(name)))).toHaveLength(1);
  });

  it('accepts a placeholder, by its name or by the names that builds give it', () => {
    expect(found(renaming('flux-system', namespace('not-used')))).toEqual([]);
    const overlay = (to: string) => ({
      [`clusters/prod/${to}.yaml`]: fluxKustomization(to, `./${to}`),
      [`${to}/kustomization.yaml`]: `namespace: ${to}\nresources: [../base]\n`,
    });
    const files = {
      ...overlay('default'),
      ...overlay('shop'),
      'base/kustomization.yaml': 'resources: [ns.yaml]\n',
      'base/ns.yaml': namespace('team'),
    };
    expect(found(files)).toEqual([]);
  });
});

describe('a Namespace of a construct', () => {
  it('is found in a file with other objects before it is printed', () => {
    const namespaceOf = (names: readonly string[]) => {
      const cluster = homeCluster();
      const app = new FluxApp(cluster, 'app', { targetNamespace: 'default' });
      const parts = new Construct(app, 'parts');
      new ApiObject(parts, 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
      for (const name of names)
        new ApiObject(parts, name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      const { tree } = planApp(cluster.node.root);
      return checkTree(tree, { entries: ['cluster-resources/flux'] }).findings.filter(
        ({ code }) => code === 'namespace-renamed',
      ).length;
    };
    expect(namespaceOf(['team'])).toBe(1);
    expect(namespaceOf(['default'])).toBe(0);
  });
});
