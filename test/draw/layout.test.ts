import fc from 'fast-check';
import { layOut } from '../../lib/draw/layout/lay-out';
import type { Box } from '../../lib/draw/layout/laid-out';
import type { Picture, PictureEdge, PictureNode } from '../../lib/draw/picture';
import { renderSvg } from '../../lib/draw/svg/render-svg';
import { FindingsError } from '../../lib/findings/findings-error';
import { broken, kustomization, nodeOf, pictureOf, shop } from './pictures';

describe('a layout', () => {
  it('has waves from left to right, and no overlapping cards', () => {
    const [cluster] = layOut(pictureOf({ ...shop, ...broken })).clusters;
    const cards = cluster?.nodes ?? [];
    for (const one of cards) {
      for (const other of cards) {
        if (one.node.wave < other.node.wave) expect(one.x + one.width).toBeLessThan(other.x);
        if (one !== other) expect(overlaps(one, other)).toBe(false);
      }
    }
    expect(cluster?.waves.map(({ wave }) => wave)).toEqual([0, 1, 2, 3, 4]);
  });

  it('frames the objects of a layer, and nothing else', () => {
    const [cluster] = layOut(pictureOf(shop)).clusters;
    const [frame] = cluster?.layers ?? [];
    expect(frame?.layer).toBe('infrastructure');
    const inside = cluster?.nodes.filter((card) => frame && overlaps(card, frame));
    expect(inside?.map(({ node }) => node.layer)).toEqual(['infrastructure', 'infrastructure']);
  });

  it('has no frames if they would make it much taller', () => {
    expect(layOut(layersOfFour(3)).clusters[0]?.layers).toHaveLength(3);
    expect(layOut(layersOfFour(6)).clusters[0]?.layers).toHaveLength(0);
  });

  it('has a line for every edge, including loops of one node', () => {
    const picture = pictureOf({
      ...broken,
      'clusters/prod/loop.yaml': (broken['clusters/prod/loop.yaml'] ?? '').replace('name: b }', 'name: a }'),
    });
    const [cluster] = layOut(picture).clusters;
    expect(cluster?.edges).toHaveLength(picture.clusters[0]?.edges.length ?? 0);
    for (const { points } of cluster?.edges ?? []) expect(points.length % 3).toBe(1);
  });

  it('has a line for every edge of any graph', () => {
    const template = nodeOf(pictureOf(shop), kustomization('apps'));
    const node = fc.record({
      wave: fc.nat(4),
      step: fc.constantFrom(0 as const, 1 as const, 2 as const),
      layer: fc.constantFrom(undefined, 'a', 'b', 'c'),
    });
    const shape = fc.tuple(
      fc.array(node, { minLength: 1, maxLength: 30 }),
      fc.array(fc.tuple(fc.nat(29), fc.nat(29), fc.constantFrom('depends-on' as const, 'applies' as const)), {
        maxLength: 80,
      }),
    );
    const clusters = fc.sample(shape, { numRuns: 40, seed: 11 }).map(([nodes, edges], index) => ({
      name: `${index}`,
      entry: '',
      nodes: nodes.map((places, number) => ({ ...template, ...places, id: `${number}` })),
      edges: edges.map(([from, to, kind]) => ({
        from: `${from % nodes.length}`,
        to: `${to % nodes.length}`,
        kind,
        field: '',
        isUsual: false,
        findings: [],
      })),
    }));
    for (const { cluster, edges } of layOut({ clusters, leftOut: [], findings: [] }).clusters) {
      expect(edges).toHaveLength(cluster.edges.length);
      for (const { points, tip } of edges) {
        expect(points.length % 3).toBe(1);
        expect([...points, tip].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
      }
    }
  });

  it('is the same each time', () => {
    expect(layOut(pictureOf(shop))).toEqual(layOut(pictureOf(shop)));
  });

  it('fails with one finding if it would be unreadable', () => {
    const picture = pictureOf(shop);
    const [cluster] = picture.clusters;
    const nodes = Array.from({ length: 3001 }, (_, index) => ({
      ...nodeOf(picture, kustomization('apps')),
      id: `n${index}`,
    }));
    const draw = (): unknown =>
      layOut({ ...picture, clusters: [{ ...cluster, nodes, edges: [] }] } as Picture);
    expect(draw).toThrow(FindingsError);
    expect(draw).toThrow(/graph-too-large[\s\S]*3000 nodes/);
  });
});

describe('an SVG file', () => {
  const text = renderSvg(layOut(pictureOf({ ...shop, ...broken })));

  it('describes its contents', () => {
    expect(text).toMatch(/<svg [^>]*role="img" aria-labelledby="picture-title picture-description">/);
    expect(text).toContain('<title id="picture-title">What Flux applies in prod, and in which order</title>');
    expect(text).toMatch(/<desc id="picture-description">Cluster prod: \d+ objects in 5 waves/);
    expect(text).toContain(
      '<title>Kustomization flux-system/a, wave 1, in a dependency cycle: it never starts</title>',
    );
  });

  it('needs no other files, and supports dark mode', () => {
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|<script|<image/);
    expect(text).toContain('prefers-color-scheme:dark');
  });

  it('has every element closed, whatever the names are', () => {
    const odd = JSON.parse(
      JSON.stringify(pictureOf(shop)).replaceAll('shop', '<b a=\\"&\\u0007\\ud800😀'),
    ) as ReturnType<typeof pictureOf>;
    const svg = renderSvg(layOut(odd));
    const open: string[] = [];
    for (const [, end, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name as string);
    }
    expect(open).toEqual([]);
    expect(svg).toContain('&#60;b a=&#34;&#38;\\x07\\ud800😀');
  });
});

/** Layers of four waves each, in which each waits for those before it in other layers. */
function layersOfFour(layers: number): Picture {
  const template = nodeOf(pictureOf(shop), kustomization('apps'));
  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  for (let layer = 0; layer < layers; layer += 1) {
    for (let wave = 0; wave < 4; wave += 1) {
      nodes.push({ ...template, id: `${layer}-${wave}`, wave, layer: `layer ${layer}` });
      for (let back = 1; back <= wave; back += 1) {
        const to = `${(layer + back * back) % layers}-${wave - back}`;
        edges.push({
          from: `${layer}-${wave}`,
          to,
          kind: 'depends-on',
          field: '',
          isUsual: false,
          findings: [],
        });
      }
    }
  }
  return { clusters: [{ name: 'prod', entry: '', nodes, edges }], leftOut: [], findings: [] };
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
