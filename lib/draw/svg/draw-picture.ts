import type { NodeType } from '../../graph/graph';
import type { LaidOutCluster, LaidOutPicture } from '../layout/laid-out';
import { typeNames } from '../theme';
import { drawEdge } from './draw-edge';
import { drawNode } from './draw-node';
import { textWidth } from './fit-text';
import { element, escapeMarkup } from '../../findings/markup';

/** Room for the legend below the clusters. */
export const LEGEND_HEIGHT = 40;
/** Where the columns of the waves begin inside a cluster's frame. */
const BANDS = 44;

/**
 * The parts of a picture, from back to front. Ids are `n0-2` for the third node of the first cluster, and `e0-2` for
 * its third edge.
 */
export function drawPicture(picture: LaidOutPicture): string[] {
  const { clusters, width, height } = picture;
  return [
    element('rect', { class: 'paper', width, height: height + LEGEND_HEIGHT }),
    ...clusters.map(drawCluster),
    drawLegend(picture),
  ];
}

function drawCluster(placed: LaidOutCluster, index: number): string {
  const { cluster, x, y, width, height, waves, layers, nodes, edges } = placed;
  const entry = cluster.entry === '' ? 'the root of the repository' : cluster.entry;
  return element(
    'g',
    { class: 'cluster', id: `c${index}` },
    element('rect', { class: 'frame', x, y, width, height, rx: 10 }),
    element(
      'text',
      { class: 'cluster-name', x: x + 16, y: y + 26 },
      escapeMarkup(cluster.name),
      element('tspan', { class: 'entry', dx: 10 }, escapeMarkup(entry)),
    ),
    ...waves.flatMap((wave) => drawWave(wave, y, height)),
    ...layers.map(({ layer, ...box }) => drawLayer(layer, box)),
    ...edges.map((edge, number) => drawEdge(edge, `e${index}-${number}`)),
    ...nodes.map((node, number) => drawNode(node, `n${index}-${number}`)),
  );
}

function drawWave(
  { wave, x, width }: { readonly wave: number; readonly x: number; readonly width: number },
  y: number,
  height: number,
): string[] {
  const box = { x: x - 10, y: y + BANDS, width: width + 20, height: height - BANDS - 8, rx: 8 };
  return [
    element('rect', { class: 'band', ...box }),
    element('text', { class: 'wave', x, y: y + BANDS + 15 }, `wave ${wave}`),
  ];
}

function drawLayer(
  layer: string,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): string {
  return element(
    'g',
    { class: 'layer' },
    element('rect', { ...box, rx: 8 }),
    element('text', { x: box.x + 10, y: box.y + 15 }, escapeMarkup(layer)),
  );
}

/** The kinds in the picture, and the meaning of its lines. */
function drawLegend({ clusters, height, picture }: LaidOutPicture): string {
  const present = new Set(clusters.flatMap(({ nodes }) => nodes.map(({ node }) => node.type)));
  const parts: string[] = [];
  let x = 28;
  const y = height + 14;
  for (const type of Object.keys(typeNames) as NodeType[]) {
    if (!present.has(type)) continue;
    parts.push(element('rect', { class: `strip ${type}`, x, y: y - 9, width: 10, height: 10, rx: 2 }));
    x = addText(parts, x + 16, y, typeNames[type]);
  }
  for (const [look, words] of lineMeanings) {
    parts.push(element('path', { class: `edge ${look}`, d: `M${x} ${y - 4}h22` }));
    x = addText(parts, x + 28, y, words);
  }
  if (picture.leftOut.length > 0)
    addText(parts, 28, y + 18, `left out to fit: ${picture.leftOut.join('; ')}`);
  return element('g', { class: 'legend' }, ...parts);
}

const lineMeanings = [
  ['depends-on', 'is ready before'],
  ['applies', 'applies'],
  ['reference', 'is used by'],
] as const;

function addText(parts: string[], x: number, y: number, text: string): number {
  parts.push(element('text', { class: 'legend', x, y }, escapeMarkup(text)));
  return x + textWidth(text, 11) + 22;
}
