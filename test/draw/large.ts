import type { Picture } from '../../lib/draw/picture';
import { fluxKustomization } from '../graph/tree-of';
import { pictureOf, release } from './pictures';

/** The structure of a repository. */
export interface Shape {
  /** The number of apps: each has a Kustomization with a HelmRelease, its repository and a Secret. */
  readonly apps: number;
  /** The number of layers over which they are distributed. */
  readonly layers: number;
  /** The number of waves that they need. */
  readonly waves: number;
}

/** A picture of a cluster whose apps wait for one another, about four objects for each app. */
export function appsPicture({ apps, layers, waves }: Shape): Picture {
  const perWave = Math.ceil(apps / waves);
  const nameOf = (index: number): string =>
    `app-${index}-with-a-rather-long-name`.slice(0, 8 + (index % 24)).replace(/-$/, '');
  const kustomizations = Array.from({ length: apps }, (_, index) => {
    const wave = Math.floor(index / perWave);
    const before = [0, 1].map((step) => (wave - 1) * perWave + ((index + step * 7) % perWave));
    const names = wave === 0 ? [] : [...new Set(before)].map((earlier) => `{ name: ${nameOf(earlier)} }`);
    const path = `./apps/layer-${index % layers}/${nameOf(index)}`;
    return fluxKustomization(
      nameOf(index),
      path,
      names.length > 0 ? [`dependsOn: [${names.join(', ')}]`] : [],
    );
  });
  const files = Array.from({ length: apps }, (_, index): [string, string] => [
    `apps/layer-${index % layers}/${nameOf(index)}/app.yaml`,
    release.replaceAll('namespace: shop', `namespace: shop-${index}`),
  ]);
  return pictureOf({ 'clusters/prod/all.yaml': kustomizations.join(''), ...Object.fromEntries(files) });
}
