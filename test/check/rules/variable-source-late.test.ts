import { fluxKustomization } from '../../graph/tree-of';
import { count, found, object, type Files } from '../small-repositories';

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
