import { configMap, fluxKustomization } from '../../graph/tree-of';
import { object, type Files } from '../small-repositories';

/** A line of a spec: what it waits for. */
export const waits = (on: string) => `dependsOn: [{ name: ${on} }]`;

/** A HelmRelease in the namespace of Flux; its spec as lines. */
export const release = (name: string, ...spec: readonly string[]) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    'flux-system',
    'spec:',
    ...['interval: 1h', ...spec].map((text) => `  ${text}`),
  );

/** Kustomizations of one folder, with lines of their spec, and more files. */
export function repository(specs: Readonly<Record<string, readonly string[]>>, more: Files = {}): Files {
  return {
    ...Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        `clusters/prod/${name}.yaml`,
        fluxKustomization(name, './apps', spec),
      ]),
    ),
    'apps/map.yaml': configMap('a'),
    ...more,
  };
}
