import { checkTree } from '../../../../lib/check/check-tree';
import type { RolloutPolicy } from '../../../../lib/config/rollout-policy';
import { bootstrap, fluxKustomization, treeOf } from '../../../graph/tree-of';

const CLUSTERS = ['a', 'b', 'c'];

/** Three clusters that apply the folder apps. */
const fleet: Readonly<Record<string, string>> = Object.fromEntries(
  CLUSTERS.flatMap((name) => [
    ...Object.entries(bootstrap).map(([file, text]) => [
      file.replaceAll('clusters/prod', `clusters/${name}`),
      text.replaceAll('clusters/prod', `clusters/${name}`),
    ]),
    [`clusters/${name}/apps.yaml`, fluxKustomization('apps', './apps')],
  ]),
);

const source = (kind: string, spec: string): string =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata:\n  name: s\n  namespace: flux-system\nspec:\n  interval: 1h\n${spec}`;
const oci = (ref: string): string => source('OCIRepository', `  url: oci://example.com/s\n${ref}`);
const git = (ref: string): string => source('GitRepository', `  url: https://example.com/s.git\n${ref}`);

/** The findings about a file that all three clusters apply. */
function told(
  text: string,
  policy: RolloutPolicy = { maxClusters: 2 },
  more: Readonly<Record<string, string>> = {},
): string[] {
  const { findings } = checkTree(treeOf({ ...fleet, 'apps/a.yaml': text, ...more }), { policy });
  return findings.flatMap(({ code, message }) => (code === 'floating-version-shared' ? [message] : []));
}

describe('a version that changes without a commit', () => {
  it.each([
    ['a tag that is written again', oci('  ref:\n    tag: latest\n')],
    ['a tag of a minor version', oci('  ref:\n    tag: "1.2"\n')],
    ['no tag', oci('')],
    ['a range', oci('  ref:\n    semver: 1.x\n')],
    ['a branch', git('  ref:\n    branch: main\n')],
    ['a branch by its full name', git('  ref:\n    name: refs/heads/main\n')],
    ['a bucket', source('Bucket', '  endpoint: e\n  bucketName: b\n')],
  ])('is reported if more clusters share it than are allowed: %s', (_, text) => {
    expect(told(text)).toEqual([expect.stringMatching(/in 3 clusters at once; .* allows 2: a, b, c$/)]);
    expect(told(text, { maxClusters: 3 })).toEqual([]);
    expect(told(text, {})).toEqual([]);
  });

  it.each([
    ['an exact tag', oci('  ref:\n    tag: 1.2.3\n')],
    ['a digest', oci('  ref:\n    tag: latest\n    digest: sha256:0\n')],
    ['a tag of Git', git('  ref:\n    tag: v1\n')],
    ['a commit', git('  ref:\n    branch: main\n    commit: 0123\n')],
    ['a range that open-version-range-shared tells', oci('  ref:\n    semver: ">=1.0.0"\n')],
  ])('is not reported for %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  it('is reported for an image that Flux commits to the branch that it follows, and not for one in a pull request', () => {
    const image =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: default\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: example.com/web:1.0.0 # {"$imagepolicy": "flux-system:web"}\n';
    const automation = (push: string): Record<string, string> => ({
      'clusters/a/images.yaml': `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: web\n  namespace: flux-system\nspec:\n  imageRepositoryRef:\n    name: web\n  policy:\n    semver:\n      range: 1.x\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageUpdateAutomation\nmetadata:\n  name: all\n  namespace: flux-system\nspec:\n  interval: 1h\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n  git:\n    checkout:\n      ref:\n        branch: main\n    commit:\n      author:\n        email: a@example.com\n${push}`,
    });
    expect(told(image, { maxClusters: 2 }, automation(''))).toEqual([
      expect.stringContaining('the image of the policy "web" changes without a commit, in 3 clusters'),
    ]);
    expect(told(image, { maxClusters: 2 }, automation('    push:\n      branch: updates\n'))).toEqual([]);
  });
});
