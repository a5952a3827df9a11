import { identityText } from '../findings/object-name';
import { addToGroup } from '../plain/group-by';
import type { Finding, FindingLocation } from '../findings/finding';
import type { ClusterGraph } from '../graph/graph';

/** Where findings belong in a picture: at the edge whose field they name, else at the node of the object. */
export class FindingPlaces {
  /** The findings that concern no node of the clusters. */
  readonly elsewhere: readonly Finding[];

  private readonly nodes = new Map<string, Finding[]>();
  private readonly fields = new Map<string, Finding[]>();

  constructor(findings: readonly Finding[], clusters: readonly ClusterGraph[]) {
    const index = findings.length > 0 ? indexNodes(clusters) : new Map<string, NodeOfCluster[]>();
    const elsewhere: Finding[] = [];
    for (const found of findings) {
      const owners = nodesOf(found, index);
      if (owners.length === 0) elsewhere.push(found);
      for (const { cluster, node } of owners) {
        addToGroup(this.nodes, keyOf(cluster, node), found);
        if (found.field !== undefined) addToGroup(this.fields, keyOf(cluster, node, found.field), found);
      }
    }
    this.elsewhere = elsewhere;
  }

  /** The findings that concern a node, those of its fields too. */
  ofNode(cluster: string, node: string): readonly Finding[] {
    return this.nodes.get(keyOf(cluster, node)) ?? [];
  }

  /** The findings that concern a field of a node, which an edge stands for. */
  ofEdge(cluster: string, node: string, field: string): readonly Finding[] {
    return (field === '' ? undefined : this.fields.get(keyOf(cluster, node, field))) ?? [];
  }
}

interface NodeOfCluster {
  readonly cluster: string;
  readonly node: string;
  /** The place of the object, to distinguish clusters that both have an object with its name. */
  readonly file?: string;
  /** The line at which it begins, to distinguish the objects of one file. */
  readonly line?: number;
}

/** The nodes by the object that they represent or apply, and by the file that contains a Kustomization's object. */
function indexNodes(clusters: readonly ClusterGraph[]): Map<string, NodeOfCluster[]> {
  const index = new Map<string, NodeOfCluster[]>();
  for (const { name: cluster, nodes } of clusters) {
    for (const { id: node, identity, location, build } of nodes) {
      const { file, line } = location ?? {};
      addToGroup(index, identityText(identity), { cluster, node, file });
      if (file !== undefined) addToGroup(index, fileKey(file), { cluster, node, file, line });
      for (const applied of build?.inventory ?? []) {
        if (applied.node !== undefined) continue;
        addToGroup(index, identityText(applied.identity), { cluster, node, file: applied.location.file });
      }
    }
  }
  return index;
}

function nodesOf(found: Finding, index: ReadonlyMap<string, NodeOfCluster[]>): NodeOfCluster[] {
  const files = found.locations.flatMap(({ file }) => (file === undefined ? [] : [file]));
  if (found.object === undefined) return unique(found.locations.flatMap((place) => nodesAt(place, index)));
  const owners = index.get(identityText(found.object)) ?? [];
  const exact = owners.filter(({ file }) => file !== undefined && files.includes(file));
  return unique(exact.length > 0 ? exact : owners);
}

/** The nodes whose objects are at a place: all of a file, or those that begin last before a line. */
function nodesAt(
  { file, line }: FindingLocation,
  index: ReadonlyMap<string, NodeOfCluster[]>,
): readonly NodeOfCluster[] {
  const all = file === undefined ? [] : (index.get(fileKey(file)) ?? []);
  if (line === undefined) return all;
  const begun = all.filter((node) => (node.line ?? 0) <= line);
  const last = begun.reduce((most, node) => Math.max(most, node.line ?? 0), 0);
  return begun.filter((node) => (node.line ?? 0) === last);
}

function unique(nodes: readonly NodeOfCluster[]): NodeOfCluster[] {
  return [...new Map(nodes.map((owner) => [keyOf(owner.cluster, owner.node), owner])).values()];
}

function fileKey(file: string): string {
  return `file ${file}`;
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
