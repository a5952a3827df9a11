import { comparableText } from '../../../plain/comparable-text';
import { DEFAULT_COMPONENTS, EXTRA_COMPONENTS, type FluxComponent } from '../../../kinds/components';
import { SHARD_KEY, WATCH_FLAG } from '../../../kinds/sharding';
import { matchesLabels } from '../../../plain/match-labels';
import { once } from '../../../plain/once';
import { listOf, mapOf, textOf, textsOf, valueAt, type PlainMap } from '../../../plain/plain-data';
import type { FindingLocation } from '../../../findings/finding';
import type { ManifestObject } from '../../../tree/manifest';
import { compareVersions } from '../../../schema/flux-kinds';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { fluxInstallation, instancesOf } from './flux-installation';
import { groupBy } from '../../../plain/group-by';
import { baseName } from '../../../tree/path';
import { withoutVersion } from '../../../plain/without-version';

/** A controller of Flux that runs in a cluster. */
export interface ControllerInstance {
  readonly component: FluxComponent;
  /** The name of its Deployment. */
  readonly name: string;
  /** The selector of the objects that it watches; `''` for all. */
  readonly selector: string;
  /**
   * Where its Deployment is.
   *
   * @default - the Flux operator makes it
   */
  readonly location?: FindingLocation;
}

const ALL_NAMESPACES_FLAG = '--watch-all-namespaces';

const COMPONENTS: readonly FluxComponent[] = [...DEFAULT_COMPONENTS, ...EXTRA_COMPONENTS];

/** The controllers that the Flux operator creates for each shard; the source-watcher since Flux 2.9. */
const OPERATOR_SHARDS: ReadonlySet<FluxComponent> = new Set<FluxComponent>([
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
]);

/**
 * The controllers that the files of a cluster install, by component: the Deployments that a Kustomization applies, as those of
 * `gotk-components.yaml`, else those that a FluxInstance makes. Empty where the files do not show them, or where something
 * in the cluster may make more.
 */
export const controllersOf = once((facts: ClusterFacts): ReadonlyMap<FluxComponent, ControllerInstance[]> => {
  if (facts.nodes.length === 0 || makesShards(facts)) return new Map();
  const deployed = deployedControllers(facts);
  return groupBy(deployed.length > 0 ? deployed : operatorControllers(facts), ({ component }) => component);
});

/** The controllers that watch an object; `undefined` where that cannot be told. */
export function watching(
  instances: readonly ControllerInstance[],
  labels: unknown,
): readonly ControllerInstance[] | undefined {
  const known = mapOf(labels);
  const verdicts = instances.map(({ selector }) => matchesLabels(selector, known));
  return verdicts.includes(undefined) ? undefined : instances.filter((_, index) => verdicts[index]);
}

/** Whether something creates controllers of shards in the cluster, such as the FluxShardSet of Weave GitOps. */
function makesShards(facts: ClusterFacts): boolean {
  return facts.ofKind('FluxShardSet').length > 0;
}

function deployedControllers(facts: ClusterFacts): ControllerInstance[] {
  return facts.ofKind('Deployment').flatMap((applied) => instanceOf(applied) ?? []);
}

function instanceOf({ identity, object, location }: OwnedObject): ControllerInstance | undefined {
  if (identity.group !== 'apps') return undefined;
  const component = componentOf(object);
  if (component === undefined || valueAt(object.spec, 'replicas') === 0) return undefined;
  if (watchesOwnNamespace(object)) return undefined;
  return { component, name: identity.name, selector: selectorOf(object), location };
}

/** Whether a controller sees only the objects beside it: several installations of Flux may share a cluster in this way. */
function watchesOwnNamespace(deployment: ManifestObject): boolean {
  const args = containersOf(deployment).flatMap((container) => textsOf(container.args));
  return (
    args.filter((text) => text.startsWith(`${ALL_NAMESPACES_FLAG}=`)).at(-1) ===
    `${ALL_NAMESPACES_FLAG}=false`
  );
}

/** The controller that a Deployment runs, by the name of its image, which mirrors keep. */
const componentOf = once((deployment: ManifestObject): FluxComponent | undefined => {
  const images = new Set(
    containersOf(deployment).map(({ image }) => baseName(withoutVersion(textOf(image) ?? ''))),
  );
  return COMPONENTS.find((name) => images.has(name));
});

function selectorOf(deployment: ManifestObject): string {
  const args = containersOf(deployment).flatMap(({ args }) => textsOf(args));
  const given = args.flatMap((text, index) => {
    if (text === WATCH_FLAG) return [args[index + 1] ?? ''];
    return text.startsWith(`${WATCH_FLAG}=`) ? [text.slice(WATCH_FLAG.length + 1)] : [];
  });
  return given.at(-1) ?? '';
}

function containersOf(deployment: ManifestObject): PlainMap[] {
  return listOf(valueAt(deployment.spec, 'template', 'spec', 'containers')).map(mapOf);
}

/** What the Flux operator creates for a FluxInstance; its patches may change that. */
function operatorControllers(facts: ClusterFacts): ControllerInstance[] {
  const [spec] = instancesOf(facts);
  if (!spec || comparableText(spec.kustomize).includes(WATCH_FLAG)) return [];
  const { components, version } = fluxInstallation(facts);
  const { key, shards } = mapOf(spec.sharding);
  const names = textsOf(shards);
  return COMPONENTS.filter((name) => components?.has(name)).flatMap((component) => {
    const isWatcher = component === 'source-watcher';
    if (isWatcher && version === undefined) return [];
    const isOld = isWatcher && compareVersions(version ?? '', '2.9') < 0;
    if (names.length === 0 || isOld || !OPERATOR_SHARDS.has(component))
      return [{ component, name: component, selector: '' }];
    const label = textOf(key) ?? SHARD_KEY;
    const ofShards = names.map((shard) => ({
      component,
      name: `${component}-${shard}`,
      selector: `${label}=${shard}`,
    }));
    return [{ component, name: component, selector: `!${label}` }, ...ofShards];
  });
}
