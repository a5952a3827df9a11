import type { PageData, PageNode } from '../../lib/draw/page-data';
import { neighbour } from '../../lib/draw/page/neighbour';
import { Needs } from '../../lib/draw/page/relations';

/** Two columns: 0 and 1 at the left, 2 and 3 at the right; 0 is needed by both at the right, 3 by an alert, 4. */
const places = [
  [0, 0],
  [0, 50],
  [300, 0],
  [300, 50],
  [600, 0],
] as const;
const nodes = places.map(([x, y], index) => ({ key: `n0-${index}`, x, y }) as PageNode);
const edges = [
  [0, 2, true],
  [0, 3, true],
  [2, 4, true],
  [4, 3, false],
  [3, 3, true],
].map(([tail, head, isNeed]) => ({ tail, head, isNeed }) as PageData['edges'][number]);
const data = { nodes, edges } as unknown as PageData;
const needs = new Needs(edges);

describe('the relations of a node', () => {
  it('reach through others, and leave out itself and what only watches', () => {
    expect(needs.of(0)).toEqual({ upstream: new Set(), downstream: new Set([2, 3, 4]) });
    expect(needs.of(4)).toEqual({ upstream: new Set([2, 0]), downstream: new Set() });
    expect(needs.of(3).upstream).toEqual(new Set([0]));
  });

  it('end in loops', () => {
    const loop = new Needs([
      { tail: 0, head: 1, isNeed: true },
      { tail: 1, head: 0, isNeed: true },
    ] as PageData['edges'][number][]);
    expect(loop.of(0)).toEqual({ upstream: new Set([1]), downstream: new Set([1]) });
  });
});

describe('the arrow keys', () => {
  const go = (from: number, direction: 'left' | 'right' | 'up' | 'down', hidden = -1): number | undefined =>
    neighbour(data, needs, from, direction, (node) => node !== nodes[hidden]);

  it('follow what is needed, and go up and down in a column', () => {
    expect([go(0, 'right'), go(3, 'left'), go(0, 'down'), go(1, 'up')]).toEqual([2, 0, 1, 0]);
  });

  it('begin at the first node, and end where nothing follows', () => {
    expect([go(-1, 'right'), go(0, 'left'), go(0, 'up')]).toEqual([0, undefined, undefined]);
  });

  it('pass by what is hidden', () => {
    expect(go(0, 'right', 2)).toBe(3);
  });
});
