import { comparePictures } from '../../draw/compare-pictures';
import type { Picture, PictureChange, PictureCluster, PictureNode } from '../../draw/picture';
import { renderPicture } from '../../draw/render-picture';
import { formatLocation } from '../../findings/format';
import { plural } from '../../findings/summary';
import { nodeId } from '../../graph/node-id';
import { KUSTOMIZE_GROUP } from '../../kinds/groups';
import { alarmOf } from '../change-groups';
import type { Change, Diff } from '../change';
import { fieldText } from './field-text';
import { groupChanges, type ChangeGroup } from './group-changes';
import { inClusters, subjectOf } from './words';

/** How many fields of a change the page lists. */
const MAX_FIELDS = 20;

/**
 * Draws a diff as one page that needs nothing else: the clusters that change, with what changes in colour, and the list of
 * changes beside.
 *
 * @param before - the picture of the base
 * @param after - the picture of the head
 * @param files - the path from the page to the root of the head, which ends in a slash, so that the page can link files
 */
export function formatDiffHtml(diff: Diff, before: Picture, after: Picture, files?: string): string {
  const names = new Set(diff.clusters.map(({ name }) => name));
  const compared = comparePictures(before, after);
  const clusters = compared.clusters.filter(({ name }) => names.size === 0 || names.has(name));
  const changes = groupChanges(diff).map(pictureChange);
  return renderPicture({ ...compared, clusters: withMarks(clusters, changes), changes }, 'html', files);
}

function pictureChange(group: ChangeGroup): PictureChange {
  const { change, clusters, locations } = group;
  const fields = change.fields.slice(0, MAX_FIELDS).map((field) => {
    const { path, before, after, isHidden } = fieldText(field);
    return `${path}: ${isHidden ? 'changed (value not shown)' : `${before} → ${after}`}`;
  });
  const more = change.fields.length - fields.length;
  const lines = [
    change.message,
    ...fields,
    more > 0 ? `and ${plural(more, 'more field')}` : '',
    change.hint ? `fix: ${change.hint}` : '',
    clusters.length > 0 ? inClusters(clusters.length) + clusters.join(', ') : '',
    locations.map(formatLocation).join(', '),
  ].filter(Boolean);
  const ids = nodeIds(change);
  const nodes = clusters.flatMap((cluster) => ids.map((id) => ({ cluster, id })));
  return { name: change.class, severity: alarmOf(change), subject: subjectOf(group), lines, nodes };
}

/** The object of a change, and the Kustomizations that apply it: the page may show only these. */
function nodeIds({ object, owner, formerOwner }: Change): string[] {
  const owners = [owner, formerOwner].flatMap((qualified) => {
    const [namespace, name] = qualified?.split('/') ?? [];
    return namespace === undefined || name === undefined
      ? []
      : [nodeId({ group: KUSTOMIZE_GROUP, kind: 'Kustomization', namespace, name })];
  });
  return [...new Set([...(object ? [nodeId(object)] : []), ...owners])];
}

/**
 * Marks only what the changes concern: pictures also show differences that the diff could not compare. If an object is
 * not drawn separately, its Kustomization is marked.
 */
function withMarks(clusters: readonly PictureCluster[], changes: readonly PictureChange[]): PictureCluster[] {
  const concerned = new Set(
    changes.flatMap(({ nodes }) => nodes.map(({ cluster, id }) => JSON.stringify([cluster, id]))),
  );
  return clusters.map((cluster) => {
    const isConcerned = ({ id }: PictureNode) => concerned.has(JSON.stringify([cluster.name, id]));
    const nodes = cluster.nodes
      .filter((node) => node.change !== 'removed' || isConcerned(node))
      .map((node) => ({ ...node, change: isConcerned(node) ? (node.change ?? 'changed') : undefined }));
    const drawn = new Set(nodes.map(({ id }) => id));
    const edges = cluster.edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to));
    return { ...cluster, nodes, edges };
  });
}
