import { FindingsError } from '../../lib/findings/findings-error';
import { planRename } from '../../lib/move/plan-rename';
import { findKustomization } from '../../lib/move/find-kustomization';
import { fluxKustomization } from '../graph/tree-of';
import { settings } from '../diff/pair-of-trees';
import { classesOf, moveIn, renameIn, repositoryOf, statesOf, type Texts } from './repositories';

const kustomizations = (...more: string[]): string =>
  fluxKustomization('apps', './apps', more) + fluxKustomization('infra', './infra');
const list = (...resources: string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map((one) => `  - ${one}\n`).join('')}`;

/** For clusters whose entry path has a kustomization file. */
const flux: Texts = { 'clusters/prod/flux-system/kustomization.yaml': list('gotk-sync.yaml') };
const unsafe = /deleted|recreated|reinstalled|refused|orphaned|risk/;

/** Two Kustomizations that know nothing of each other, without any kustomization file. */
const plain: Texts = {
  'clusters/prod/apps.yaml': kustomizations(),
  'apps/podinfo/map.yaml': settings('podinfo'),
  'apps/other/map.yaml': settings('other'),
  'infra/dns/map.yaml': settings('dns'),
};

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (FindingsError.isFindingsError(error))
      return error.findings.map(({ code, message, hint }) => `${code}: ${message}; ${hint}`).join('\n');
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a rename', () => {
  it('takes two commits: one that keeps what goes, one with the new name', () => {
    const plan = renameIn(plain, 'apps', 'platform');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Let Flux keep what apps applies',
      'Rename apps to platform',
    ]);
    const [, first = {}, last = {}] = statesOf(plain, plan);
    expect(first['clusters/prod/apps.yaml']).toContain('    name: flux-system\n  deletionPolicy: Orphan\n');
    expect(last['clusters/prod/apps.yaml']).toBe(kustomizations().replace('name: apps', 'name: platform'));
  });

  it('deletes nothing, as diff tells of its commits', () => {
    const [, second] = classesOf(plain, renameIn(plain, 'flux-system/apps', 'platform'));
    expect(second).toContain('moved');
    expect(classesOf(plain, renameIn(plain, 'apps', 'platform')).flat()).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/deleted|recreated|reinstalled|refused|orphaned|risk/)]),
    );
  });

  it('goes on after its first commit', () => {
    const [, first = {}] = statesOf(plain, renameIn(plain, 'apps', 'platform'));
    const again = renameIn(first, 'apps', 'platform');
    expect(again.steps.map(({ title }) => title)).toEqual(['Rename apps to platform']);
    expect(again.afterwards).toEqual(['remove deletionPolicy: Orphan from platform, unless it shall stay']);
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

  it('takes one commit where Flux prunes nothing', () => {
    const files = {
      ...plain,
      'clusters/prod/apps.yaml': kustomizations().replace('prune: true', 'prune: false'),
    };
    const plan = renameIn(files, 'apps', 'platform');
    expect(plan.steps).toHaveLength(1);
    expect(classesOf(files, plan).flat()).toContain('moved');
  });

  it('changes what refers to it: dependencies, health checks, alerts, patches and their targets', () => {
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

  it('names the change of the code where synth writes the file', () => {
    const repository = repositoryOf(plain, ['clusters/prod/apps.yaml']);
    const { steps } = planRename(repository, findKustomization(repository.graph, 'apps'), 'platform');
    expect(steps.flatMap(({ files }) => files)).toEqual([]);
    expect(steps.map(({ code }) => code.map(({ advice }) => advice).join())).toEqual([
      expect.stringContaining("deletionPolicy: 'Orphan'"),
      expect.stringContaining("name: 'platform'"),
    ]);
  });

  it.each([
    ['app', 'x', /^move-unknown: no cluster has a Kustomization "app"; did you mean apps\?/],
    ['apps', 'infra', /^move-unclear: there is a Kustomization "infra" already/],
    ['apps', 'Platform', /^move-unclear: "Platform" cannot be the name/],
  ])('fails for %s to %s', (what, name, message) => {
    expect(refusal(() => renameIn(plain, what, name))).toMatch(message);
  });

  it('changes a patch within a text', () => {
    const patch = (name: string) =>
      `${list('flux-system', 'apps.yaml')}patches:\n  - patch: |-\n      apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n      metadata:\n        name: ${name} # the apps\n        namespace: flux-system\n      spec: { wait: true }\n`;
    const files = { ...plain, ...flux, 'clusters/prod/kustomization.yaml': patch('apps') };
    const plan = renameIn(files, 'apps', 'platform');
    expect(statesOf(files, plan).at(-1)?.['clusters/prod/kustomization.yaml']).toBe(patch('platform'));
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
  });

  it('fails where the parent does not build', () => {
    const files = { ...plain, 'clusters/prod/kustomization.yaml': list('apps.yaml', 'none.yaml') };
    expect(refusal(() => renameIn(files, 'apps', 'platform'))).toMatch(/^move-unsafe: .*does not build now/);
  });
});

describe('a move', () => {
  it.each<[string, Texts, string]>([
    ['without kustomization files', plain, 'apps/podinfo'],
    ['of one file', plain, 'apps/podinfo/map.yaml'],
    ['of one object', plain, 'ConfigMap/shop/podinfo'],
    [
      'with kustomization files',
      {
        ...plain,
        'apps/kustomization.yaml': list('./podinfo', './other'),
        'apps/podinfo/kustomization.yaml': list('map.yaml'),
        'apps/other/kustomization.yaml': list('map.yaml'),
        'infra/kustomization.yaml': list('./dns'),
        'infra/dns/kustomization.yaml': list('map.yaml'),
      },
      'apps/podinfo',
    ],
    [
      'of files that a list names one by one',
      {
        ...plain,
        'apps/kustomization.yaml': list('podinfo/map.yaml', 'other/map.yaml'),
        'infra/kustomization.yaml': list('dns/map.yaml'),
      },
      'apps/podinfo',
    ],
    [
      'of a base that is only listed',
      {
        ...plain,
        'apps/podinfo/map.yaml': settings('unused'),
        'base/podinfo/map.yaml': settings('podinfo'),
        'base/podinfo/kustomization.yaml': list('map.yaml'),
        'apps/kustomization.yaml': list('other/map.yaml', '../base/podinfo'),
        'infra/kustomization.yaml': list('dns/map.yaml'),
      },
      'base/podinfo',
    ],
    [
      'of an overlay of a base',
      {
        ...plain,
        'base/podinfo/map.yaml': settings('podinfo'),
        'base/podinfo/kustomization.yaml': list('map.yaml'),
        'apps/podinfo/map.yaml': settings('more'),
        'apps/podinfo/kustomization.yaml': list('map.yaml', '../../base/podinfo'),
        'infra/dns/sub/map.yaml': settings('sub'),
      },
      'apps/podinfo',
    ],
  ])('%s takes one commit, in which the old owner waits for the new one', (_, files, what) => {
    const plan = moveIn(files, what, 'infra');
    expect(plan.steps).toHaveLength(1);
    const [classes = []] = classesOf(files, plan);
    expect(classes).toContain('moved');
    expect(classes.join()).not.toMatch(unsafe);
    const after = statesOf(files, plan)[1] ?? {};
    expect(after['clusters/prod/apps.yaml']).toContain('  dependsOn:\n    - name: infra\n');
    expect(plan.afterwards).toEqual([
      'remove the dependsOn of flux-system/apps on flux-system/infra, unless it has another reason',
    ]);
  });

  it('moves the files below the path of the new owner, and keeps what they refer to', () => {
    const files = {
      ...plain,
      'base/map.yaml': settings('base'),
      'base/kustomization.yaml': list('map.yaml'),
      'apps/kustomization.yaml': list('podinfo', 'other/map.yaml'),
      'apps/podinfo/kustomization.yaml': list('map.yaml', '../../base'),
      'infra/kustomization.yaml': list('dns/map.yaml'),
    };
    const after = statesOf(files, moveIn(files, 'apps/podinfo', 'infra', 'infra/shop/podinfo'))[1] ?? {};
    expect(after['apps/kustomization.yaml']).toBe(list('other/map.yaml'));
    expect(after['infra/kustomization.yaml']).toBe(list('dns/map.yaml', 'shop/podinfo'));
    expect(after['infra/shop/podinfo/kustomization.yaml']).toBe(list('map.yaml', '../../../base'));
    expect(Object.keys(after)).not.toContain('apps/podinfo/map.yaml');
  });

  it('lets the path of a Kustomization follow that moves along', () => {
    const files = {
      ...plain,
      'apps/kustomization.yaml': list('other/map.yaml', 'shop/ks.yaml'),
      'apps/shop/ks.yaml': fluxKustomization('shop', './apps/shop/app'),
      'apps/shop/app/map.yaml': settings('shop'),
      'infra/kustomization.yaml': list('dns/map.yaml'),
    };
    const plan = moveIn(files, 'apps/shop/ks.yaml', 'infra', 'infra/shop/ks.yaml');
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
    const whole = moveIn(files, 'apps/shop', 'infra');
    expect(statesOf(files, whole)[1]?.['infra/shop/ks.yaml']).toContain('path: ./infra/shop/app\n');
    expect(classesOf(files, whole).flat().join()).not.toMatch(unsafe);
  });

  it('takes two commits with an annotation where waiting would close a cycle', () => {
    const files = {
      ...plain,
      'clusters/prod/apps.yaml':
        fluxKustomization('apps', './apps') +
        fluxKustomization('infra', './infra', ['dependsOn: [{ name: apps }]']),
    };
    const plan = moveIn(files, 'apps/podinfo', 'infra');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Let Flux prune nothing of flux-system/apps',
      'Move apps/podinfo to flux-system/infra',
    ]);
    const [, first = {}, last = {}] = statesOf(files, plan);
    expect(first['clusters/prod/apps.yaml']).toContain(
      '  commonMetadata:\n    annotations:\n      kustomize.toolkit.fluxcd.io/prune: disabled\n',
    );
    expect(last['clusters/prod/apps.yaml']).toBe(files['clusters/prod/apps.yaml']);
    const classes = classesOf(files, plan);
    expect(classes[1]).toContain('moved');
    expect(classes.flat().join()).not.toMatch(unsafe);
    expect(plan.steps[0]?.wait.join()).toContain('flux reconcile kustomization apps');
    const again = moveIn(first, 'apps/podinfo', 'infra');
    expect(again.steps).toHaveLength(1);
    expect(again.afterwards.join()).toContain(
      'remove the annotation kustomize.toolkit.fluxcd.io/prune from flux-system/apps',
    );
  });

  it('takes the annotation where the parent of the new owner is the old one', () => {
    const files = { ...plain, 'clusters/prod/root.yaml': settings('root') };
    const plan = moveIn(files, 'clusters/prod/root.yaml', 'infra');
    expect(plan.steps).toHaveLength(2);
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
  });

  it('takes the annotation where the two have other sources, of which waiting tells nothing', () => {
    const copy =
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: copy, namespace: flux-system }\nspec: { interval: 1m, url: "ssh://git@github.com/acme/fleet.git" }\n';
    const text = fluxKustomization('apps', './apps', ['dependsOn: [{ name: infra }]']).replace(
      'name: flux-system\n  dep',
      'name: copy\n  dep',
    );
    const files = {
      ...plain,
      'clusters/prod/apps.yaml': `${text}${fluxKustomization('infra', './infra')}`,
      'clusters/prod/copy.yaml': copy,
    };
    expect(text).toContain('name: copy');
    expect(moveIn(files, 'apps/podinfo', 'infra').steps).toHaveLength(2);
  });

  it.each([
    ['the old owner waits already', kustomizations('dependsOn: [{ name: infra }]')],
    ['the old owner does not prune', kustomizations().replace('prune: true', 'prune: false')],
  ])('takes one commit of files alone where %s', (_, text) => {
    const files = { ...plain, 'clusters/prod/apps.yaml': text };
    const plan = moveIn(files, 'apps/podinfo', 'infra');
    expect(plan.steps.map((step) => step.files.map(({ path }) => path))).toEqual([
      ['infra/podinfo/map.yaml'],
    ]);
    expect(plan.afterwards).toEqual([]);
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
  });

  it.each([
    ['nothing/here', 'infra', /^move-unknown: the repository has neither a file "nothing\/here"/],
    ['apps/podinfo', 'infr', /^move-unknown: .*did you mean/],
    ['apps/podinfo', 'apps', /^move-unclear: flux-system\/apps applies "apps\/podinfo" already/],
    ['ConfigMap/shop/none', 'infra', /^move-unknown/],
  ])('fails for %s to %s', (what, to, message) => {
    expect(refusal(() => moveIn(plain, what, to))).toMatch(message);
  });

  it('fails where something is in the way', () => {
    expect(
      refusal(() => moveIn({ ...plain, 'infra/podinfo/x.yaml': settings('x') }, 'apps/podinfo', 'infra')),
    ).toContain('move-unclear: there is "infra/podinfo/x.yaml" already');
  });

  it('fails where the new owner would give the objects another namespace, and says what would be lost', () => {
    const files = { ...plain, 'infra/kustomization.yaml': `${list('dns/map.yaml')}namespace: infra\n` };
    expect(refusal(() => moveIn(files, 'apps/podinfo', 'infra'))).toMatch(
      /^move-unsafe: cannot move .* without a loss.*(?:recreated|deleted): ConfigMap shop\/podinfo/s,
    );
  });

  it('fails for an object that shares its file', () => {
    const files = { ...plain, 'apps/podinfo/map.yaml': settings('podinfo') + settings('second') };
    expect(refusal(() => moveIn(files, 'ConfigMap/shop/second', 'infra'))).toContain('holds 2 objects');
  });
});
