import { NameIndex } from '../../lib/findings/name-index';
import { isMisspelling, nearestName } from '../../lib/findings/nearest-name';

describe('nearestName', () => {
  it.each([
    ['ouput', 'output'],
    ['Root', 'root'],
    ['vresion', 'version'],
    ['dependson', 'dependsOn'],
    ['xyz', undefined],
    ['o', undefined],
  ])('suggests %j for %j', (mistyped, meant) => {
    expect(nearestName(mistyped, ['version', 'root', 'output', 'dependsOn'])).toBe(meant);
  });
});

describe('a suggestion', () => {
  it.each([
    ['cert-manger', 'cert-manager'],
    ['certmanager', 'cert-manager'],
    ['infra-config', 'infra-configs'],
    ['kustomise.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io'],
    ['release.yml', 'release.yaml'],
    ['apps/produciton', 'apps/production'],
    ['tpye', 'type'],
    ['shop-AB', 'shop-ab'],
    ['eu-west', 'eu-west-1'],
  ])('is made for %j: %j', (mistyped, name) => {
    expect(nearestName(mistyped, [name])).toBe(name);
    expect(new NameIndex([name]).nearest(mistyped)).toBe(name);
  });

  it.each([
    ['with another word', 'team-red', 'team-blue'],
    ['with another short word', 'apps-eu', 'apps-us'],
    ['with another word of three letters', 'site-fra', 'site-frb'],
    ['with another number', 'shard1', 'shard2'],
    ['with another number behind a word', 'eu-west-1-apps', 'eu-west-2-apps'],
    ['with two other words', 'service.yaml', 'secret.yaml'],
    ['with another group', 'helm.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'],
    ['with one word less', 'apps-x', 'apps'],
    ['of few letters', 'port', 'host'],
  ])('is not made for a name %s', (_, mistyped, name) => {
    expect(nearestName(mistyped, [name])).toBeUndefined();
    expect(new NameIndex([name]).nearest(mistyped)).toBeUndefined();
  });
});

it('suggests a name itself before one in other letters', () => {
  expect(nearestName('apps', ['Apps', 'apps'])).toBe('apps');
});

describe('isMisspelling', () => {
  it.each([
    ['monitorng', 'monitoring', true],
    ['monitoirng', 'monitoring', true],
    ['apps-stagin', 'apps-staging', true],
    ['team-a', 'team-b', false],
    ['apps-de', 'apps-dev', false],
    ['apps-dev', 'apps-de', false],
    ['site-fra', 'site-frb', false],
    ['shop-web', 'shop-webs', true],
    ['shop-webs', 'shop-web', true],
    ['apps1', 'apps22', false],
    ['ab-coast', 'ac-boast', true],
    ['my-app', 'myapp', true],
  ])('of %j for %j: %s', (mistyped, name, expected) => {
    expect(isMisspelling(mistyped, name)).toBe(expected);
  });
});
