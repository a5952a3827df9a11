import { findKustomization } from '../../lib/move/find-kustomization';
import { planRename } from '../../lib/move/plan-rename';
import { settings } from '../diff/pair-of-trees';
import { fluxKustomization } from '../graph/tree-of';
import {
  classesOf,
  flux,
  kustomizations,
  list,
  plain,
  refusal,
  renameIn,
  repositoryOf,
  statesOf,
  unsafe,
} from './repositories';

describe('a rename', () => {
  it('takes two commits: one that keeps the objects, one with the new name', () => {
    const plan = renameIn(plain, 'apps', 'platform');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Let Flux keep the objects of apps',
      'Rename apps to platform',
    ]);
    const [, first = {}, last = {}] = statesOf(plain, plan);
    expect(first['clusters/prod/apps.yaml']).toContain('    name: flux-system\n  deletionPolicy: Orphan\n');
    expect(last['clusters/prod/apps.yaml']).toBe(kustomizations().replace('name: apps', 'name: platform'));
  });

  it('deletes nothing, according to the diff of its commits', () => {
    const [, second] = classesOf(plain, renameIn(plain, 'flux-system/apps', 'platform'));
    expect(second).toContain('moved');
    expect(classesOf(plain, renameIn(plain, 'apps', 'platform')).flat()).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/deleted|recreated|reinstalled|refused|orphaned|risk/)]),
    );
  });

  it('continues after its first commit', () => {
    const [, first = {}] = statesOf(plain, renameIn(plain, 'apps', 'platform'));
    const again = renameIn(first, 'apps', 'platform');
    expect(again.steps.map(({ title }) => title)).toEqual(['Rename apps to platform']);
    expect(again.afterwards).toEqual([
      'remove deletionPolicy: Orphan from platform, unless you want to keep it',
    ]);
  });

  it('says what to wait for between the commits, and nothing after the last', () => {
    const { steps } = renameIn(plain, 'apps', 'platform');
    expect(steps[0]?.wait).toEqual([
      'push the commit, and wait in each cluster until Flux has applied it',
      'flux reconcile kustomization flux-system --namespace flux-system --with-source',
      "kubectl --namespace flux-system get kustomizations.kustomize.toolkit.fluxcd.io apps --output jsonpath='{.spec.deletionPolicy}' must print Orphan",
      'then run the same command again for the next commit',
    ]);
    expect(steps[1]?.wait).toEqual([]);
  });

  it('takes one commit if Flux prunes nothing', () => {
    const files = {
      ...plain,
      'clusters/prod/apps.yaml': kustomizations().replace('prune: true', 'prune: false'),
    };
    const plan = renameIn(files, 'apps', 'platform');
    expect(plan.steps).toHaveLength(1);
    expect(classesOf(files, plan).flat()).toContain('moved');
  });

  it('changes all references: dependencies, health checks, alerts, patches and their targets', () => {
    const files = {
      ...plain,
      ...flux,
      'clusters/prod/infra.yaml':
        fluxKustomization('last', './infra/last', [
          'dependsOn: [{ name: apps }, { name: infra }] # in order',
        ]) +
        fluxKustomization('check', './infra/check', [
          'healthChecks:',
          '  - apiVersion: kustomize.toolkit.fluxcd.io/v1',
          '    kind: Kustomization',
          '    name: apps # the apps',
          '    namespace: flux-system',
        ]),
      'clusters/prod/alert.yaml':
        'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata: { name: a, namespace: flux-system }\nspec:\n  providerRef: { name: p }\n  eventSources:\n    - kind: Kustomization\n      name: apps\n',
      'clusters/prod/provider.yaml':
        'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Provider\nmetadata: { name: p, namespace: flux-system }\nspec: { type: generic, address: "https://example.com" }\n',
      'clusters/prod/kustomization.yaml': `${list('flux-system', 'apps.yaml', 'infra.yaml', 'alert.yaml', 'provider.yaml')}patches:\n  - path: interval.yaml\n  - target: { kind: Kustomization, name: apps }\n    patch: '[{ "op": "add", "path": "/spec/wait", "value": true }]'\n`,
      'clusters/prod/interval.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { interval: 1h }\n',
      'infra/last/map.yaml': settings('last'),
      'infra/check/map.yaml': settings('check'),
    };
    const plan = renameIn(files, 'apps', 'platform');
    const last = statesOf(files, plan).at(-1) ?? {};
    expect(last['clusters/prod/infra.yaml']).toContain(
      'dependsOn: [{ name: platform }, { name: infra }] # in order',
    );
    expect(last['clusters/prod/infra.yaml']).toContain('name: platform # the apps');
    expect(last['clusters/prod/alert.yaml']).toContain('name: platform\n');
    expect(last['clusters/prod/kustomization.yaml']).toContain(
      'target: { kind: Kustomization, name: platform }',
    );
    expect(last['clusters/prod/interval.yaml']).toContain('{ name: platform, namespace: flux-system }');
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
  });

  it('names the change of the code if synth writes the file', () => {
    const repository = repositoryOf(plain, ['clusters/prod/apps.yaml']);
    const { steps } = planRename(repository, findKustomization(repository.graph, 'apps'), 'platform');
    expect(steps.flatMap(({ files }) => files)).toEqual([]);
    expect(steps.map(({ code }) => code.map(({ advice }) => advice).join())).toEqual([
      expect.stringContaining("deletionPolicy: 'Orphan'"),
      expect.stringContaining("name: 'platform'"),
    ]);
  });

  it.each([
    ['app', 'x', /^move-unknown: no cluster has a Kustomization "app"; did you mean "apps"\?/],
    ['apps', 'infra', /^move-unclear: a Kustomization "infra" already exists/],
    ['apps', 'Platform', /^move-unclear: "Platform" is not a valid name/],
  ])('fails for %s to %s', (what, name, message) => {
    expect(refusal(() => renameIn(plain, what, name))).toMatch(message);
  });

  it('changes a patch inside a text', () => {
    const patch = (name: string) =>
      `${list('flux-system', 'apps.yaml')}patches:\n  - patch: |-\n      apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n      metadata:\n        name: ${name} # the apps\n        namespace: flux-system\n      spec: { wait: true }\n`;
    const files = { ...plain, ...flux, 'clusters/prod/kustomization.yaml': patch('apps') };
    const plan = renameIn(files, 'apps', 'platform');
    expect(statesOf(files, plan).at(-1)?.['clusters/prod/kustomization.yaml']).toBe(patch('platform'));
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
  });

  it('does not change patches of an object with the same name in another namespace', () => {
    const patch = (name: string, namespace: string) =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { interval: 1h }\n`;
    const files = {
      ...plain,
      ...flux,
      'clusters/prod/other.yaml': fluxKustomization('apps', './infra/other').replace(
        'namespace: flux-system',
        'namespace: other',
      ),
      'infra/other/map.yaml': settings('more'),
      'clusters/prod/kustomization.yaml': `${list('flux-system', 'apps.yaml', 'other.yaml')}patches:\n  - path: one.yaml\n  - path: two.yaml\n`,
      'clusters/prod/one.yaml': patch('apps', 'flux-system'),
      'clusters/prod/two.yaml': patch('apps', 'other'),
    };
    expect(refusal(() => renameIn(files, 'apps', 'platform'))).toMatch(
      /^move-unclear: there are several Kustomizations "apps": flux-system\/apps, other\/apps/,
    );
    const last = statesOf(files, renameIn(files, 'flux-system/apps', 'platform')).at(-1) ?? {};
    expect(last['clusters/prod/one.yaml']).toBe(patch('platform', 'flux-system'));
    expect(last['clusters/prod/two.yaml']).toBe(patch('apps', 'other'));
  });

  it('fails if a patch makes another one wait for it, and names what would be left', () => {
    const files = {
      ...plain,
      ...flux,
      'clusters/prod/kustomization.yaml': `${list('flux-system', 'apps.yaml')}patches:\n  - target: { kind: Kustomization, name: infra }\n    patch: '[{ "op": "add", "path": "/spec/dependsOn", "value": [{ "name": "apps" }] }]'\n`,
    };
    expect(refusal(() => renameIn(files, 'apps', 'platform'))).toContain(
      'an object in cluster prod refers to Kustomization/flux-system/apps',
    );
  });

  it('fails if a patch of the parent sets deletionPolicy, and says where to set it', () => {
    const files = {
      ...plain,
      ...flux,
      'clusters/prod/kustomization.yaml': `${list('flux-system', 'apps.yaml')}patches:\n  - target: { kind: Kustomization, name: .* }\n    patch: '[{ "op": "add", "path": "/spec/deletionPolicy", "value": "WaitForTermination" }]'\n`,
    };
    const said = refusal(() => renameIn(files, 'apps', 'platform'));
    expect(said).toContain('move-uneditable: deletionPolicy of flux-system/apps is "WaitForTermination"');
    expect(said).toContain('in that patch of flux-system/flux-system');
  });

  it('fails if a ResourceSet creates the Kustomization', () => {
    const inner = fluxKustomization('made', './apps').replace('---\n', '').trimEnd().replace(/^/gm, '      ');
    const files = {
      ...plain,
      ...flux,
      'clusters/prod/set.yaml': `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: set, namespace: flux-system }\nspec:\n  resources:\n${inner.replace('      api', '    - api')}\n`,
    };
    expect(refusal(() => renameIn(files, 'made', 'platform'))).toContain(
      'Kustomization/flux-system/made of cluster prod is created in the cluster',
    );
  });

  it('fails if the parent does not build', () => {
    const files = { ...plain, 'clusters/prod/kustomization.yaml': list('apps.yaml', 'none.yaml') };
    expect(refusal(() => renameIn(files, 'apps', 'platform'))).toMatch(/^move-unsafe: the build of .* fails/);
  });
});
