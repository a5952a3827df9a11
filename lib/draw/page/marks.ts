import type { PageData } from '../page-data';
import type { Marks } from './board';
import type { Needs } from './relations';

/** Marks a node, all before and after it, and the lines on the way. */
export function marksOfNode({ edges }: PageData, needs: Needs, node: number): Marks {
  const { upstream, downstream } = needs.of(node);
  const nodes = new Map<number, string>();
  for (const other of downstream) nodes.set(other, 'downstream');
  for (const other of upstream) nodes.set(other, 'upstream');
  nodes.set(node, 'selected');
  const lit = new Map<number, string>();
  edges.forEach(({ tail, head, isNeed }, index) => {
    if (!isNeed) return;
    if (upstream.has(tail) && (upstream.has(head) || head === node)) lit.set(index, 'upstream');
    else if (downstream.has(head) && (downstream.has(tail) || tail === node)) lit.set(index, 'downstream');
  });
  return { nodes, edges: lit, isFocused: true };
}

/** Marks the nodes of a way, and the lines between them. */
export function marksOfWay({ edges }: PageData, way: readonly number[]): Marks {
  const next = new Map(way.slice(1).map((node, index) => [way[index], node]));
  const lit = new Map<number, string>();
  edges.forEach(({ tail, head, isNeed }, index) => {
    if (isNeed && next.get(tail) === head) lit.set(index, 'way');
  });
  return { nodes: new Map(way.map((node) => [node, 'way'])), edges: lit, isFocused: true };
}

/** Marks what matches a search. */
export function marksOfMatches(matches: readonly number[], isSearching: boolean): Marks {
  return { nodes: new Map(matches.map((node) => [node, 'match'])), edges: new Map(), isFocused: isSearching };
}
