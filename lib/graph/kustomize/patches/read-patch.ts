import type { FindingLocation } from '../../../findings/finding';
import { FindingsError } from '../../../findings/findings-error';
import { parseDocuments } from '../../../yaml/parse';
import { resolveYaml11 } from '../../../yaml/resolve';
import { isMap, mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import { blankFields } from './blank-fields';
import type { BuildLog } from '../build-log';
import { partOf } from '../read/entry-place';
import type { WrittenOperation } from './json-patch';
import type { Merge } from './merge';
import { itemsOf } from '../read/load-manifests';
import { withBlanks, withPrintedScalars } from '../read/printed-scalars';
import { resourceFilter, type ResourceFilter } from '../fields/selector';

/** A patch that can be applied: merges, or JSON operations, and what it is for. */
export interface Patch {
  readonly merges: readonly Merge[];
  readonly operations?: readonly WrittenOperation[];
  readonly target?: ResourceFilter;
  /** Whether the target selects by kind and the like only: neither by name nor by labels or annotations. */
  readonly isOpen: boolean;
  readonly nameChange: boolean;
  readonly kindChange: boolean;
  /** The field of the kustomization in which it stands. */
  readonly origin: PatchField;
  /** Where the patch is written. */
  readonly location: FindingLocation;
  /** The entry that contains the patch, or names its file. */
  readonly entry: FindingLocation;
}

/** The fields that hold patches. */
export type PatchField = 'patches' | 'patchesStrategicMerge' | 'patchesJson6902';

/** What a kustomization says about where a patch stands. */
export interface PatchPlace {
  readonly origin: PatchField;
  /** The entry that contains the patch, or names its file. */
  readonly entry: FindingLocation;
}

/** What a patch is made from. */
export interface PatchInput extends PatchPlace {
  /** The patch as YAML or JSON. */
  readonly content: string;
  /**
   * The selector of what it is for.
   *
   * @default - the object that a merge patch names
   */
  readonly target?: unknown;
  /**
   * `allowNameChange`, `allowKindChange`.
   *
   * @default - none
   */
  readonly options?: unknown;
  /**
   * The file of the patch.
   *
   * @default - the entry contains the patch
   */
  readonly file?: string;
}

/** Reads a patch; `undefined` where it cannot be read, and the log says why. */
export function readPatch(input: PatchInput, log: BuildLog): Patch | undefined {
  const { entry, target } = input;
  try {
    const patch = makePatch(input);
    if (isMap(target)) warnOfApiVersion(target, entry, log);
    return patch;
  } catch (error) {
    const missing = error instanceof UnnamedMerge ? { hint: identityHint(error, isMap(target)) } : {};
    log.error('patch-invalid', `the patch is not valid: ${reasonOf(error)}`, locationOf(input), missing);
    return undefined;
  }
}

/** A target matches no object if its group or version is a whole `apiVersion`, and kustomize does not mind. */
function warnOfApiVersion(target: PlainMap, entry: FindingLocation, log: BuildLog): void {
  for (const field of ['group', 'version'] as const) {
    const text = textOf(target[field]) ?? '';
    const [, group, version] = /^([\w.-]+)\/([\w.-]+)$/.exec(text) ?? [];
    if (group === undefined) continue;
    const message = `the ${field} ${JSON.stringify(text)} in the target of a patch is a group and a version, so the target matches no object, and kustomize skips the patch`;
    const hint = `write "group: ${group}" and "version: ${version}"`;
    log.warning('patch-target-unmatched', message, partOf(entry, `target.${field}`), { hint });
  }
}

/** Why a patch cannot be read. JavaScript's error messages for JSON quote the text, which may contain a secret. */
function reasonOf(error: unknown): string | undefined {
  const [found] = FindingsError.isFindingsError(error) ? error.findings : [];
  if (found) return `${found.message}, in line ${found.locations[0]?.line} of the patch`;
  return error instanceof SyntaxError ? 'it is not valid JSON' : (error as Error).message;
}

function locationOf({ file, entry }: PatchInput): FindingLocation {
  return file === undefined ? entry : { file };
}

/** A merge patch that does not name its object. */
class UnnamedMerge extends Error {
  constructor(readonly fields: string) {
    super(`a merge patch has no ${fields}, which kustomize requires even if the patch has a target`);
  }
}

/** With a target, kustomize does not compare what the patch names. */
function identityHint({ fields }: UnnamedMerge, hasTarget: boolean): string {
  return hasTarget
    ? `add ${fields} to the patch; any value is allowed, because the target selects the objects`
    : `add ${fields} of the object that it changes to the patch`;
}

/** The fields of a target that select some objects of a kind. */
const SPECIFIC = ['name', 'labelSelector', 'annotationSelector'];

function makePatch(input: PatchInput): Patch {
  const { content, target, options, origin, entry } = input;
  const { allowNameChange, allowKindChange } = mapOf(options);
  const location = locationOf(input);
  const common = {
    target: isMap(target) ? resourceFilter(target) : undefined,
    isOpen: isMap(target) && SPECIFIC.every((field) => target[field] === undefined),
    location,
    entry,
    origin,
    nameChange: allowNameChange === true,
    kindChange: allowKindChange === true,
  };
  const operations = readOperations(content, location.file ?? '');
  if (operations) {
    if (!common.target) throw new Error('a JSON patch has no target');
    if (origin === 'patchesJson6902' && textOf(mapOf(target).name) === undefined)
      throw new Error('the target of an entry in "patchesJson6902" has no name');
    return { ...common, merges: [], operations };
  }
  if (origin === 'patchesJson6902')
    throw new Error('an entry of "patchesJson6902" must be a list of JSON patch operations');
  const merges = readMerges(content, location, input.file !== undefined);
  if (common.target && merges.length > 1)
    throw new Error('a patch with a target must contain one object; use a separate entry for each object');
  return { ...common, merges };
}

/** kustomize reads text that starts with `[` as JSON, and anything else as YAML 1.1, only the first document. */
function readOperations(content: string, file: string): WrittenOperation[] | undefined {
  const value = content.startsWith('[')
    ? (JSON.parse(content) as unknown)
    : parseDocuments(content, file, { plain: resolveYaml11 })[0]?.value;
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) throw new Error('the list of JSON patch operations is empty');
  return value.filter(isMap).map((operation) => withRoundNumbers(operation) as WrittenOperation);
}

/** Values of JSON patches become floating-point numbers on the way. */
function withRoundNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(withRoundNumbers);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withRoundNumbers(entry)]));
}

function readMerges(content: string, location: FindingLocation, isFile: boolean): Merge[] {
  const file = location.file ?? '';
  const documents = parseDocuments(content, file).filter(({ value }) => value !== null);
  const written = withBlanks(documents, content, file).flatMap(({ value }) => itemsOf(value));
  const merges = withPrintedScalars(documents, content, file).flatMap(({ value, line }) =>
    itemsOf(value).map((object) => ({ object, location: isFile ? { ...location, line } : location })),
  );
  if (merges.length === 0) throw new Error('it is empty');
  return merges.map(({ object: merge, location: place }, index) => {
    if (!isMap(merge)) throw new Error('it is neither an object nor a list of JSON patch operations');
    const { name } = mapOf(merge.metadata);
    const isNamed = name !== undefined && name !== null && name !== '';
    const missing = [...(textOf(merge.kind) ? [] : ['kind']), ...(isNamed ? [] : ['metadata.name'])];
    if (missing.length > 0) throw new UnnamedMerge(missing.join(' and '));
    return { object: merge, location: place, blanks: blankFields(written[index]) };
  });
}
