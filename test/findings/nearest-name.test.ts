import { nearestName } from '../../lib/findings/nearest-name';

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
