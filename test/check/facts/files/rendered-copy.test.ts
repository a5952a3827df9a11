import { fluxKustomization } from '../../../graph/tree-of';
import { lines, object } from '../../small-repositories';

const map = (name: string) => object('v1', 'ConfigMap', name, 'default');

describe('a file that the kustomization beside it does not list', () => {
  /** What is reported of a file with the given contents, beside others that are listed. */
  const told = (code: string, text: string) =>
    lines(code, {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [map.yaml, more.yaml, ../base]\n',
      'apps/map.yaml': map('map'),
      'apps/more.yaml': map('more'),
      'apps/built.yaml': text,
      'base/kustomization.yaml': 'resources: [all.yaml]\n',
      'base/all.yaml': map('far') + map('away'),
    });

  it('is not forgotten if kustomize printed it from several others', () => {
    expect(told('file-not-listed', map('map') + map('more'))).toEqual([]);
    expect(told('file-not-listed', map('map') + map('more') + map('made-2bfg4h96tk'))).toEqual([]);
    expect(told('orphan-file', map('map') + map('more'))).toHaveLength(1);
  });

  it.each([
    ['one object, as a patch', map('map')],
    ['one object twice', map('map') + map('map')],
    ['an object that is nowhere else', map('map') + map('other')],
    [
      'an object of another kind that is nowhere else',
      map('map') + map('more') + map('made-2bfg4h96tk').replace('ConfigMap', 'Service'),
    ],
    ['only what a generator made', map('made-2bfg4h96tk')],
    ['an object of a base', map('map') + map('more') + map('far')],
  ])('is forgotten if it has %s', (_, text) => {
    expect(told('file-not-listed', text)).toHaveLength(1);
  });
});
