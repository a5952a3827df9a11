import { checkTree } from '../../lib/check/check-tree';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../graph/tree-of';

const missing = ['dependsOn:', '  - name: infra', '  - name: crds'];
const tree = treeOf({
  ...bootstrap,
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', missing),
  'apps/kustomization.yaml': 'resources: [gone.yaml, lost.yaml, settings.yaml]\n',
  'apps/settings.yaml': configMap('settings'),
});

describe('the fingerprints of a check', () => {
  const { findings } = checkTree(tree);

  it('distinguish all findings', () => {
    expect(findings.length).toBeGreaterThan(3);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  });

  it('are the same in the next run', () => {
    expect(checkTree(tree).findings).toEqual(findings);
  });
});

describe('infos', () => {
  it('are left out on request, and nothing else is', () => {
    const all = checkTree(tree).findings;
    expect(all.map(({ severity }) => severity)).toContain('info');
    expect(checkTree(tree, { infos: false }).findings).toEqual(
      all.filter(({ severity }) => severity !== 'info'),
    );
  });
});
