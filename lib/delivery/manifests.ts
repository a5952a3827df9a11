import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { requireText } from '../flux/arguments/require-text';
import { FindingsError } from '../findings/findings-error';
import { report, setWrittenForFlux } from '../flux/side-data';
import type { ManifestObject } from '../tree/manifest';
import { mapOf } from '../plain/plain-data';
import { readFile } from '../tree/read-file';
import { parseDocuments, type ParsedDocument } from '../yaml/parse';

/** An object from a file: printed as it is there, except for what patches change. */
class FileObject extends ApiObject {
  private readonly edits: JsonPatch[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly object: ManifestObject,
  ) {
    const { name, namespace } = object.metadata ?? {};
    super(scope, id, {
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) },
    });
  }

  override addJsonPatch(...ops: JsonPatch[]): void {
    this.edits.push(...ops);
  }

  override toJson(): ManifestObject {
    return this.edits.length > 0
      ? (JsonPatch.apply(structuredClone(this.object), ...this.edits) as ManifestObject)
      : this.object;
  }
}

/** The options of `Manifests.fromFile`. */
export interface ManifestsFromFileOptions {
  /**
   * Patches by object, `Kind/name`. Everything else stays as it is in the file.
   *
   * @default - no patches
   */
  readonly patches?: Readonly<Record<string, readonly JsonPatch[]>>;
  /**
   * Whether `${name}` in the file is a Flux variable. If `false`, it is text, and synth escapes it so that Flux does
   * not substitute it.
   *
   * @default false
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
   */
  readonly substitute?: boolean;
}

/** Kubernetes objects from a YAML file. */
export class Manifests extends Construct {
  /**
   * Adds the objects of a local YAML file. Namespaces, names and fields stay as they are. The items of a `List` become
   * separate objects. Your program reads the file without starting another process.
   *
   * @param scope - the `FluxApp` or `Cluster`, or any construct in it
   * @param id - the objects go to `<id>.yaml`
   * @param file - the path of the file, relative to the working folder
   */
  static fromFile(
    scope: Construct,
    id: string,
    file: string,
    options: ManifestsFromFileOptions = {},
  ): Manifests {
    return new Manifests(scope, id, file, options);
  }

  /** The objects, in the order of the file. */
  readonly objects: readonly ApiObject[];

  private constructor(scope: Construct, id: string, file: string, options: ManifestsFromFileOptions) {
    const checked = checkArguments('Manifests', scope, id, options);
    const given = checked.props;
    super(scope, id);
    reportProblems(this, checked);
    const isText = requireText(
      this,
      'file',
      file,
      'use the path of a YAML file, from the folder in which synth runs',
    );
    const documents = isText ? this.read(file) : [];
    this.objects = documents.flatMap((document) => this.take(document, file, document.value, given));
    const known = new Set(this.objects.map(labelOf));
    for (const target of Object.keys(given.patches ?? {}).filter((key) => !known.has(key))) {
      report(this, {
        code: 'patch-target-missing',
        message: `there is no ${JSON.stringify(target)} in ${JSON.stringify(file)} to patch`,
        hint: `use one of ${[...known].join(', ')}`,
      });
    }
  }

  private read(file: string): ParsedDocument[] {
    const { bytes, problem } = readFile(file);
    if (problem) {
      report(this, {
        code: problem.code,
        severity: 'error',
        message: `${JSON.stringify(file)} ${problem.message}`,
        hint: 'use the path of a YAML file, from the folder in which synth runs',
      });
      return [];
    }
    try {
      return parseDocuments(bytes.toString('utf8'), file).filter(
        ({ value }) => value !== null && value !== undefined,
      );
    } catch (error) {
      if (!FindingsError.isFindingsError(error)) throw error;
      for (const found of error.findings)
        report(this, { ...found, locations: [{ constructPath: this.node.path }, ...found.locations] });
      return [];
    }
  }

  private take(
    document: ParsedDocument,
    file: string,
    value: unknown,
    options: ManifestsFromFileOptions,
  ): ApiObject[] {
    const object = mapOf(value) as Partial<ManifestObject> & { readonly items?: unknown };
    if (typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') {
      report(this, {
        code: 'manifest-invalid',
        message: 'the document has no apiVersion and kind',
        hint: 'use a file that contains only Kubernetes objects',
        locations: [{ constructPath: this.node.path, file, line: document.line }],
      });
      return [];
    }
    if (object.kind.endsWith('List') && Array.isArray(object.items)) {
      return object.items.flatMap((item: unknown) => this.take(document, file, item, options));
    }
    const made = new FileObject(this, this.idFor(object as ManifestObject), object as ManifestObject);
    if (options.substitute) setWrittenForFlux(made);
    made.addJsonPatch(...(options.patches?.[labelOf(made)] ?? []));
    return [made];
  }

  private idFor(object: ManifestObject): string {
    const { name = 'unnamed', namespace } = object.metadata ?? {};
    const id = [object.kind, namespace, name].filter(Boolean).join('-');
    let suffix = 1;
    while (this.node.tryFindChild(suffix === 1 ? id : `${id}-${suffix}`)) suffix += 1;
    return suffix === 1 ? id : `${id}-${suffix}`;
  }
}

function labelOf(object: ApiObject): string {
  return `${object.kind}/${object.name}`;
}
