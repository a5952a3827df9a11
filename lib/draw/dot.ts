import { printable } from '../findings/printable';
import { groupBy } from '../plain/group-by';
import {
  drawnEnds,
  qualifiedName,
  type Picture,
  type PictureCluster,
  type PictureEdge,
  type PictureNode,
} from './picture';
import { ALARM, typeColours } from './theme';

/**
 * Draws a picture in the language of Graphviz: clusters and layers as subgraphs, ranks by wave.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function renderDot(picture: Picture): string {
  const lines = [
    'digraph flux {',
    '  graph [rankdir=LR, newrank=true, compound=true, fontname="Helvetica", fontsize=12]',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11]',
    '  edge [color="#8a93a3", arrowsize=0.7]',
  ];
  picture.clusters.forEach((cluster, index) => lines.push(...drawCluster(cluster, `c${index}`)));
  return `${lines.join('\n')}\n}\n`;
}

function drawCluster({ name, nodes, edges }: PictureCluster, id: string): string[] {
  const ids = new Map(nodes.map((node, index) => [node.id, `${id}n${index}`]));
  const groups = [...groupBy(nodes, ({ layer }) => layer)];
  const lines = [`  subgraph cluster_${id} {`, `    label=${quote(name)}`];
  groups.forEach(([layer, members], index) => {
    const own = members.map((node) => `    ${ids.get(node.id)} ${nodeAttributes(node)}`);
    if (layer === undefined) lines.push(...own);
    else lines.push(`    subgraph cluster_${id}l${index} {`, `    label=${quote(layer)}`, ...own, '    }');
  });
  lines.push('  }');
  for (const [, members] of groupBy(nodes, ({ wave, step }) => 3 * wave + step)) {
    lines.push(`  { rank=same; ${members.map((node) => ids.get(node.id)).join('; ')} }`);
  }
  for (const edge of edges) {
    const [tail, head] = drawnEnds(edge).map((end) => ids.get(end));
    lines.push(`  ${tail} -> ${head} ${edgeAttributes(edge)}`);
  }
  return lines;
}

function nodeAttributes({ type, identity, trouble, change, state }: PictureNode): string {
  const { ink, fill } = typeColours[type];
  const label = `${escapeText(identity.kind)}\\n${escapeText(qualifiedName(identity))}${change ? `\\n(${change})` : ''}`;
  const dashed = state === 'missing' ? ', style="rounded,filled,dashed"' : '';
  const line = trouble === undefined ? ink : ALARM;
  return `[label="${label}", color="${line}", fillcolor="${fill}"${dashed}]`;
}

function edgeAttributes({ kind, trouble }: PictureEdge): string {
  const style = kind === 'depends-on' ? 'bold' : kind === 'applies' ? 'solid' : 'dotted';
  const colour = trouble === undefined ? '' : `, color="${ALARM}"`;
  return `[tooltip="${kind}", style=${style}${colour}]`;
}

function quote(text: string): string {
  return `"${escapeText(text)}"`;
}

/**
 * `##[` could be a command to a CI runner that logs the chart. Backslashes start escapes in labels, even if the
 * language does not define the escape.
 */
function escapeText(text: string): string {
  return printable(text)
    .replace(/[\\"]/g, '\\$&')
    .replace(/#(?=#)/g, '&#35;');
}
