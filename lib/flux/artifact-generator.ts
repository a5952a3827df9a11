import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Finding } from '../findings/finding';
import { throwErrors } from '../findings/findings-error';
import { isMap, mapOf } from '../plain/plain-data';
import { appliedNamespace, seenFrom } from './applied-identity';
import { fluxType } from '../kinds/flux-kinds';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ArtifactGeneratorFields, ArtifactGeneratorSources } from './generated/artifact-generator';
import { outOfCluster } from './references/reach';
import { isReferable } from './references/refer-to';
import { referenceTo, type ObjectReference } from './references/reference';
import type { ManifestObject } from '../tree/manifest';

/** A source of artifacts, and its alias, which paths start with: `@alias/path`. */
export type ArtifactSource =
  | ArtifactGeneratorSources
  | {
      /** The name that stands for the source in paths. */
      readonly alias: string;
      /** The source: a construct, or `GitRepository.fromName(...)`. */
      readonly source: ObjectReference<ArtifactGeneratorSources['kind']>;
    };

/**
 * The props of an `ArtifactGenerator`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export interface ArtifactGeneratorProps extends FluxObjectProps, Omit<ArtifactGeneratorFields, 'sources'> {
  /** The sources of the artifacts. */
  readonly sources: readonly ArtifactSource[];
}

/**
 * Creates artifacts: from parts of several sources, or by splitting one source.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export class ArtifactGenerator extends FluxObject {
  /**
   * Refers to an ArtifactGenerator that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'ArtifactGenerator'> {
    return referenceTo('ArtifactGenerator', name, namespace);
  }

  declare readonly kind: 'ArtifactGenerator';

  constructor(scope: Construct, id: string, props: ArtifactGeneratorProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('ArtifactGenerator'), spec });
  }

  protected override specification(): object {
    const spec = super.specification() as ArtifactGeneratorProps;
    return { ...spec, sources: aliased(spec.sources, this) };
  }

  /**
   * Renders the object as plain data.
   *
   * @throws FindingsError with all problems of its values
   */
  override toJson(): ManifestObject {
    const { sources } = super.specification() as ArtifactGeneratorProps;
    const far = Array.isArray(sources) ? sources.map((item, index) => farSource(item, index, this)) : [];
    throwErrors(far.flatMap((found) => found ?? []));
    return super.toJson();
  }
}

/** What is wrong with a source that is in another cluster. */
function farSource(item: unknown, index: number, owner: ApiObject): Finding | undefined {
  const { source } = mapOf(item) as { readonly source?: object };
  return source && isReferable(source) ? outOfCluster(owner, source, ['spec', 'sources', index]) : undefined;
}

/**
 * Sources in Flux's form: the reference beside its alias. Values of the wrong form are left for the schema to refuse.
 */
function aliased(sources: readonly ArtifactSource[], owner: ApiObject): unknown {
  const own = appliedNamespace(owner);
  if (!Array.isArray(sources)) return sources;
  return (sources as readonly ArtifactSource[]).map((item) => {
    if (typeof item !== 'object' || item === null || !('source' in item) || !isMap(item.source)) return item;
    const { alias, source } = item;
    const { name, namespace } = isReferable(source) ? seenFrom(owner, source) : source;
    return { alias, kind: source.kind, name, ...(namespace !== own && { namespace }) };
  });
}
