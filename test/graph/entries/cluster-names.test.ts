import { clusterNames } from '../../../lib/graph/entries/cluster-names';

describe('the name of a cluster', () => {
  it.each([
    ['the last folder of a single path', ['clusters/prod'], ['prod']],
    ['the folder around that of bootstrap', ['clusters/prod/flux-system'], ['prod']],
    ['that of bootstrap if there is no other', ['flux-system'], ['flux-system']],
    ['what tells several apart', ['clusters/eu/flux-system', 'clusters/us/flux-system'], ['eu', 'us']],
    ['a word for the root', [''], ['cluster']],
  ])('is %s', (_, paths, expected) => {
    expect(clusterNames(paths, new Map())).toEqual(expected);
  });
});
