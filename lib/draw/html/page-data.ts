import type { Finding } from '../../findings/finding';
import { formatLocation } from '../../findings/format';
import { printDocuments } from '../../yaml/print';
import type { LaidOutCluster, LaidOutPicture } from '../layout/laid-out';
import type { PageChange, PageData, PageEdge, PageFinding, PageNode } from '../page-data';
import { drawnEnds, qualifiedName, type Picture, type PictureEdge, type PictureNode } from '../picture';

/** What the page's script is told of a picture. */
export function pageData(picture: LaidOutPicture, height: number): PageData {
  const findings = new FindingNumbers();
  const nodes: PageNode[] = [];
  const edges: PageEdge[] = [];
  const indexes = new Map<string, number>();
  picture.clusters.forEach((placed, index) => {
    const first = nodes.length;
    placed.nodes.forEach(({ node, x, y, width, height: tall }, number) => {
      indexes.set(nodeKey(placed.cluster.name, node.id), nodes.length);
      const box = { x, y, width, height: tall };
      nodes.push({ ...nodeData(node, placed.cluster.name, findings), key: `n${index}-${number}`, ...box });
    });
    edges.push(...edgeData(placed, index, first));
  });
  picture.picture.findings.forEach((found) => findings.numberOf(found));
  const changes = changeData(picture.picture, indexes);
  return { width: picture.width, height, nodes, edges, findings: findings.all.map(findingData), changes };
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

/** Findings in the order in which they are first met. */
class FindingNumbers {
  readonly all: Finding[] = [];
  private readonly numbers = new Map<Finding, number>();

  numberOf(found: Finding): number {
    const known = this.numbers.get(found);
    if (known !== undefined) return known;
    this.numbers.set(found, this.all.length);
    return this.all.push(found) - 1;
  }
}

function nodeData(node: PictureNode, cluster: string, findings: FindingNumbers) {
  const { identity, layer = '', wave, change = '', place, object, appliedBy, applies } = node;
  return {
    cluster,
    kind: identity.kind,
    namespace: identity.namespace ?? '',
    name: identity.name,
    layer,
    wave,
    state: stateOf(node),
    change,
    place: place ? formatLocation(place) : '',
    yaml: object ? printDocuments([{ object }]) : '',
    appliedBy: appliedBy.map((id) => id.slice(id.indexOf('/') + 1)).join(', '),
    applies: applies.map((applied) => `${applied.kind} ${qualifiedName(applied)}`),
    findings: node.findings.map((found) => findings.numberOf(found)),
  };
}

function stateOf({ trouble, state }: PictureNode): string {
  if (trouble === 'cycle') return 'waits in a loop and never starts';
  if (trouble === 'failing') return 'never becomes ready';
  if (trouble === 'blocked') return 'never starts: it waits for something that never becomes ready';
  if (state === 'missing') return 'not in the repository';
  if (state === 'made') return 'made in the cluster';
  return state === 'entry' ? 'made by the bootstrap' : '';
}

/** An alert or a receiver needs nothing of what it watches or wakes. */
function isNeed({ kind }: PictureEdge): boolean {
  return kind !== 'event-source' && kind !== 'receiver';
}

function edgeData({ cluster, edges }: LaidOutCluster, index: number, first: number): PageEdge[] {
  const indexes = new Map(cluster.nodes.map(({ id }, number) => [id, first + number]));
  return edges.map(({ edge }, number) => {
    const [tail, head] = drawnEnds(edge).map((end) => indexes.get(end) as number) as [number, number];
    return {
      key: `e${index}-${number}`,
      tail,
      head,
      kind: edge.kind,
      isNeed: isNeed(edge),
      change: edge.change ?? '',
    };
  });
}

function findingData({ severity, code, message, hint = '', locations }: Finding): PageFinding {
  return {
    severity,
    code,
    message,
    hint,
    where: locations.map(formatLocation).filter(Boolean).join(' and '),
  };
}
