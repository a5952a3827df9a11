import { groupsOfPackage } from '../../../lib/check/providers/crossplane-packages';
import { fluxKustomization } from '../../graph/tree-of';
import { count, found, object, type Files } from '../small-repositories';

describe('what Crossplane installs with a Provider', () => {
  it.each<[string, readonly string[]]>([
    ['xpkg.upbound.io/upbound/provider-family-gcp:v1.8.0', ['gcp.upbound.io', 'gcp.m.upbound.io']],
    ['xpkg.upbound.io/upbound/provider-aws:v0.40.0', ['aws.upbound.io']],
    ['crossplane/provider-aws:v0.28.1', ['aws.crossplane.io']],
    ['registry:5000/crossplane-contrib/provider-azure', ['azure.crossplane.io']],
    [
      'xpkg.crossplane.io/crossplane-contrib/provider-aws-s3@sha256:0123',
      ['aws.upbound.io', 'aws.m.upbound.io', 's3.aws.upbound.io', 's3.aws.m.upbound.io'],
    ],
    [
      'xpkg.upbound.io/crossplane-contrib/provider-helm:v0.19.0',
      ['helm.crossplane.io', 'helm.m.crossplane.io'],
    ],
    ['xpkg.upbound.io/acme/provider-shop:v1', []],
    ['xpkg.upbound.io/acme/my-provider-helm-x:v1', []],
    ['', []],
  ])('is known from the address of its package: %s', (address, groups) => {
    expect(groupsOfPackage(address)).toEqual(groups);
  });
});

const provider = (name: string, group = 'pkg.crossplane.io') =>
  object(`${group}/v1`, 'Provider', name, undefined, `spec: { package: xpkg.upbound.io/upbound/${name}:v1 }`);
const settings = object('aws.upbound.io/v1beta1', 'ProviderConfig', 'default');

const together = (providers: string): Files => ({
  'clusters/prod/aws.yaml': fluxKustomization('aws', './aws'),
  'aws/providers.yaml': providers,
  'aws/settings.yaml': settings,
});

describe('the settings of a Crossplane Provider', () => {
  it('cannot be applied together with it', () => {
    expect(found('crd-deadlock', together(provider('provider-aws-s3')))).toMatchObject([
      { severity: 'error', locations: [{ file: 'aws/settings.yaml' }, {}] },
    ]);
  });

  it('cannot be applied together with many of one family', () => {
    const many = Array.from({ length: 12 }, (_, index) => provider(`provider-aws-s${index}`)).join('');
    expect(count('crd-deadlock', together(many))).toBe(1);
  });

  it('may be those of another cloud or of another kind of Provider', () => {
    expect(count('crd-deadlock', together(provider('provider-gcp-storage')))).toBe(0);
    expect(count('crd-deadlock', together(provider('provider-aws-s3', 'acme.io')))).toBe(0);
  });

  it('race with it in another Kustomization, unless that comes first', () => {
    const apart = (...more: string[]): Files => ({
      'clusters/prod/aws.yaml': fluxKustomization('aws', './aws'),
      'clusters/prod/settings.yaml': fluxKustomization('settings', './settings', more),
      'aws/providers.yaml': provider('provider-aws-s3'),
      'settings/settings.yaml': settings,
    });
    expect(found('crd-race', apart())).toMatchObject([
      { hint: 'add Kustomization "flux-system/aws" to spec.dependsOn' },
    ]);
    expect(count('crd-race', apart('dependsOn: [{ name: aws }]'))).toBe(0);
  });
});
