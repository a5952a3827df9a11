import fc from 'fast-check';
import { pluralOf } from '../../lib/draw/count-kinds';
import { pageData } from '../../lib/draw/html/page-data';
import type { PageData } from '../../lib/draw/page-data';
import { arrange, type Arrangement, type Box, type PlacedCard } from '../../lib/draw/page/arrange';
import { Cards, type Band, type Card } from '../../lib/draw/page/cards';
import { firstView } from '../../lib/draw/page/first-view';
import { linesBetween, withoutImplied, type Line } from '../../lib/draw/page/lines';
import { hashOf, targetOf } from '../../lib/draw/page/links';
import { neighbour } from '../../lib/draw/page/neighbour';
import { Needs } from '../../lib/draw/page/relations';
import { withoutUsual } from '../../lib/draw/without-usual';
import { appsPicture } from './large';
import { alerts, clustersPicture, pictureOf, shop } from './pictures';

const edges = [
  [0, 2, true],
  [0, 3, true],
  [2, 4, true],
  [4, 3, false],
  [3, 3, true],
].map(([tail, head, isNeed]) => ({ tail, head, isNeed }) as PageData['edges'][number]);
const needs = new Needs(edges);

describe('the relations of a node', () => {
  it('are transitive, and leave out the node itself and nodes that only watch', () => {
    expect(needs.of(0)).toEqual({ upstream: new Set(), downstream: new Set([2, 3, 4]) });
    expect(needs.of(4)).toEqual({ upstream: new Set([2, 0]), downstream: new Set() });
    expect(needs.of(3).upstream).toEqual(new Set([0]));
  });

  it('are finite in loops', () => {
    const loop = new Needs([
      { tail: 0, head: 1, isNeed: true },
      { tail: 1, head: 0, isNeed: true },
    ] as PageData['edges'][number][]);
    expect(loop.of(0)).toEqual({ upstream: new Set([1]), downstream: new Set([1]) });
    expect(loop.path(0, 1)).toEqual([0, 1]);
  });

  it('include a path between two nodes, whichever comes first', () => {
    expect([needs.path(0, 4), needs.path(4, 0), needs.path(2, 3)]).toEqual([[0, 2, 4], [0, 2, 4], []]);
  });
});

describe('the cards', () => {
  const data = pageData(pictureOf({ ...shop, ...alerts(6) }));
  const cards = new Cards(data);
  const titles = (bands: readonly Band[]): string[] =>
    bands.flatMap(({ groups }) => groups.flatMap((group) => group.cards.map(({ title }) => title)));
  const apps = data.nodes.findIndex(({ id }) => id === 'Kustomization/flux-system/apps');

  it('exist for each Kustomization, and count its contents', () => {
    const bands = cards.bands(0, { open: new Set() });
    expect(titles(bands)).toEqual(['flux-system', 'controllers', 'configs', 'apps']);
    const card = bands.at(-1)?.groups[0]?.cards[0];
    expect(card?.about).toBe('15 objects: HelmRelease, 6 Providers, 6 Alerts, HelmRepository, 7 Secrets');
    expect(card?.stands).toHaveLength(1 + 21);
  });

  it('show their contents when they are open, with repeated objects in stacks', () => {
    const find = (open: readonly string[]): readonly Card[] =>
      cards.bands(0, { open: new Set(open) }).at(-1)?.groups[0]?.cards[0]?.items ?? [];
    expect(find([`n${apps}`]).map(({ title, about }) => `${title} ${about}`)).toEqual([
      'Provider 6',
      'Alert 6',
      'charts HelmRepository',
      'shop HelmRelease',
      'Secret 7',
    ]);
    expect(find([`n${apps}`, `s${apps}-Alert`])).toHaveLength(5 + 6);
  });

  it('are those that a filter keeps, and those that contain them', () => {
    const keeps = (index: number): boolean => data.nodes[index]?.kind === 'HelmRelease';
    const bands = cards.bands(0, { open: new Set(), keeps });
    expect(titles(bands)).toEqual(['apps']);
    const [card] = bands[0]?.groups[0]?.cards ?? [];
    expect([card?.isContext, card?.items.map(({ title }) => title)]).toEqual([true, ['shop']]);
  });

  it('name kinds in the plural', () => {
    expect(['HelmRepository', 'Alert', 'Kustomization'].map(pluralOf)).toEqual([
      'HelmRepositories',
      'Alerts',
      'Kustomizations',
    ]);
  });
});

describe('the arrangement', () => {
  const item = (key: string): Card => cardOf(key, []);
  const group = fc.record({
    layer: fc.constantFrom('', 'apps'),
    sizes: fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }),
  });

  it('has no overlapping cards and names, whatever is open and however wide it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(group, { maxLength: 4 }), { maxLength: 4 }),
        fc.integer({ min: 200, max: 3000 }),
        (waves, width) => {
          const bands = waves.map((groups, wave): Band => ({
            wave,
            groups: groups.map(({ layer, sizes }, number) => ({
              key: `g${wave}-${number}`,
              layer,
              cards: sizes.map((size, at) =>
                cardOf(
                  `${wave}-${number}-${at}`,
                  Array.from({ length: size }, (_, inner) => item(`${wave}-${number}-${at}-${inner}`)),
                ),
              ),
            })),
          }));
          const arrangement = arrange(bands, width);
          expectApart(arrangement, width);
        },
      ),
      { numRuns: 25, seed: 5 },
    );
  });

  it('of the first view fits, with as much open as there is space for', () => {
    const room = { width: 1300, height: 820 };
    const opened = (data: PageData) => {
      const cards = new Cards(data);
      const { open, scale, least } = firstView(data, cards, 0, room);
      const arrangement = arrange(cards.bands(0, { open }), room.width / scale, least);
      expect(arrangement.height * scale).toBeLessThanOrEqual(room.height);
      const placed = arrangement.bands.flatMap((band) => band.cards);
      return { items: placed.flatMap(({ items }) => items).length, cards: placed.length };
    };
    expect(opened(pageData(pictureOf(shop)))).toEqual({ items: 4, cards: 4 });
    expect(opened(pageData(appsPicture({ apps: 75, layers: 6, waves: 5 })))).toEqual({ items: 0, cards: 76 });
    const large = opened(pageData(appsPicture({ apps: 400, layers: 12, waves: 6 })));
    expect(large.cards).toBeLessThan(200);
    expect(large.cards).toBeGreaterThan(70);
  });
});

describe('the lines', () => {
  const data = pageData(withoutUsual(pictureOf(shop)));
  const index = (name: string): number =>
    data.nodes.findIndex(({ kind, name: own }) => kind === 'Kustomization' && own === name);

  it('represent the contents of folded cards once, and leave out what a card shows itself', () => {
    const keys = new Map(data.nodes.map((_, node) => [node, node === index('configs') ? 'configs' : 'rest']));
    const lines = linesBetween(data, keys, () => true);
    expect(lines.map(({ tail, head, look }) => `${tail} ${look} ${head}`)).toEqual([
      'configs depends-on rest',
      'rest depends-on configs',
    ]);
  });

  it('leave out lines that follow from others', () => {
    const line = (tail: string, head: string): Line => ({
      tail,
      head,
      look: 'depends-on',
      trouble: '',
      change: '',
    });
    const lines = [line('a', 'b'), line('b', 'c'), line('a', 'c')];
    expect(withoutImplied(lines)).toEqual(lines.slice(0, 2));
    expect(withoutImplied([...lines.slice(0, 2), { ...line('a', 'c'), change: 'added' }])).toHaveLength(3);
  });
});

describe('the address', () => {
  const data = pageData(clustersPicture(2));

  it('leads back to what it was created from', () => {
    data.nodes.forEach(({ cluster }, node) => {
      const target = { cluster, node, other: node };
      expect(targetOf(data, hashOf(data, target))).toEqual(target);
    });
    expect(targetOf(data, hashOf(data, { cluster: 1, node: -1, other: -1 }))).toEqual({
      cluster: 1,
      node: -1,
      other: -1,
    });
    expect(hashOf(data, { cluster: -1, node: -1, other: -1 })).toBe('');
  });

  it('leads nowhere if it names nothing', () => {
    expect(['', '#', '#elsewhere', '#%'].map((hash) => targetOf(data, hash))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(targetOf(data, '#c1/Kustomization/none')).toEqual({ cluster: 1, node: -1, other: -1 });
  });
});

describe('the parts of clusters', () => {
  it('have the same version if they are equal, and otherwise not', () => {
    const { nodes } = pageData(clustersPicture(3));
    const versions = (name: string): number[] =>
      nodes
        .filter((node) => node.kind === 'Kustomization' && node.name === name)
        .map(({ version }) => version);
    expect([versions('apps'), versions('own')]).toEqual([
      [0, 0, 0],
      [0, 0, 1],
    ]);
  });
});

describe('the arrow keys', () => {
  const boxes = new Map<string, Box>(
    [
      ['a', 0, 0],
      ['b', 100, 0],
      ['c', 0, 50],
      ['d', 200, 50],
    ].map(([key, x, y]) => [String(key), { x: Number(x), y: Number(y), width: 90, height: 40 }]),
  );

  it('lead to the nearest card, within the row to the left and right', () => {
    const go = (from: string, direction: 'left' | 'right' | 'up' | 'down') =>
      neighbour(boxes, from, direction);
    expect([go('a', 'right'), go('a', 'down'), go('c', 'right'), go('d', 'up')]).toEqual([
      'b',
      'c',
      'd',
      'b',
    ]);
    expect([go('', 'down'), go('a', 'left'), go('b', 'right')]).toEqual(['a', undefined, undefined]);
  });
});

function cardOf(key: string, items: readonly Card[]): Card {
  const rest = { opens: true, isOpen: items.length > 0, isContext: false };
  return { key, type: 'object', node: 0, stands: [0], title: key, about: '', items, ...rest };
}

function expectApart({ bands, height }: Arrangement, width: number): void {
  const titles = bands.flatMap((band) => band.titles);
  const cards: readonly PlacedCard[] = bands.flatMap((band) => band.cards);
  const boxes: readonly Box[] = [...titles, ...cards];
  boxes.forEach((one, index) => {
    if (one.x < 0 || one.x + one.width > width || one.y + one.height > height)
      throw new Error('it is outside');
    for (const other of boxes.slice(index + 1)) if (isOver(one, other)) throw new Error('it is on another');
  });
  for (const { items, ...card } of cards) {
    items.forEach((one, index) => {
      const isInside =
        one.x >= card.x &&
        one.x + one.width <= card.x + card.width &&
        one.y + one.height <= card.y + card.height;
      if (!isInside || items.slice(index + 1).some((other) => isOver(one, other)))
        throw new Error('an item is not in its place');
    });
  }
}

function isOver(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
