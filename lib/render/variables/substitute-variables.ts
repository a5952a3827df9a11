import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Finding } from '../../findings/finding';
import type { SubstituteReference } from '../../flux/kustomization';
import type { Place } from '../../flux/directory';
import { isReferable, referTo } from '../../flux/references/reference';
import { isWrittenForFlux } from '../../flux/side-data';
import { numbersToText } from '../../flux/variables/variable-number';
import { variablesAreUsed } from '../../flux/variables/variable-text';
import type { ManifestObject } from '../../tree/manifest';
import { PlaceVariables, type PostBuild } from './directory-variables';
import { VariablePrinter, type PrintableObject } from './variable-printer';
import { VariableSources, type SourceReference } from './variable-sources';

/** An object as it was rendered. */
export interface RenderedObject {
  readonly construct: ApiObject;
  /**
   * The directory that it is written to.
   *
   * @default - none
   */
  readonly home?: Place;
  readonly object: ManifestObject;
}

/** A Secret that is not printed as an object: what the names of its entries are. */
export interface KnownSecret {
  readonly home: Place;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly keys: readonly string[];
}

/** What became of objects when their variables were settled. */
export interface SettledObjects {
  /** The object of each construct. */
  readonly objects: ReadonlyMap<IConstruct, ManifestObject>;
  /** The directories in which Flux substitutes variables. */
  readonly substituting: ReadonlySet<Place>;
}

/** What the parts of one settlement share. */
interface Work {
  readonly objects: Map<IConstruct, ManifestObject>;
  readonly rendered: readonly RenderedObject[];
  readonly secrets: readonly KnownSecret[];
  /** By the place of the cluster. */
  readonly sources: Map<Place, VariableSources>;
  readonly findings: Finding[];
}

/**
 * Puts variables into the form that Flux fills in, makes the Kustomizations define those that come from their cluster,
 * and escapes all other text where Flux substitutes. What has nothing to do with it stays the same.
 *
 * @param findings - gets what is wrong with variables
 */
export function settleVariables(
  rendered: readonly RenderedObject[],
  secrets: readonly KnownSecret[],
  findings: Finding[],
): SettledObjects {
  const objects = new Map<IConstruct, ManifestObject>(
    rendered.map(({ construct, object }) => [construct, numbersToText(object)]),
  );
  const work: Work = { objects, rendered, secrets, sources: new Map(), findings };
  const substituting = new Set<Place>();
  for (const [place, constructs] of byHome(rendered)) {
    if (settlePlace(place, constructs, work)) substituting.add(place);
  }
  settleElsewhere(rendered, work);
  return { objects, substituting };
}

/** What is in no directory is applied by nobody that we know of. */
function settleElsewhere(rendered: readonly RenderedObject[], work: Work): void {
  if (!variablesAreUsed()) return;
  const printer = new VariablePrinter(undefined, work.findings);
  const constructs = rendered.filter(({ home }) => home === undefined).map(({ construct }) => construct);
  printAll(constructs, printer, work);
}

function printAll(constructs: readonly ApiObject[], printer: VariablePrinter, work: Work): void {
  const items = constructs.map((construct) => printable(construct, work));
  for (const item of items) printer.gather(item);
  printer.define();
  constructs.forEach((construct, index) => {
    work.objects.set(construct, printer.print(items[index] as PrintableObject));
  });
}

/** Children before what they are in: a Kustomization is complete before it is printed itself. */
function byHome(rendered: readonly RenderedObject[]): [Place, ApiObject[]][] {
  const homes = new Map<Place, ApiObject[]>();
  for (const { home, construct } of rendered) {
    if (!home) continue;
    const contents = homes.get(home);
    if (contents) contents.push(construct);
    else homes.set(home, [construct]);
  }
  const depth = ({ parent }: Place): number => (parent ? depth(parent) + 1 : 0);
  return [...homes].sort(([a], [b]) => depth(b) - depth(a));
}

/** Settles the variables of a place; tells whether Flux substitutes there. */
function settlePlace(place: Place, constructs: readonly ApiObject[], work: Work): boolean {
  const { kustomization } = place;
  const own = kustomization && work.objects.get(kustomization);
  const spec = own?.['spec'] as { readonly postBuild?: PostBuild } | undefined;
  const given = own ? spec?.postBuild : (kustomization?.postBuild as PostBuild | undefined);
  if (given === undefined && !variablesAreUsed() && !constructs.some(isWrittenForFlux)) return false;
  const variables = kustomization && variablesOf(place, given ?? {}, work);
  const printer = new VariablePrinter(variables, work.findings);
  printAll(constructs, printer, work);
  if (own && variables?.isExtended) {
    work.objects.set(kustomization, { ...own, spec: { ...spec, postBuild: variables.postBuild() } });
  }
  for (const reference of variables?.clusterSources ?? []) toSource(reference, place, work.findings);
  return variables?.isActive === true;
}

function printable(construct: ApiObject, { objects }: Work): PrintableObject {
  const object = objects.get(construct) as ManifestObject;
  return { constructPath: construct.node.path, object, writtenForFlux: isWrittenForFlux(construct) };
}

function variablesOf(place: Place, postBuild: PostBuild, work: Work): PlaceVariables {
  const { values, from } = place.cluster.variables ?? { values: {}, from: [] };
  const kustomization = place.kustomization as ApiObject;
  return new PlaceVariables({
    namespace: kustomization.metadata.namespace ?? '',
    postBuild,
    values,
    clusterFrom: from.map((given) => ({ given, source: toSource(given, place, []) })),
    sources: sourcesOf(place.cluster, work),
  });
}

/** What `substituteFrom` of a place's Kustomization says for a ConfigMap or Secret. */
function toSource(reference: SubstituteReference, place: Place, findings: Finding[]): SourceReference {
  const path = ['spec', 'postBuild', 'substituteFrom'];
  const owner = place.kustomization as ApiObject;
  return (isReferable(reference) ? referTo(owner, reference, path, findings) : reference) as SourceReference;
}

function sourcesOf(cluster: Place, work: Work): VariableSources {
  const known = work.sources.get(cluster);
  if (known) return known;
  const sources = new VariableSources();
  for (const { home, object } of work.rendered) if (home?.cluster === cluster) sources.add(object);
  for (const { home, metadata, keys } of work.secrets) {
    if (home.cluster === cluster) {
      sources.addEntries('Secret', metadata, new Map(keys.map((key) => [key, undefined])));
    }
  }
  work.sources.set(cluster, sources);
  return sources;
}
