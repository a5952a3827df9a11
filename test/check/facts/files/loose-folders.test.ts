import { checkTree } from '../../../../lib/check/check-tree';
import { topFolders } from '../../../../lib/graph/entries/top-folders';
import { treeOf } from '../../../graph/tree-of';

const deployment = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata: { name: shop }',
  'spec:',
  '  replica: 3',
  '  selector: { matchLabels: { app: shop } }',
  '  template:',
  '    metadata: { labels: { app: shop } }',
  '    spec: { containers: [{ name: shop, image: "shop:${tag}" }] }',
  '',
].join('\n');

const applications = {
  'shop/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'shop/base/deployment.yaml': deployment,
  'shop/staging/kustomization.yaml':
    'resources: [../base]\ncomponents: [../../quota]\nnamespace: ${namespace}\n',
  'shop/production/kustomization.yaml': 'resources: [../base, gone.yaml]\n',
  'quota/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { team: shop }\n',
  'unused/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { team: shop }\n',
};

describe('a repository of applications that does not say where Flux starts', () => {
  it('has the folders that no other folder uses, without Components', () => {
    expect(topFolders(treeOf(applications))).toEqual(['shop/production', 'shop/staging']);
  });

  it('is checked folder by folder, each object once', () => {
    const { findings, folders, graph } = checkTree(treeOf(applications));
    expect(folders).toEqual(['shop/production', 'shop/staging']);
    expect(graph.clusters).toEqual([]);
    expect(findings.map(({ code, field }) => [code, field])).toEqual([
      ['entry-not-found', undefined],
      ['schema-unknown-field', 'spec.replica'],
      ['listed-file-missing', 'resources[1]'],
    ]);
  });

  it('has no findings that only a cluster shows: namespaces, sources, unread files', () => {
    const { 'shop/production/kustomization.yaml': _, ...rest } = applications;
    const fixed = { ...rest, 'shop/base/deployment.yaml': deployment.replace('replica:', 'replicas:') };
    expect(checkTree(treeOf(fixed)).findings.map(({ code }) => code)).toEqual(['entry-not-found']);
  });
});
