import { printable } from '../findings/printable';
import type { NodeType } from '../graph/graph';
import { groupBy } from '../plain/group-by';
import {
  drawnEnds,
  qualifiedName,
  type Change,
  type Picture,
  type PictureCluster,
  type PictureEdge,
  type PictureNode,
} from './picture';
import { foldPicture } from './fold-picture';
import { edgeCount, reducePicture } from './reduce-picture';
import { ALARM, typeColours } from './theme';
import { tooLarge } from './too-large';

/** Mermaid's own limits, which pages such as GitHub do not change: `maxEdges`, `maxTextSize`. */
const MAX_EDGES = 500;
const MAX_TEXT = 50_000;
/** With more nodes than this, Kustomizations represent what they apply. */
const READABLE = 60;

/** The brackets that give a node the shape of its kind. */
const forms: Readonly<Record<NodeType, readonly [open: string, close: string]>> = {
  kustomization: ['[', ']'],
  'helm-release': ['(', ')'],
  source: ['[(', ')]'],
  image: ['{{', '}}'],
  notification: ['>', ']'],
  operator: ['[[', ']]'],
  config: ['[/', '/]'],
  object: ['[/', '/]'],
};

const changeStyles: Readonly<Record<Change, string>> = {
  added: 'stroke:#1a7f37,stroke-width:3px',
  changed: 'stroke:#9a6700,stroke-width:3px',
  removed: 'stroke:#cf222e,stroke-width:3px,stroke-dasharray:2 3',
};

/**
 * Draws a picture as a Mermaid flowchart that GitHub shows. In a large one, Kustomizations stand for what they apply. Where it would pass Mermaid's limits, details are left out,
 * and the chart says which.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 * @throws FindingsError `graph-too-large` where not even the Kustomizations fit
 */
export function renderMermaid(picture: Picture): string {
  const wanted = isReadable(picture) ? picture : foldPicture(picture);
  let text = '';
  const fits = (candidate: Picture): boolean => {
    if (edgeCount(candidate) > MAX_EDGES) return false;
    text = new Chart().draw(candidate);
    return text.length <= MAX_TEXT;
  };
  if (!reducePicture(wanted, fits))
    tooLarge(`Mermaid supports at most ${MAX_EDGES} edges and ${MAX_TEXT} characters`);
  return text;
}

/** Whether one chart can show everything so that people can read it. */
export function isReadable({ clusters }: Picture): boolean {
  return clusters.reduce((sum, { nodes }) => sum + nodes.length, 0) <= READABLE;
}

/** A chart while it is built. Nodes have numbers as ids, so no name can be a keyword of the language. */
class Chart {
  private readonly lines: string[] = ['flowchart LR'];
  private readonly classes = new Map<string, string>();
  private readonly groups: string[] = [];
  private readonly troubled = new Set<number>();
  private count = 0;
  /** The lines between nodes, with their numbers. */
  private readonly links = new Map<string, number>();

  draw(picture: Picture): string {
    picture.clusters.forEach((cluster, index) => this.addCluster(cluster, `c${index}`));
    if (picture.leftOut.length > 0) this.addNote(picture.leftOut);
    // Groups take the colour of the page, light or dark.
    this.lines.push('  classDef group fill:none,stroke:#8c959f', `  class ${this.groups.join(',')} group`);
    for (const [name, style] of [...this.classes].sort()) this.lines.push(`  classDef ${name} ${style}`);
    if (this.troubled.size > 0) {
      this.lines.push(`  linkStyle ${[...this.troubled].join(',')} stroke:${ALARM},stroke-width:3px`);
    }
    return `${this.lines.join('\n')}\n`;
  }

  private addCluster({ name, nodes, edges }: PictureCluster, id: string): void {
    this.beginGroup('  ', id, `cluster ${name}`);
    const ids = new Map(nodes.map((node) => [node.id, `n${this.count++}`]));
    let number = 0;
    for (const [layer, members] of groupBy(nodes, (node) => node.layer)) {
      const inner = layer === undefined ? '    ' : '      ';
      if (layer !== undefined) this.beginGroup('    ', `${id}l${number++}`, layer);
      for (const node of members) this.lines.push(`${inner}${ids.get(node.id)}${this.form(node)}`);
      if (layer !== undefined) this.lines.push('    end');
    }
    this.lines.push('  end');
    for (const edge of edges) this.addEdge(edge, ids);
  }

  /** Without its own direction, a group that no line leaves would be drawn from top to bottom. */
  private beginGroup(indent: string, id: string, name: string): void {
    this.lines.push(`${indent}subgraph ${id}[${quoted(name)}]`, `${indent}  direction LR`);
    this.groups.push(id);
  }

  private form(node: PictureNode): string {
    const { type, identity, trouble, change } = node;
    const [open, close] = forms[type];
    const { ink, fill } = typeColours[type];
    const name = qualifiedName(identity);
    const kind = type === 'kustomization' ? [] : [identity.kind];
    const label = quoted(...kind, name, ...(node.holds?.split('\n') ?? []));
    const className = type.replace('-', '_');
    this.classes.set(className, `fill:${fill},stroke:${ink},color:#1f2328`);
    // A node that waits in vain first shows what happened to it.
    const shown = trouble === 'blocked' && change ? undefined : trouble;
    const extra = shown ?? change;
    if (extra === undefined) return `${open}${label}${close}:::${className}`;
    const style = shown ? `stroke:${ALARM},stroke-width:3px` : change && changeStyles[change];
    const dashes = shown === 'missing' ? ',stroke-dasharray:5 5' : '';
    this.classes.set(`${className}_${extra}`, `fill:${fill},stroke:${ink},color:#1f2328,${style}${dashes}`);
    return `${open}${label}${close}:::${className}_${extra}`;
  }

  private addEdge(edge: PictureEdge, ids: ReadonlyMap<string, string>): void {
    const [tail, head] = drawnEnds(edge).map((end) => ids.get(end));
    const line = `  ${tail} ${arrowOf(edge)} ${head}`;
    // Mermaid draws equal lines beside each other; several fields that say the same are one line.
    const link = this.links.get(line) ?? this.links.size;
    if (link === this.links.size) this.lines.push(line);
    this.links.set(line, link);
    if (edge.trouble !== undefined) this.troubled.add(link);
  }

  private addNote(leftOut: readonly string[]): void {
    this.lines.push(`  note[${quoted('left out to fit', ...leftOut)}]:::note`);
    this.classes.set('note', 'fill:#fff8c5,stroke:#9a6700,color:#1f2328');
  }
}

/** Dependencies are thick, what is applied is plain, and all other references are dotted. */
function arrowOf({ kind }: PictureEdge): string {
  if (kind === 'depends-on') return '==>';
  return kind === 'applies' ? '-->' : '-.->';
}

/** A label of lines. Every character that could have a meaning for Mermaid or HTML is written as its number. */
function quoted(...lines: readonly string[]): string {
  return `"${lines.map(escapeLine).join('<br/>')}"`;
}

function escapeLine(line: string): string {
  const safe = printable(line).replace(
    /[^\p{L}\p{N} ,./_-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
  // Mermaid would read a label that begins like a list as Markdown.
  return safe.replace(/^[-.]|^(\d+)\./, (start, digits?: string) =>
    digits === undefined ? `#${start.charCodeAt(0)};` : `${digits}#46;`,
  );
}
