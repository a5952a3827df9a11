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
