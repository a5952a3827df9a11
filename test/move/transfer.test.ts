import { buildGraph } from '../../lib/graph/build-graph';
import { findKustomization } from '../../lib/move/find-kustomization';
import { planTransfer } from '../../lib/move/plan-transfer';
import { LoadedTree } from '../../lib/tree/loaded-tree';
import { settings } from '../diff/pair-of-trees';
import { fluxKustomization } from '../graph/tree-of';
import {
  classesOf,
  kustomizations,
  list,
  moveIn,
  plain,
  refusal,
  repositoryOf,
  statesOf,
  unsafe,
  type Texts,
} from './repositories';

const set = `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: set, namespace: shop }
spec:
  resources:
    - { apiVersion: v1, kind: ConfigMap, metadata: { name: made, namespace: shop } }
`;

describe('a move', () => {
  it.each<[string, Texts, string]>([
    ['without kustomization files', plain, 'apps/podinfo'],
    ['of one file', plain, 'apps/podinfo/map.yaml'],
    ['of one object', plain, 'ConfigMap/shop/podinfo'],
    ['of a ResourceSet', { ...plain, 'apps/podinfo/map.yaml': set }, 'ResourceSet/shop/set'],
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
  ])('%s takes two commits: first the old owner waits for the new one', (_, files, what) => {
    const plan = moveIn(files, what, 'infra');
    expect(plan.steps.map(({ title }) => title.split(' ')[0])).toEqual(['Let', 'Move']);
    const classes = classesOf(files, plan);
    expect(classes[0]).toEqual(['order-changed']);
    expect(classes[1]).toContain('moved');
    expect(classes.flat().join()).not.toMatch(unsafe);
    const [, first = {}, after = {}] = statesOf(files, plan);
    expect(moveIn(first, what, 'infra').steps).toHaveLength(1);
    expect(after['clusters/prod/apps.yaml']).toContain('  dependsOn:\n    - name: infra\n');
    expect(plan.afterwards).toEqual([
      'remove the dependsOn of flux-system/apps on flux-system/infra, unless it has another reason',
    ]);
  });

  it('moves the files below the path of the new owner, and updates relative paths', () => {
    const files = {
      ...plain,
      'base/map.yaml': settings('base'),
      'base/kustomization.yaml': list('map.yaml'),
      'apps/kustomization.yaml': list('podinfo', 'other/map.yaml'),
      'apps/podinfo/kustomization.yaml': list('map.yaml', '../../base'),
      'infra/kustomization.yaml': list('dns/map.yaml'),
    };
    const after = statesOf(files, moveIn(files, 'apps/podinfo', 'infra', 'infra/shop/podinfo')).at(-1) ?? {};
    expect(after['apps/kustomization.yaml']).toBe(list('other/map.yaml'));
    expect(after['infra/kustomization.yaml']).toBe(list('dns/map.yaml', 'shop/podinfo'));
    expect(after['infra/shop/podinfo/kustomization.yaml']).toBe(list('map.yaml', '../../../base'));
    expect(Object.keys(after)).not.toContain('apps/podinfo/map.yaml');
  });

  it('moves files that only a generator reads', () => {
    const files = {
      ...plain,
      'apps/podinfo/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nconfigMapGenerator:\n  - name: board\n    namespace: shop\n    files: [board.txt]\n',
    };
    const manifests = repositoryOf(files);
    const board = 'apps/podinfo/board.txt';
    const tree = new LoadedTree(manifests.tree.files, new Set([board]), () => Buffer.from('a board'));
    const repository = { ...manifests, tree, graph: buildGraph(tree) };
    const plan = planTransfer(repository, {
      path: 'apps/podinfo',
      to: findKustomization(repository.graph, 'infra'),
    });
    expect(plan.steps.at(-1)?.files.map(({ path }) => path)).toContain('infra/podinfo/board.txt');
    expect(plan.steps.at(-1)?.effects.filter((line) => line.includes('ConfigMap'))).toEqual([
      expect.stringMatching(/^moved: ConfigMap shop\/board-/),
    ]);
  });

  it('updates the path of a Kustomization whose folder moves', () => {
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
    expect(statesOf(files, whole).at(-1)?.['infra/shop/ks.yaml']).toContain('path: ./infra/shop/app\n');
    const bare = { ...files, 'apps/shop/ks.yaml': fluxKustomization('shop', 'apps/shop/app') };
    expect(statesOf(bare, moveIn(bare, 'apps/shop', 'infra')).at(-1)?.['infra/shop/ks.yaml']).toContain(
      'path: infra/shop/app\n',
    );
    expect(classesOf(files, whole).flat().join()).not.toMatch(unsafe);
  });

  it('takes two commits with an annotation if waiting would close a cycle', () => {
    const files = {
      ...plain,
      'clusters/prod/apps.yaml':
        fluxKustomization('apps', './apps') +
        fluxKustomization('infra', './infra', ['dependsOn: [{ name: apps }]']),
    };
    const plan = moveIn(files, 'apps/podinfo', 'infra');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Stop Flux from pruning the objects of flux-system/apps',
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

  it('uses the annotation if the parent of the new owner is the old one', () => {
    const files = { ...plain, 'clusters/prod/root.yaml': settings('root') };
    const plan = moveIn(files, 'clusters/prod/root.yaml', 'infra');
    expect(plan.steps).toHaveLength(2);
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
  });

  it('uses the annotation if the two have different sources, so that waiting guarantees nothing', () => {
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
    const plan = moveIn(files, 'apps/podinfo', 'infra');
    expect(plan.steps).toHaveLength(2);
    expect(moveIn(statesOf(files, plan)[1] ?? {}, 'apps/podinfo', 'infra').steps).toHaveLength(1);
  });

  it.each([
    ['the old owner waits already', kustomizations('dependsOn: [{ name: infra }]')],
    ['the old owner does not prune', kustomizations().replace('prune: true', 'prune: false')],
  ])('takes one commit that only moves files if %s', (_, text) => {
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
    [
      'ConfigMap/shop/made',
      'infra',
      /^move-uneditable: ConfigMap\/shop\/made is created in the cluster from ResourceSet\/shop\/set/,
    ],
  ])('fails for %s to %s', (what, to, message) => {
    expect(refusal(() => moveIn({ ...plain, 'apps/set.yaml': set }, what, to))).toMatch(message);
  });

  it('fails if something is in the way', () => {
    expect(
      refusal(() => moveIn({ ...plain, 'infra/podinfo/x.yaml': settings('x') }, 'apps/podinfo', 'infra')),
    ).toContain('move-unclear: "infra/podinfo/x.yaml" already exists');
  });

  it('fails if the new owner would give the objects another namespace, and lists what would be lost', () => {
    const files = { ...plain, 'infra/kustomization.yaml': `${list('dns/map.yaml')}namespace: infra\n` };
    expect(refusal(() => moveIn(files, 'apps/podinfo', 'infra'))).toMatch(
      /^move-unsafe: cannot move .* without a loss.*(?:recreated|deleted): ConfigMap shop\/podinfo/s,
    );
  });

  it('names the namespace of the new owner if it differs', () => {
    const infra = fluxKustomization('infra', './infra').replace('namespace: flux-system', 'namespace: base');
    const source = infra.replace('name: flux-system', 'name: flux-system\n    namespace: flux-system');
    const apps = fluxKustomization('apps', './apps');
    const files = { ...plain, 'clusters/prod/apps.yaml': apps + source };
    const after = statesOf(files, moveIn(files, 'apps/podinfo', 'base/infra')).at(-1) ?? {};
    expect(after['clusters/prod/apps.yaml']).toContain(
      '  dependsOn:\n    - name: infra\n      namespace: base\n',
    );
  });

  it('removes several entries from one list, and writes new ones in the style of the other list', () => {
    const files = {
      ...plain,
      'apps/podinfo/more.yaml': settings('more'),
      'apps/kustomization.yaml': list('podinfo/map.yaml', 'podinfo/more.yaml', 'other/map.yaml'),
      'infra/kustomization.yaml': list('./dns/map.yaml'),
    };
    const after = statesOf(files, moveIn(files, 'apps/podinfo', 'infra')).at(-1) ?? {};
    expect(after['apps/kustomization.yaml']).toBe(list('other/map.yaml'));
    expect(after['infra/kustomization.yaml']).toBe(
      list('./dns/map.yaml', './podinfo/map.yaml', './podinfo/more.yaml'),
    );
  });

  it('adds to the nearest kustomization file', () => {
    const files = {
      ...plain,
      'infra/kustomization.yaml': list('dns/map.yaml', 'shop'),
      'infra/shop/kustomization.yaml': list('map.yaml'),
      'infra/shop/map.yaml': settings('shop'),
    };
    const after = statesOf(files, moveIn(files, 'apps/podinfo', 'infra', 'infra/shop/podinfo')).at(-1) ?? {};
    expect(after['infra/kustomization.yaml']).toBe(files['infra/kustomization.yaml']);
    expect(after['infra/shop/kustomization.yaml']).toBe(list('map.yaml', 'podinfo/map.yaml'));
  });

  it('moves a component from one list to another', () => {
    const components = (...names: string[]) =>
      `${list('map.yaml')}components:\n${names.map((name) => `  - ../${name}\n`).join('')}`;
    const files = {
      ...plain,
      'alerts/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources:\n  - map.yaml\n',
      'alerts/map.yaml': settings('alerts'),
      'extra/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { a: b }\n',
      'apps/map.yaml': settings('apps'),
      'apps/kustomization.yaml': components('extra', 'alerts'),
      'infra/map.yaml': settings('infra'),
      'infra/kustomization.yaml': components('extra'),
    };
    const plan = moveIn(files, 'alerts', 'infra');
    const after = statesOf(files, plan).at(-1) ?? {};
    expect(after['apps/kustomization.yaml']).toBe(components('extra'));
    expect(after['infra/kustomization.yaml']).toBe(components('extra', 'alerts'));
    expect(classesOf(files, plan).flat().join()).not.toMatch(unsafe);
  });

  it('fails if the old owner patches the moved objects, because its build would break', () => {
    const patch =
      'patches:\n  - patch: |\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: podinfo, namespace: shop }\n      data: { a: b }\n';
    const files = { ...plain, 'apps/kustomization.yaml': list('podinfo/map.yaml', 'other/map.yaml') + patch };
    expect(refusal(() => moveIn(files, 'apps/podinfo', 'infra'))).toMatch(
      /^move-unsafe: cannot move .*apps\/kustomization\.yaml/s,
    );
  });

  it('fails if the API server would refuse the new owner’s version of an object', () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec:\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec: { containers: [{ name: web, image: nginx:1 }] }\n';
    const files = {
      ...plain,
      'apps/web/web.yaml': deployment,
      'infra/kustomization.yaml': `${list('dns/map.yaml')}commonLabels: { team: base }\n`,
    };
    expect(refusal(() => moveIn(files, 'apps/web', 'infra'))).toMatch(
      /^move-unsafe: .*refused: Deployment shop\/web/s,
    );
  });

  it('fails for a new owner that applies another repository', () => {
    const source =
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: other, namespace: flux-system }\nspec: { interval: 1m, url: "oci://example.com/x" }\n';
    const other = fluxKustomization('other', './x').replace(
      'kind: GitRepository\n    name: flux-system',
      'kind: OCIRepository\n    name: other',
    );
    const files = { ...plain, 'clusters/prod/other.yaml': `${source}${other}` };
    expect(refusal(() => moveIn(files, 'apps/podinfo', 'other'))).toContain(
      'applies another source, not this repository',
    );
  });

  it('fails for the whole path of a Kustomization', () => {
    expect(refusal(() => moveIn(plain, 'apps', 'infra'))).toContain(
      '"apps" is the whole path of flux-system/apps',
    );
  });

  it('fails for an object that shares its file', () => {
    const files = { ...plain, 'apps/podinfo/map.yaml': settings('podinfo') + settings('second') };
    expect(refusal(() => moveIn(files, 'ConfigMap/shop/second', 'infra'))).toContain('contains 2 objects');
  });
});
