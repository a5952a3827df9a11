import type { ClusterFacts } from './cluster-facts';

/**
 * Where the files of each cluster are. `{name}`, `{environment}`, `{region}` and `{provider}` in the paths are replaced with the
 * values of the cluster.
 */
export interface FleetLayout {
  /** The entry path of a cluster, as you give it to `flux bootstrap --path`: `./clusters/{environment}/{region}`. */
  readonly path: string;
  /**
   * The folder for the directories of a cluster's FluxApps without a layer, or with a layer that is not in `layers`.
   *
   * @default - the default of a Cluster
   */
  readonly directory?: string;
  /**
   * The folder for the directories of a cluster's FluxApps of each layer, by layer.
   *
   * @default - the folder `<layer>` in `directory`
   */
  readonly layers?: Readonly<Record<string, string>>;
  /**
   * The layer of deployments that do not set one.
   *
   * @default - none
   */
  readonly layer?: string;
}

/**
 * The built-in layouts. `regions` has entry paths by environment and region, and folders for infrastructure, applications and
 * tenants beside them; `flat` has a folder for each cluster.
 */
export type NamedLayout = 'regions' | 'flat';

const LAYOUTS: Readonly<Record<NamedLayout, FleetLayout>> = {
  regions: {
    path: './clusters/{environment}/{region}',
    directory: './apps/{environment}/{region}',
    layers: {
      apps: './apps/{environment}/{region}',
      infrastructure: './infrastructure/{environment}/{region}',
      tenants: './tenants/{environment}/{region}',
    },
    layer: 'apps',
  },
  flat: { path: './clusters/{name}', directory: './apps/{name}' },
};

/** Where the files of one cluster are. */
export type ClusterLayout = Omit<FleetLayout, 'layer'>;

/** What a layout says in full. */
export function layoutOf(layout: NamedLayout | FleetLayout): FleetLayout {
  return typeof layout === 'string' ? LAYOUTS[layout] : layout;
}

/** A layout for one cluster; a placeholder that the cluster has nothing for stays as it is. */
export function layoutFor(
  { path, directory, layers }: FleetLayout,
  { name, environment, region, provider }: ClusterFacts,
): ClusterLayout {
  const facts: Readonly<Record<string, string | undefined>> = { name, environment, region, provider };
  const filled = (text: string): string =>
    text.replace(
      /\{(\w+)\}/g,
      (whole, key: string) => (Object.hasOwn(facts, key) ? facts[key] : undefined) ?? whole,
    );
  const folders = Object.entries(layers ?? {}).map(([layer, folder]) => [layer, filled(folder)]);
  return {
    path: filled(path),
    ...(directory !== undefined && { directory: filled(directory) }),
    ...(layers && { layers: Object.fromEntries(folders) as Readonly<Record<string, string>> }),
  };
}

/** The placeholders that a path still has. */
export function openPlaceholders({ path, directory = '', layers = {} }: ClusterLayout): readonly string[] {
  const texts = [path, directory, ...Object.values(layers)];
  return [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))];
}
