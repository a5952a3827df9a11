import { bootstrap, fluxKustomization } from '../../graph/tree-of';
import { lines, object, type Files } from '../small-repositories';

const IMAGE = 'image.toolkit.fluxcd.io/v1';
const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
const policy = (range = '1.x', name = 'web') =>
  object(
    IMAGE,
    'ImageRepository',
    name,
    'flux-system',
    `spec: { interval: 1h, image: ghcr.io/acme/${name} }`,
  ) +
  object(
    IMAGE,
    'ImagePolicy',
    name,
    'flux-system',
    `spec: { imageRepositoryRef: { name: ${name} }, policy: { semver: { range: ${range} } } }`,
  );
const automation = (path = './apps', push = '{ branch: main }', more = '') =>
  object(
    IMAGE,
    'ImageUpdateAutomation',
    'images',
    'flux-system',
    'spec:',
    '  interval: 1h',
    '  sourceRef: { kind: GitRepository, name: flux-system }',
    `  git: { commit: { author: { name: flux, email: flux@example.com } }, push: ${push} }`,
    `  update: { path: ${path}, strategy: Setters }`,
    more,
  );
const deployment = (name: string, image = 'web') =>
  `${object('apps/v1', 'Deployment', name, 'default')}spec: { template: { spec: { containers: [\n  { name: web,\n    image: "ghcr.io/acme/${image}:1.0.0" # {"$imagepolicy": "flux-system:${image}"}\n  }] } } }\n`;
const fleet = (prod: string, staging: string, more: Files = {}): Files => ({
  'clusters/staging/flux-system/gotk-sync.yaml': sync.replaceAll('clusters/prod', 'clusters/staging'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'clusters/staging/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/web.yaml': deployment('web'),
  'clusters/prod/images.yaml': prod,
  'clusters/staging/images.yaml': staging,
  ...more,
});
const told = (...of: Parameters<typeof fleet>) => lines('automation-files-shared', fleet(...of));
const same = policy() + automation();

describe('automation-files-shared', () => {
  it('is an info if the clusters write the same', () => {
    expect(told(same, same)).toEqual([
      expect.stringMatching(
        /^info at clusters\/prod\/images\.yaml:\d+.*, clusters\/staging\/images\.yaml:\d+ .*the clusters "prod", "staging" all update "apps\/web\.yaml" on the branch "main", with ImageUpdateAutomation "flux-system\/images": each pushes the same changes/,
      ),
    ]);
  });

  it('is a warning if their policies differ, or the images of these', () => {
    const message =
      /^warning .*but their ImagePolicy "flux-system\/web" differs: each undoes what another one commits => run the automation in one cluster/;
    expect(told(same, policy('2.x') + automation('./'))).toEqual([expect.stringMatching(message)]);
    expect(told(same, same.replace('acme/web', 'acme/other'))).toEqual([expect.stringMatching(message)]);
  });

  it('is one finding for many files', () => {
    expect(told(same, same, { 'apps/b.yaml': deployment('b'), 'apps/c.yaml': deployment('c') })).toEqual([
      expect.stringContaining('all update "apps/b.yaml" and 2 more on the branch'),
    ]);
  });

  it.each<[string, string, string]>([
    ['branches', same, policy() + automation('./apps', '{ branch: staging }')],
    ['paths', same, policy() + automation('./clusters/staging')],
    ['policies', same, policy('1.x', 'api') + automation()],
    ['namespaces', same, same.replaceAll('namespace: flux-system', 'namespace: other')],
    ['states', same, policy() + automation('./apps', '{ branch: main }', '  suspend: true')],
    [
      'repositories',
      same,
      policy() + automation().replace('name: flux-system }\n  git', 'name: other }\n  git'),
    ],
  ])('is not found for different %s', (_, prod, staging) => {
    expect(told(prod, staging)).toEqual([]);
  });

  it('is not found if the branch is a variable, or not in the files, or if there is one cluster', () => {
    expect(
      told(
        ...([same, same].map((text) => text.replace('branch: main', 'branch: "${X}"')) as [string, string]),
      ),
    ).toEqual([]);
    expect(
      told(
        ...([same, same].map((text) => text.replace('{ branch: main }', '{ refspec: a }')) as [
          string,
          string,
        ]),
      ),
    ).toEqual([]);
    expect(told(same + automation('./apps').replace('name: images', 'name: more'), '')).toEqual([]);
  });

  it('uses the branch that an automation reads', () => {
    const reading = automation('./apps', '{ refspec: a }').replace(
      'git: {',
      'git: { checkout: { ref: { branch: main } },',
    );
    expect(told(same, policy() + reading)).toHaveLength(1);
  });
});
