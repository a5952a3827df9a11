import { bootstrap } from '../graph/tree-of';
import { changesOf, diffOf, shortly } from './pair-of-trees';

const SYNC = 'flux-system/gotk-sync.yaml';
const staging = {
  [`clusters/staging/${SYNC}`]: bootstrap[`clusters/prod/${SYNC}`]?.replace(
    './clusters/prod',
    './clusters/staging',
  ),
};
const gone = { [`clusters/staging/${SYNC}`]: undefined };

describe('a cluster on one side only', () => {
  it('is added, and its objects are not listed one by one', () => {
    const diff = diffOf({}, staging);
    expect(shortly(diff)).toEqual(['cluster-added']);
    expect(diff.clusters.map(({ name }) => name)).toEqual(['staging']);
    expect(changesOf(diff)[0]?.hint).toContain('--path=./clusters/staging');
  });

  it('is removed, and stays as it is', () => {
    const diff = diffOf(staging, gone);
    expect(shortly(diff)).toEqual(['cluster-removed']);
    expect(changesOf(diff)[0]?.message).toContain('stays as it is');
  });

  it('counts among the clusters of both sides', () => {
    expect(diffOf({}, staging).clusterCount).toBe(2);
    expect(diffOf(staging, gone).clusterCount).toBe(2);
  });
});
