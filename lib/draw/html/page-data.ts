import type { Finding } from '../../findings/finding';
import { formatLocation } from '../../findings/format';
import { printDocuments } from '../../yaml/print';
import type { PageChange, PageData, PageEdge, PageFinding, PageNode } from '../page-data';
import { drawnEnds, qualifiedName, type Picture, type PictureEdge, type PictureNode } from '../picture';
import { holdersOf } from '../holders';
import { Numbers } from './numbers';
import { versionsOf } from './versions';

/** What the nodes of all clusters share. */
interface Tables {
  readonly findings: Numbers<Finding>;
  readonly texts: Numbers<string>;
  readonly versions: ReadonlyMap<PictureNode, number>;
}

/**
 * What the page's script is told of a picture.
 *
 * @param files - what leads from the page to the root of the repository
 */
export function pageData(picture: Picture, files = ''): PageData {
  const tables = {
    findings: new Numbers<Finding>(),
    texts: new Numbers<string>(),
    versions: versionsOf(picture),
  };
  const nodes: PageNode[] = [];
  const edges: PageEdge[] = [];
  const indexes = new Map<string, number>();
  picture.clusters.forEach((cluster, index) => {
    const first = nodes.length;
    const holders = holdersOf(cluster);
    cluster.nodes.forEach((node, number) => {
      indexes.set(nodeKey(cluster.name, node.id), nodes.length);
      const held = holders[number] ?? -1;
      nodes.push({ cluster: index, holder: held < 0 ? -1 : first + held, ...nodeData(node, tables) });
    });
    const ids = new Map(cluster.nodes.map(({ id }, number) => [id, first + number]));
    edges.push(...cluster.edges.map((edge) => edgeData(edge, ids)));
  });
  picture.findings.forEach((found) => tables.findings.of(found));
  return {
    clusters: picture.clusters.map(({ name, entry }) => ({
      name,
      entry: entry || 'the root of the repository',
    })),
    nodes,
    edges,
    findings: tables.findings.all.map(findingData),
    changes: changeData(picture, indexes),
    texts: tables.texts.all,
    leftOut: picture.leftOut.join('; '),
    files,
  };
}

function nodeKey(cluster: string, id: string): string {
  return JSON.stringify([cluster, id]);
}

function changeData({ changes = [] }: Picture, indexes: ReadonlyMap<string, number>): PageChange[] {
  return changes.map(({ nodes, ...change }) => ({
    ...change,
    nodes: nodes.flatMap(({ cluster, id }) => indexes.get(nodeKey(cluster, id)) ?? []),
  }));
}

function nodeData(
  node: PictureNode,
  { findings, texts, versions }: Tables,
): Omit<PageNode, 'cluster' | 'holder'> {
  const { id, type, identity, layer = '', wave, trouble = '', change = '', place, object, applies } = node;
  const list = applies.map((applied) => `${applied.kind} ${qualifiedName(applied)}`);
  return {
    id,
    type,
    kind: identity.kind,
    namespace: identity.namespace ?? '',
    name: identity.name,
    layer,
    wave,
    version: versions.get(node) ?? 0,
    trouble,
    state: stateOf(node),
    change,
    place: place ? formatLocation(place) : '',
    file: place?.file ?? '',
    line: place?.line ?? 0,
    yaml: object ? texts.of(printDocuments([{ object }])) : -1,
    appliedBy: node.appliedBy.map((owner) => owner.slice(owner.indexOf('/') + 1)).join(', '),
    applies: list.length > 0 ? texts.of(list.join('\n')) : -1,
    count: list.length,
    findings: node.findings.map((found) => findings.of(found)),
  };
}

function stateOf({ trouble, state }: PictureNode): string {
  if (trouble === 'cycle') return 'never starts: it is part of a dependency cycle';
  if (trouble === 'failing') return 'never becomes ready';
  if (trouble === 'blocked') return 'never starts: it waits for something that never becomes ready';
  if (state === 'missing') return 'not in the repository';
  if (state === 'made') return 'created in the cluster';
  return state === 'entry' ? 'created by flux bootstrap' : '';
}

/** An alert or a receiver does not depend on the objects that it watches or triggers. */
function isNeed({ kind }: PictureEdge): boolean {
  return kind !== 'event-source' && kind !== 'receiver';
}

function edgeData(edge: PictureEdge, ids: ReadonlyMap<string, number>): PageEdge {
  const [tail, head] = drawnEnds(edge).map((end) => ids.get(end) as number) as [number, number];
  const { kind, trouble = '', change = '' } = edge;
  return { tail, head, kind, isNeed: isNeed(edge), trouble, change };
}

function findingData({ severity, code, message, hint = '', locations }: Finding): PageFinding {
  const where = locations.map(formatLocation).filter(Boolean).join(' and ');
  return { severity, code, message, hint, where };
}
