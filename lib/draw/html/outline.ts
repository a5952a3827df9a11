import { element, escapeMarkup } from '../../findings/markup';
import { groupBy } from '../../plain/group-by';
import { describeNode } from '../svg/draw-node';
import type { Picture, PictureCluster } from '../picture';

/** A picture as lists, for a page whose script does not run: the clusters, their waves, and the objects in them. */
export function outline({ clusters, leftOut }: Picture): string {
  const note = leftOut.length > 0 ? [element('p', {}, escapeMarkup(`Left out: ${leftOut.join('; ')}.`))] : [];
  return element('div', { id: 'outline' }, ...note, ...clusters.map(clusterOutline));
}

function clusterOutline({ name, nodes }: PictureCluster): string {
  const waves = [...groupBy(nodes, ({ wave }) => wave)].sort(([a], [b]) => a - b);
  const lists = waves.map(([wave, members]) => {
    const items = members.map((node) => element('li', {}, escapeMarkup(describeNode(node))));
    return `${element('h3', {}, `wave ${wave}`)}\n${element('ul', {}, ...items)}`;
  });
  return [element('h2', {}, escapeMarkup(name)), ...lists, ''].join('\n');
}
