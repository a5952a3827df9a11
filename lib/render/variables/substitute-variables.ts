import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Finding } from '../../findings/finding';
import type { SubstituteReference } from '../../flux/kustomization';
import { appliedNamespace, nameIn, namespaceIn } from '../../flux/applied-identity';
import { destinationOf, targetDirectory, type Directory } from '../../flux/directory';
import { isReferable, referTo } from '../../flux/references/refer-to';
import { isWrittenForFlux } from '../../flux/side-data';
import { numbersToText } from '../../flux/variables/variable-number';
import { variablesAreUsed } from '../../flux/variables/variable-text';
import { mapOf } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { DirectoryVariables, type PostBuild } from './directory-variables';
import { UNKNOWN_VARIABLES } from './unknown-variables';
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
  readonly directory?: Directory;
  readonly object: ManifestObject;
}

/** A Secret that is not printed as an object: what the names of its entries are. */
export interface KnownSecret {
  readonly directory: Directory;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly keys: readonly string[];
}

/** Objects whose variables have the form that Flux fills in. */
export interface SubstitutedObjects {
  /** The object of each construct. */
  readonly objects: ReadonlyMap<IConstruct, ManifestObject>;
  /** The directories in which Flux substitutes variables. */
  readonly substituting: ReadonlySet<Directory>;
}

/** What the steps of one run share. */
interface Work {
  readonly objects: Map<IConstruct, ManifestObject>;
  readonly rendered: readonly RenderedObject[];
  readonly secrets: readonly KnownSecret[];
  /** By the cluster that they are applied to. */
  readonly sources: Map<string, VariableSources>;
  readonly findings: Finding[];
}

/**
 * Puts variables into the form that Flux fills in, makes the Kustomizations define those that come from their cluster,
 * and escapes all other text where Flux substitutes. What has nothing to do with it stays the same.
 *
 * @param findings - gets what is wrong with variables
 */
export function substituteVariables(
  rendered: readonly RenderedObject[],
  secrets: readonly KnownSecret[],
  findings: Finding[],
): SubstitutedObjects {
  const objects = new Map<IConstruct, ManifestObject>(
    rendered.map(({ construct, object }) => [construct, numbersToText(object)]),
  );
  const work: Work = { objects, rendered, secrets, sources: new Map(), findings };
  const substituting = new Set<Directory>();
  for (const [directory, constructs] of byDirectory(rendered)) {
    if (substituteInDirectory(directory, constructs, work)) substituting.add(directory);
  }
  substituteElsewhere(rendered, work);
  return { objects, substituting };
}

/** As far as we know, nobody applies an object outside directories. */
function substituteElsewhere(rendered: readonly RenderedObject[], work: Work): void {
  if (!variablesAreUsed()) return;
  const printer = new VariablePrinter(undefined, work.findings);
  const constructs = rendered
    .filter(({ directory }) => directory === undefined)
    .map(({ construct }) => construct);
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

/** Children come before their parents: a Kustomization is complete before it is printed itself. */
function byDirectory(rendered: readonly RenderedObject[]): [Directory, ApiObject[]][] {
  const directories = new Map<Directory, ApiObject[]>();
  for (const { directory, construct } of rendered) {
    if (!directory) continue;
    const contents = directories.get(directory);
    if (contents) contents.push(construct);
    else directories.set(directory, [construct]);
  }
  const depth = ({ parent }: Directory): number => (parent ? depth(parent) + 1 : 0);
  return [...directories].sort(([a], [b]) => depth(b) - depth(a));
}

/** Puts the variables of a directory into Flux's form; returns whether Flux substitutes there. */
function substituteInDirectory(directory: Directory, constructs: readonly ApiObject[], work: Work): boolean {
  const { kustomization } = directory;
  const own = kustomization && work.objects.get(kustomization);
  const given = givenPostBuild(directory, own);
  if (given === undefined && !variablesAreUsed() && !constructs.some(isWrittenForFlux)) return false;
  const variables = kustomization && variablesOf(directory, given ?? {}, work);
  const isUnknown = directory.cluster === undefined;
  const printer = new VariablePrinter(isUnknown ? UNKNOWN_VARIABLES : variables, work.findings);
  printAll(constructs, printer, work);
  const isUsed = isUnknown && printer.usesVariables;
  if (!variables) return isUsed;
  if (own && variables.isExtended) work.objects.set(kustomization, withPostBuild(own, variables));
  for (const reference of variables.clusterSources) toSource(reference, directory, work.findings);
  return variables.isActive || isUsed;
}

function withPostBuild(own: ManifestObject, variables: DirectoryVariables): ManifestObject {
  return { ...own, spec: { ...mapOf(own['spec']), postBuild: variables.postBuild() } };
}

/** The variables that the Kustomization of a directory sets: as rendered, or as its author set them. */
function givenPostBuild(
  { kustomization }: Directory,
  own: ManifestObject | undefined,
): PostBuild | undefined {
  if (!own) return kustomization?.postBuild as PostBuild | undefined;
  return (own['spec'] as { readonly postBuild?: PostBuild } | undefined)?.postBuild;
}

function printable(construct: ApiObject, { objects }: Work): PrintableObject {
  const object = objects.get(construct) as ManifestObject;
  return { constructPath: construct.node.path, object, writtenForFlux: isWrittenForFlux(construct) };
}

function variablesOf(directory: Directory, postBuild: PostBuild, work: Work): DirectoryVariables {
  const { values, from } = directory.cluster?.variables ?? { values: {}, from: [] };
  const kustomization = directory.kustomization as ApiObject;
  return new DirectoryVariables({
    namespace: appliedNamespace(kustomization) ?? '',
    postBuild,
    values,
    clusterFrom: from.map((given) => ({ given, source: toSource(given, directory, []) })),
    sources: sourcesOf(destinationOf(targetDirectory(kustomization)) ?? '', work),
  });
}

/** The entry of `substituteFrom` in a directory's Kustomization for a ConfigMap or Secret. */
function toSource(
  reference: SubstituteReference,
  directory: Directory,
  findings: Finding[],
): SourceReference {
  const path = ['spec', 'postBuild', 'substituteFrom'];
  const owner = directory.kustomization as ApiObject;
  return (isReferable(reference) ? referTo(owner, reference, path, findings) : reference) as SourceReference;
}

/** @param cluster - where the Kustomization is that reads them: see `destinationOf` */
function sourcesOf(cluster: string, work: Work): VariableSources {
  const known = work.sources.get(cluster);
  if (known) return known;
  const sources = new VariableSources();
  for (const { directory, object } of work.rendered) {
    if (destinationOf(directory) === cluster)
      sources.add(object, applied(directory, object.kind, object.metadata));
  }
  for (const { directory, metadata, keys } of work.secrets) {
    if (destinationOf(directory) !== cluster) continue;
    const entries = new Map(keys.map((key) => [key, undefined]));
    sources.addEntries('Secret', applied(directory, 'Secret', metadata), entries);
  }
  work.sources.set(cluster, sources);
  return sources;
}

/** The name and namespace that Flux gives an object of a directory. */
function applied(
  directory: Directory | undefined,
  kind: string,
  { name = '', namespace }: { readonly name?: string; readonly namespace?: string } = {},
): { readonly name: string; readonly namespace?: string } {
  return { name: nameIn(directory, { name, kind }), namespace: namespaceIn(directory, namespace) };
}
