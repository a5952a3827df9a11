import { fluxKustomization } from '../graph/tree-of';
import { changesOf, diffOf, settings, type Files } from './pair-of-trees';

const APPS = 'clusters/prod/apps.yaml';
const LIST = 'apps/kustomization.yaml';
const apps = fluxKustomization('apps', './apps');
const good: Files = { [LIST]: 'resources: [one.yaml, two.yaml]\n' };
const bad: Files = { [LIST]: `${good[LIST]}patches: [text]\n` };
const base: Files = { [APPS]: apps, 'apps/one.yaml': settings('one'), 'apps/two.yaml': settings('two') };
const renewed = { 'apps/two.yaml': settings('two', '2') };
const told = (before: Files, changed: Files) =>
  changesOf(diffOf({ ...base, ...before }, changed)).map(
    ({ class: changeClass, message }) => `${changeClass}: ${message}`,
  );

describe('a change of a Kustomization that does not build', () => {
  const UPDATED = 'changed: Flux updates one field of the object in place';
  const CREATED = 'created: Flux creates it';

  it.each([
    [
      'now',
      good,
      { ...bad, ...renewed },
      UPDATED.replace('Flux', 'once Kustomization flux-system/apps builds: Flux'),
    ],
    [
      'on both sides',
      bad,
      renewed,
      UPDATED.replace('Flux', 'once Kustomization flux-system/apps builds: Flux'),
    ],
    [
      'in the base',
      bad,
      { ...good, ...renewed },
      `${UPDATED}; Kustomization flux-system/apps does not build in the base, so the cluster may differ from its files`,
    ],
    [
      'in the base, of an object that is new',
      bad,
      { ...good, 'apps/two.yaml': `${settings('two')}${settings('three')}` },
      `${CREATED}, unless it already exists, which the files of the base do not show`,
    ],
    ['and is new itself', { ...bad, [APPS]: undefined }, { [APPS]: apps }, CREATED],
  ])('is told with that: %s', (_, before, changed, expected) => {
    expect(told(before, changed)).toEqual([expected]);
  });

  it('may concern what is no longer there', () => {
    const gone = { [LIST]: 'resources: [one.yaml]\n', 'apps/two.yaml': undefined };
    expect(told(bad, gone)).toEqual([expect.stringMatching(/^deleted: .* does not build in the base, so/)]);
  });
});
