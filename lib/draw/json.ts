import type { Finding } from '../findings/finding';
import { printableJson } from '../findings/printable';
import type { Picture, PictureCluster, PictureEdge, PictureNode } from './picture';

/** The version of the format. It changes only if a program that reads it would have to change. */
const VERSION = 1;

/** Prints a picture as data for other programs; the page `docs/graph.md` describes the shape. */
export function renderJson(picture: Picture): string {
  const findings = new Map<string, Finding>();
  const clusters = picture.clusters.map((cluster) => clusterData(cluster, findings));
  for (const found of picture.findings) findings.set(found.fingerprint, found);
  return printableJson({ version: VERSION, clusters, findings: [...findings.values()] });
}

function clusterData({ name, entry, nodes, edges }: PictureCluster, findings: Map<string, Finding>) {
  return {
    name,
    entry,
    nodes: nodes.map((node) => nodeData(node, findings)),
    edges: edges.map(edgeData),
  };
}

function nodeData(node: PictureNode, findings: Map<string, Finding>) {
  const { id, type, identity, state, wave, layer, place, trouble, change } = node;
  for (const found of node.findings) findings.set(found.fingerprint, found);
  const prints = node.findings.map(({ fingerprint }) => fingerprint);
  return { id, type, ...identity, state, wave, layer, ...place, trouble, change, findings: prints };
}

function edgeData({ from, to, kind, field, trouble, change, findings }: PictureEdge) {
  const prints = findings.map(({ fingerprint }) => fingerprint);
  return { from, to, kind, field: field || undefined, trouble, change, findings: prints };
}
