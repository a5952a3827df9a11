import { fluxKustomization } from '../graph/tree-of';
import { changesOf, diffOf } from './pair-of-trees';

const files = (...remotes: readonly string[]) => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/kustomization.yaml': `resources: [${remotes.map((remote) => `"${remote}"`).join(', ')}]\n`,
});
const BASE = 'https://github.com/acme/base//web';
const diff = (before: readonly string[], after: readonly string[]) =>
  changesOf(diffOf(files(...before), files(...after)));

describe('remote bases', () => {
  it.each([
    [
      'another version',
      [`${BASE}?ref=v1.0.0`],
      [`${BASE}?ref=v1.1.0`],
      'changes from v1.0.0 to v1.1.0 (minor)',
    ],
    [
      'a version where there was none',
      [BASE],
      [`${BASE}?ref=v1.1.0`],
      'changes from its default branch to v1.1.0',
    ],
    [
      'a release',
      ['https://github.com/acme/app/releases/download/v1.0.0/install.yaml'],
      ['https://github.com/acme/app/releases/download/v2.0.0/install.yaml'],
      'download/*/install.yaml"] changes from v1.0.0 to v2.0.0 (major)',
    ],
    ['a branch', [`${BASE}?timeout=1m&ref=a`], [`${BASE}?timeout=1m&ref=b`], 'changes from a to b'],
    [
      'one more',
      [BASE],
      [BASE, 'https://github.com/acme/other?ref=v1'],
      '[https://github.com/acme/other] is added',
    ],
    [
      'one less',
      [`${BASE}?ref=v1`, 'https://github.com/acme/other'],
      [`${BASE}?ref=v1`],
      '[https://github.com/acme/other] is removed',
    ],
  ])('change the source by %s', (_, before, after, expected) => {
    const [change, ...others] = diff(before, after);
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      class: 'source-changed',
      object: { kind: 'Kustomization', name: 'apps' },
    });
    expect(change?.message).toContain(expected);
    expect(change?.fields).toHaveLength(1);
  });

  it('can be charts', () => {
    const chart = (version: string) => ({
      ...files(),
      'apps/kustomization.yaml': `helmCharts: [{ name: app, repo: "https://a.b", version: ${version} }]\n`,
    });
    const [change] = changesOf(diffOf(chart('1.0.0'), chart('1.0.1')));
    expect(change?.message).toContain(
      'helm chart app from https://a.b"] changes from 1.0.0 to 1.0.1 (patch)',
    );
  });

  it('are the same in another order', () => {
    expect(diff([BASE, 'https://github.com/a/b'], ['https://github.com/a/b', BASE])).toEqual([]);
  });
});
