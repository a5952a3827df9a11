import { matchesLabels } from '../../lib/plain/match-labels';

describe('labels', () => {
  it.each<[string, Record<string, unknown>, boolean | undefined]>([
    ['', { a: 'b' }, true],
    ['  ', {}, true],
    ['key=shard1', { key: 'shard1' }, true],
    ['key=shard1', { key: 'shard2' }, false],
    ['key=shard1', {}, false],
    ['key==shard1', { key: 'shard1' }, true],
    ['key!=shard1', { key: 'shard2' }, true],
    ['key!=shard1', { key: 'shard1' }, false],
    ['key!=shard1', {}, true],
    ['!key', {}, true],
    ['! key', { other: 'x' }, true],
    ['!key', { key: '' }, false],
    ['key', { key: '' }, true],
    ['key', {}, false],
    ['key in (a, b)', { key: 'b' }, true],
    ['key in (a,b)', { key: 'c' }, false],
    ['key in (a,b)', {}, false],
    ['key notin (a,b)', { key: 'a' }, false],
    ['key notin (a,b)', {}, true],
    ['key in (a,b),!other', { key: 'a' }, true],
    ['key in (a,b),!other', { key: 'a', other: 'x' }, false],
    ['toString', {}, false],
    ['key>2', { key: '3' }, true],
    ['key>2', { key: '2' }, false],
    ['key > -2', { key: '-1' }, true],
    ['key<2', { key: '1' }, true],
    ['key<2', { key: '2' }, false],
    ['key<2', { key: '' }, false],
    ['key<2', {}, false],
    ['key>a', { key: 'b' }, undefined],
    ['a b c', {}, undefined],
    ['key=a,a b c', { key: 'a' }, undefined],
  ])('%j of %j: %j', (selector, labels, fits) => {
    expect(matchesLabels(selector, labels)).toBe(fits);
  });
});
