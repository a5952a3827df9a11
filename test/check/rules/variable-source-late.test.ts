import { bootstrap, fluxKustomization } from '../../graph/tree-of';
import { count, foreign, found, line, lines, object, resourceSet, type Files } from '../small-repositories';

const CODE = 'variable-source-late';
const from = (more = '') => [
  'retryInterval: 1m',
  'postBuild:',
  `  substituteFrom: [{ kind: Secret, name: domains${more} }]`,
];
const sealed = object('bitnami.com/v1alpha1', 'SealedSecret', 'domains', 'flux-system', 'spec: {}');
const external = object(
  'external-secrets.io/v1',
  'ExternalSecret',
  'other',
  'flux-system',
  'spec: { target: { name: domains } }',
);
const files = (maker: string, spec: readonly string[] = from()): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
  'apps/maker.yaml': maker,
});

describe('a Secret with the variables of a Kustomization', () => {
  it('is not made by what the Kustomization applies', () => {
    expect(found(CODE, files(sealed)).map(({ message, field }) => [message, field])).toEqual([
      [
        'SealedSecret "flux-system/domains" creates Secret "flux-system/domains", but Flux applies it only after it has read the Secret; in a new cluster, neither ever happens',
        'spec.postBuild.substituteFrom[0]',
      ],
    ]);
    expect(count(CODE, files(external))).toBe(1);
    expect(count(CODE, files(sealed.replace('name: domains', 'name: others')))).toBe(0);
    expect(count(CODE, files(sealed.replace('namespace: flux-system', 'namespace: apps')))).toBe(0);
  });

  it.each([
    ['Owner', 1],
    ['Orphan', 1],
    ['Merge', 0],
    ['None', 0],
  ])('is made by an ExternalSecret with creationPolicy: %s or is not', (policy, expected) => {
    const maker = external.replace('domains }', `domains, creationPolicy: ${policy} }`);
    expect(count(CODE, files(maker))).toBe(expected);
  });

  it('may be missing, or made by hand', () => {
    expect(count(CODE, files(sealed, [...from(), 'suspend: true']))).toBe(0);
    expect(count(CODE, files(sealed, from(', optional: true')))).toBe(0);
    expect(count(CODE, { ...files(sealed), 'setup.sh': 'kubectl create secret generic domains\n' })).toBe(0);
    const plain = object('v1', 'Secret', 'domains', 'flux-system', 'stringData: {}');
    expect(count(CODE, files(`${sealed}${plain}`))).toBe(0);
  });

  const apart = (apps: readonly string[], makers: readonly string[], folder = 'clusters/prod'): Files => ({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', apps),
    [`${folder}/makers.yaml`]: fluxKustomization('makers', './makers', makers),
    'makers/maker.yaml': sealed,
    'apps/map.yaml': object('v1', 'ConfigMap', 'map', 'default'),
  });

  it('is made in time by another Kustomization', () => {
    expect(count(CODE, apart(from(), []))).toBe(0);
    expect(count(CODE, apart([...from(), 'dependsOn: [{ name: makers }]'], ['wait: true']))).toBe(0);
  });

  it('is not made by a Kustomization below or after it', () => {
    expect(count(CODE, apart(from(), ['dependsOn: [{ name: apps }]']))).toBe(1);
    expect(count(CODE, apart(from(), [], 'apps'))).toBe(1);
  });

  it('is made in time if one of several Kustomizations does', () => {
    const twice = { ...apart(from(), ['dependsOn: [{ name: apps }]']), 'clusters/prod/sealed.yaml': sealed };
    expect(count(CODE, twice)).toBe(0);
  });
});

describe('a ConfigMap or Secret with the variables of a Kustomization', () => {
  const settings = object('v1', 'ConfigMap', 'settings', 'flux-system', 'data: { A: b }');
  const web = (more = '') => object('v1', 'ConfigMap', 'web', 'default', `data: { a: "\${A}" }${more}`);
  const take = (more = '', kind = 'ConfigMap') => [
    'retryInterval: 1m',
    'postBuild:',
    `  substituteFrom: [{ kind: ${kind}, name: settings${more} }]`,
  ];
  const own = (more: Files = {}, spec = take()): Files => ({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
    'apps/settings.yaml': settings,
    'apps/web.yaml': web(),
    ...more,
  });

  it('is not there in a new cluster if the Kustomization applies it itself', () => {
    expect(lines(CODE, own())).toEqual([
      line(
        'info at clusters/prod/apps.yaml:16 (Kustomization apps spec.postBuild.substituteFrom[0])',
        'it applies ConfigMap "flux-system/settings", from which it takes variables: Flux reads the ConfigMap first,',
        'in a new cluster it never becomes ready, unless somebody applies the ConfigMap before, which nothing in the repository shows',
        '=> apply the ConfigMap with another Kustomization, on which this one depends',
      ),
    ]);
    const secret = object('v1', 'Secret', 'settings', 'flux-system', 'stringData: { A: b }');
    expect(lines(CODE, own({ 'apps/settings.yaml': secret }, take('', 'Secret')))).toEqual([
      line('info', 'it applies Secret "flux-system/settings"'),
    ]);
  });

  const apart = (spec: readonly string[], folder = 'clusters/prod'): Files => ({
    ...own(),
    [`${folder}/base.yaml`]: fluxKustomization('base', './base', spec),
    'apps/settings.yaml': web().replace('name: web', 'name: more'),
    'base/settings.yaml': settings,
  });

  it.each([
    ['one that waits for it', apart(['dependsOn: [{ name: apps }]'])],
    ['one that it applies', apart([], 'apps')],
  ])('is not there if only a Kustomization after it applies it: %s', (_, files) => {
    expect(lines(CODE, files)).toEqual([
      line('info', 'only Kustomization "flux-system/base", which comes after it, applies ConfigMap'),
    ]);
  });

  const optedOut = (text: string) =>
    text.replace(
      /metadata: \{.*(?= \})/,
      '$&, annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }',
    );
  const sync = 'clusters/prod/flux-system/gotk-sync.yaml';
  const ofRoot = (folder: string): Files => ({
    [sync]: `${bootstrap[sync]}${take()
      .slice(1)
      .map((text) => `  ${text}\n`)
      .join('')}`,
    [`clusters/prod/${folder}/settings.yaml`]: settings,
  });

  it.each([
    ['another Kustomization applies it', apart([])],
    ['it does not need it', own({}, take(', optional: true'))],
    ['it is suspended', own({}, [...take(), 'suspend: true'])],
    ['the entry path has it too', own({ 'clusters/prod/settings.yaml': settings })],
    ['bootstrap applies it', ofRoot('flux-system')],
    ['a script names it', own({ 'setup.sh': 'kubectl create configmap settings --from-literal A=b\n' })],
    [
      'a script makes it of a file',
      own({ 'setup.sh': 'sops -d $DIR/settings.sops.yaml | kubectl apply -f -\n' }),
    ],
    ['a guide applies its file', own({ 'README.md': '    kubectl apply -f apps/settings.yaml\n' })],
    ['a guide applies its folder', own({ 'README.md': '    kubectl apply -k apps\n' })],
    ['a file that nothing reads has it', own({ 'start/first.yaml': settings })],
    [
      'a ResourceSet makes it',
      own({ 'clusters/prod/set.yaml': resourceSet('resources: [{ kind: ConfigMap }]') }),
    ],
    ['another repository may have it', own({ 'clusters/prod/other.yaml': foreign('other', './infra') })],
    [
      'no object takes variables',
      own({ 'apps/settings.yaml': optedOut(settings), 'apps/web.yaml': optedOut(web()) }),
    ],
  ])('may be there in time if %s', (_, files) => {
    expect(lines(CODE, files)).toEqual([]);
  });

  it('is not there if bootstrap does not apply it', () => {
    expect(lines(CODE, ofRoot('settings'))).toEqual([line('info', '(Kustomization flux-system')]);
  });

  it('is needed if one of the objects takes variables', () => {
    expect(lines(CODE, own({ 'apps/settings.yaml': optedOut(settings) }))).toHaveLength(1);
  });
});

describe('what makes a Secret with variables', () => {
  const told = (files: Files) => lines(CODE, files);
  const from = (kind: string) => ['postBuild:', `  substituteFrom: [{ kind: ${kind}, name: domains }]`];
  const files = (maker: string, kind = 'Secret'): Files => ({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', from(kind)),
    'apps/maker.yaml': maker,
  });
  const sealed = (name: string, spec = '{}', kind = 'SealedSecret') =>
    object('bitnami.com/v1alpha1', kind, name, 'flux-system', `spec: ${spec}`);

  it.each([
    ['a SealedSecret of that name', files(sealed('domains')), 1],
    [
      'a SealedSecret with a template of that name',
      files(sealed('x', '{ template: { metadata: { name: domains } } }')),
      1,
    ],
    [
      'a SealedSecret of that name with a template of another',
      files(sealed('domains', '{ template: { metadata: { name: x } } }')),
      0,
    ],
    ['another kind of that name', files(sealed('domains', '{}', 'Certificate')), 0],
    ['a ConfigMap of that name', files(sealed('domains'), 'ConfigMap'), 0],
  ])('judges %s', (_, all, expected) => {
    expect(told(all)).toHaveLength(expected);
  });

  it('passes what two Kustomizations apply, of which one may be in time', () => {
    const makers = fluxKustomization('makers', './makers');
    const all = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', from('Secret')),
      'apps/makers.yaml': makers,
      'makers/maker.yaml': sealed('domains'),
    };
    expect(told(all)).toHaveLength(1);
    const other = {
      'clusters/prod/other.yaml': fluxKustomization('other', './other'),
      'other/makers.yaml': makers,
    };
    const later = {
      'clusters/prod/other.yaml': fluxKustomization(
        'other',
        './other',
        from('Secret').map((text) => text.replace('domains', 'elsewhere')),
      ),
      'other/makers.yaml': makers,
    };
    expect(told({ ...all, ...later })).toEqual([]);
    expect(told({ ...all, ...other })).toEqual([]);
  });
});
