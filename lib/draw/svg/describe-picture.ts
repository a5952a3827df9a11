import type { Picture } from '../picture';

/** A title names at most this many clusters. */
const MOST_NAMES = 3;

/** A picture in words. */
export function describePicture({ clusters, leftOut }: Picture): {
  readonly title: string;
  readonly description: string;
} {
  const parts = clusters.map(({ name, nodes, edges }) => {
    const waves = Math.max(0, ...nodes.map(({ wave }) => wave + 1));
    return `Cluster ${name}: ${nodes.length} objects in ${waves} waves, ${edges.length} relations.`;
  });
  const names =
    clusters.length > MOST_NAMES
      ? `${clusters.length} clusters`
      : clusters.map(({ name }) => name).join(', ');
  const omitted = leftOut.length > 0 ? [`Left out to fit: ${leftOut.join('; ')}.`] : [];
  return {
    title: `What Flux applies in ${names}, and in which order`,
    description: [...parts, 'Waves run from left to right.', ...omitted].join(' '),
  };
}
