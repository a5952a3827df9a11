import { chainLengths } from '../../../../lib/check/facts/chain-lengths';
import { watching, type ControllerInstance } from '../../../../lib/check/facts/installation/controllers';
import { isSharedName } from '../../../../lib/check/facts/missing/hidden-parts';
import { keysOf, shardText } from '../../../../lib/check/facts/installation/shards';

const instance = (selector: string): ControllerInstance => ({
  component: 'helm-controller',
  name: selector,
  selector,
});

describe('the label of a shard', () => {
  it.each([
    ['a=b', ['a']],
    ['!a', ['a']],
    ['! a , b in (c)', ['a', 'b']],
    ['a!=b', ['a']],
    ['', []],
  ])('of %j is %j', (selector, keys) => {
    expect(keysOf(selector)).toEqual(keys);
  });

  it.each([
    [{ 'sharding.fluxcd.io/key': 's1', team: 'a' }, 'the label sharding.fluxcd.io/key=s1'],
    [{ team: 'a' }, 'the label team=a'],
    [{ other: 'a' }, 'no label of a shard'],
    [undefined, 'no label of a shard'],
  ])('%j is %s', (labels, text) => {
    expect(shardText(labels, [instance('team=b')])).toBe(text);
  });
});

describe('the controllers that watch an object', () => {
  it.each([
    [{ a: 'x' }, ['', 'a=x']],
    [{}, ['', '!a']],
    [undefined, ['', '!a']],
  ])('are known: %j', (labels, selectors) => {
    const all = ['', 'a=x', 'a=y', '!a'].map(instance);
    expect(watching(all, labels)?.map(({ selector }) => selector)).toEqual(selectors);
  });

  it('are not known where a selector cannot be read', () => {
    expect(watching([instance(''), instance('a ~ b')], {})).toBeUndefined();
  });
});

describe('the longest way', () => {
  it.each([
    ['a chain', { a: ['b'], b: ['c'], c: [] }, { a: 2, b: 1, c: 0 }],
    ['a chain from its end', { c: [], b: ['c'], a: ['b'] }, { a: 2, b: 1, c: 0 }],
    ['two ways', { a: ['d', 'b'], b: ['c'], c: ['d'], d: [] }, { a: 3, b: 2, c: 1, d: 0 }],
    ['a node of no list', { a: ['x'] }, { a: 1, x: 0 }],
    ['a node of itself', { a: ['a'] }, { a: 1 }],
  ])('of %s', (_, edges: Readonly<Record<string, readonly string[]>>, lengths) => {
    expect(Object.fromEntries(chainLengths(Object.keys(edges), (node) => edges[node] ?? []))).toEqual(
      lengths,
    );
  });
});

describe('the name of what others build upon', () => {
  it.each([
    ['infra', true],
    ['my-INFRASTRUCTURE', true],
    ['helm-repositories', true],
    ['https://example.com/team/fleet.git', true],
    ['infrared', false],
    ['my_shop', false],
    ['', false],
  ])('%j: %j', (name, expected) => {
    expect(isSharedName(name)).toBe(expected);
  });
});
