import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { FLUX_NAMESPACE } from '../kinds/names';
import { isMap } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import { checkArguments, reportProblems } from './arguments/check-arguments';
import { chartOf } from './chart-of';
import { hideDependencies } from './dependencies/author-dependencies';
import { orderMetadata } from './order-fields';
import { plainMetadata } from './plain-object';
import { resolveSpec } from './resolve-spec';
import { setFile } from './side-data';
import { rememberSource } from './source-line';

const FLUX_OBJECT = Symbol.for('cdk8s-flux.FluxObject');

/** The props of every Flux object, in addition to its spec. */
export interface FluxObjectProps {
  /**
   * The name of the object.
   *
   * @default - the construct ids below the `FluxApp`, joined by `-`
   */
  readonly name?: string;
  /**
   * The namespace of the object.
   *
   * @default - the `namespace` of the `FluxApp`, otherwise `flux-system`
   */
  readonly namespace?: string;
  /**
   * Labels of the object.
   *
   * @default - only those of the `FluxApp`
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The file, in the directory of its `FluxApp`.
   *
   * @default - `<id>.yaml`, with the id of the directory's direct child that contains the object
   */
  readonly file?: string;
}

/** Takes the metadata fields out of flat props; what is left is the object's spec. */
export function splitProps<Props extends FluxObjectProps>(
  props: Props,
): [FluxObjectProps, Omit<Props, keyof FluxObjectProps>] {
  // Without types, the value may be anything. If it is not a map, it is passed on, and the constructor refuses it.
  if (!isMap(props)) return [props, {} as Omit<Props, keyof FluxObjectProps>];
  const { name, namespace, labels, annotations, file, ...spec } = props as Props;
  return [{ name, namespace, labels, annotations, file }, spec];
}

/**
 * An object of one of Flux's kinds. Its spec may contain constructs instead of references, tokens of cdk8s, and
 * `Duration`s. With JSON patches, you can add any field, even one that the types do not have.
 */
export abstract class FluxObject extends ApiObject {
  /** Whether a value is a `FluxObject`, including one from another copy of this package. */
  static isFluxObject(value: unknown): value is FluxObject {
    return typeof value === 'object' && value !== null && FLUX_OBJECT in value;
  }

  /**
   * The fields that the `FluxApp` that made it gave, since its author did not.
   *
   * @internal
   */
  defaultFields: readonly string[] = [];

  private readonly edits: JsonPatch[] = [];
  private readonly fields: object;

  protected constructor(
    scope: Construct,
    id: string,
    props: FluxObjectProps,
    { apiVersion, kind, spec }: { readonly apiVersion: string; readonly kind: string; readonly spec: object },
  ) {
    const checked = checkArguments('FluxObject', scope, id, props);
    super(scope, id, { apiVersion, kind, metadata: metadataOf(scope, id, checked.props) });
    this.fields = spec;
    if (checked.props.file !== undefined) setFile(this, checked.props.file);
    reportProblems(this, checked);
    Object.defineProperty(this, FLUX_OBJECT, { value: true });
    hideDependencies(this);
    rememberSource(this);
  }

  /**
   * The fields of the spec that its author did not give, and that follow from other constructs.
   *
   * @internal
   */
  get impliedFields(): readonly string[] {
    const given = this.fields as Readonly<Record<string, unknown>>;
    return Object.entries(this.specification()).flatMap(([field, value]) =>
      value !== undefined && given[field] === undefined ? [field] : [],
    );
  }

  /** The spec from the props, completed with fields that follow from other constructs. */
  protected specification(): object {
    return this.fields;
  }

  /**
   * Applies JSON patch operations (RFC 6902) to the object before synth writes it. They may add any field, even one
   * that the types do not have.
   *
   * @see https://www.rfc-editor.org/rfc/rfc6902
   */
  override addJsonPatch(...ops: JsonPatch[]): void {
    this.edits.push(...ops);
  }

  /**
   * Renders the object as plain data.
   *
   * @throws FindingsError with all problems of its values
   */
  override toJson(): ManifestObject {
    const findings: Finding[] = [];
    const spec = resolveSpec(this, this.specification(), findings);
    if (findings.length > 0) throw new FindingsError(findings);
    const metadata = plainMetadata(this) ?? orderMetadata(this.metadata.toJson() as Record<string, unknown>);
    const object = { apiVersion: this.apiVersion, kind: this.kind, metadata, spec };
    return (this.edits.length > 0 ? JsonPatch.apply(object, ...this.edits) : object) as ManifestObject;
  }
}

/** The namespace of an object of Flux, or of what is made for one: the given one, else the chart's, else Flux's own. */
export function fluxNamespace(scope: Construct, given?: string): string {
  return given ?? chartOf(scope).namespace ?? FLUX_NAMESPACE;
}

/** `ApiObject` treats a key that is present but undefined as a value, so we pass on only keys with a value. */
function metadataOf(scope: Construct, id: string, props: FluxObjectProps): object {
  chartOf(scope, id);
  const { name, labels, annotations } = props;
  const namespace = fluxNamespace(scope, props.namespace);
  return {
    ...(name !== undefined && { name }),
    namespace,
    ...(labels && { labels: { ...labels } }),
    ...(annotations && { annotations: { ...annotations } }),
  };
}
