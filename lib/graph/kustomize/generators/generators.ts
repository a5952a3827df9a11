import type { FindingLocation } from '../../../findings/finding';
import type { ManifestObject } from '../../../tree/manifest';
import { isMap, listOf, mapOf, textOf, textsOf, type PlainMap } from '../../../plain/plain-data';
import type { TreeFile } from '../../../tree/tree-file';
import type { BuildLimit } from '../build-limit';
import type { BuildLog, PathHelp } from '../build-log';
import { noteCiphertext, type GeneratedFrom } from './ciphertext';
import { partOf } from '../read/entry-place';
import {
  idKey,
  idOf,
  indexById,
  newResource,
  withObject,
  type Resource,
  type ResourceGenerator,
} from '../resource';
import { withoutMark } from '../../../plain/without-mark';
import { goTextProblem } from '../../../yaml/json-as-go';
import { baseName } from '../../../tree/path';

/** What a generator needs of its folder. */
export interface GeneratorContext {
  /** Reads a file that is named relative to the kustomization's folder; notes what is read from a URL. */
  readonly read: (path: string) => TreeFile | 'remote' | undefined;
  /** Whether the build has all objects that it lists; else one that is merged into may be there nevertheless. */
  readonly isComplete: boolean;
  /** Whether files of the kind of one are no part of the tree at all. */
  readonly isUnseen: (path: string) => boolean;
  /** The kustomization file, or one of its generators. */
  readonly location: FindingLocation;
  /** What to do about a path that does not exist. */
  readonly helpWith: (path: string) => PathHelp;
  /** `generatorOptions` of the kustomization file. */
  readonly options: PlainMap;
  readonly log: BuildLog;
  /** The plugin that the entries configure; none for the fields of a kustomization file. */
  readonly generator?: ResourceGenerator;
  /** Bounds what all generators of a repository make. */
  readonly limit: BuildLimit;
}

/** The placeholder for the content of a file that kustomize downloads. */
const UNKNOWN = Buffer.from('');

type GeneratedKind = 'ConfigMap' | 'Secret';

/** Adds what entries of `configMapGenerator` or `secretGenerator` make, or merges it into what is there. */
export function addGenerated(
  resources: readonly Resource[],
  kind: GeneratedKind,
  entries: unknown,
  context: GeneratorContext,
): readonly Resource[] {
  const { generator = { kind: `${kind}Generator` } } = context;
  const made = listOf(entries).flatMap((entry, index) => {
    if (!isMap(entry)) return [];
    const location = context.generator ? context.location : placeOf(kind, index, context);
    const resource = generate(kind, entry, { ...context, location });
    return resource ? [{ resource: { ...resource, generator }, behavior: behaviorOf(entry.behavior) }] : [];
  });
  if (made.length === 0) return resources;
  const current = [...resources];
  const index = indexById(current);
  for (const { resource, behavior } of made) absorb({ current, index }, resource, behavior, context);
  return current;
}

function placeOf(kind: GeneratedKind, index: number, { location }: GeneratorContext): FindingLocation {
  const field = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
  return { ...location, field: `${field}[${index}]` };
}

function generate(kind: GeneratedKind, entry: PlainMap, context: GeneratorContext): Resource | undefined {
  const name = textOf(entry.name);
  if (name === undefined) {
    context.log.error('generator-failed', `a ${kind} generator has no name`, context.location);
    return undefined;
  }
  const values = collect(entry, kind, name, context);
  const options = mergeOptions(context.options, mapOf(entry.options));
  const metadata: Record<string, unknown> = { name };
  if (textOf(entry.namespace)) metadata.namespace = entry.namespace;
  if (Object.keys(mapOf(options.labels)).length > 0) metadata.labels = options.labels;
  if (Object.keys(mapOf(options.annotations)).length > 0) metadata.annotations = options.annotations;
  const object: Record<string, unknown> = { apiVersion: 'v1', kind, metadata, ...contentOf(kind, values) };
  if (kind === 'Secret') object.type = textOf(entry.type) ?? 'Opaque';
  if (options.immutable === true) object.immutable = true;
  return newResource(object as ManifestObject, context.location, options.disableNameSuffixHash !== true);
}

type Behavior = 'create' | 'merge' | 'replace';

/** kustomize treats an unknown value as `create`. */
function behaviorOf(value: unknown): Behavior {
  return value === 'merge' || value === 'replace' ? value : 'create';
}

function mergeOptions(common: PlainMap, own: PlainMap): PlainMap {
  return {
    ...common,
    ...own,
    labels: { ...mapOf(common.labels), ...mapOf(own.labels) },
    annotations: { ...mapOf(common.annotations), ...mapOf(own.annotations) },
    disableNameSuffixHash: common.disableNameSuffixHash === true || own.disableNameSuffixHash === true,
    immutable: common.immutable === true || own.immutable === true,
  };
}

function contentOf(kind: GeneratedKind, values: ReadonlyMap<string, Buffer>): PlainMap {
  const data: Record<string, string> = {};
  const binaryData: Record<string, string> = {};
  for (const [key, bytes] of values) {
    const text = kind === 'Secret' ? undefined : asUtf8(bytes);
    if (kind === 'Secret') data[key] = inLines(bytes.toString('base64'));
    else if (text !== undefined) data[key] = text;
    else binaryData[key] = inLines(bytes.toString('base64'));
  }
  const content: Record<string, unknown> = {};
  if (Object.keys(data).length > 0 || kind === 'Secret') content.data = data;
  if (Object.keys(binaryData).length > 0) content.binaryData = binaryData;
  return content;
}

/** The text of bytes that are UTF-8. */
function asUtf8(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

/** Breaks base64 into lines of 70 characters, as kustomize does; the hash covers these breaks. */
function inLines(base64: string): string {
  if (base64.length < 70) return base64;
  return (base64.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
}

/** The values of a generator: from env files, then literals, then files. Each key may occur once. */
function collect(
  entry: PlainMap,
  kind: GeneratedKind,
  name: string,
  context: GeneratorContext,
): Map<string, Buffer> {
  const values = new Map<string, Buffer>();
  const isPlugin = context.generator !== undefined;
  const what = `${kind} ${JSON.stringify(name)}`;
  const fail = (message: string) => context.log.error('generator-failed', message, context.location);
  let size = 0;
  const add = (key: string, value: Buffer) => {
    const problem = kind === 'ConfigMap' ? goTextProblem(asUtf8(value) ?? '') : undefined;
    if (problem !== undefined) fail(`${what} cannot have the text of ${JSON.stringify(key)}: ${problem}`);
    if (values.has(key)) fail(`${what} has the key ${JSON.stringify(key)} twice`);
    else values.set(key, value);
    size += value.length;
  };
  const read = (path: string, part: string, key?: string) =>
    bytesOf(path, { kind, name, key, isPlugin }, { ...context, location: partOf(context.location, part) });
  for (const { path, part } of envFilesOf(entry))
    for (const [key, value] of envEntries(read(path, part), kind === 'Secret' && !isPlugin))
      add(key, Buffer.from(value));
  for (const literal of textsOf(entry.literals)) {
    const split = literal.indexOf('=');
    if (split > 0) add(literal.slice(0, split), Buffer.from(unquote(literal.slice(split + 1))));
    else fail(`a literal of ${what} must have the form key=value`);
  }
  for (const [index, source] of textsOf(entry.files).entries()) {
    const named = fileSource(source);
    const bytes = named && read(named.path, `files[${index}]`, named.key);
    if (named && bytes) add(named.key, bytes);
    else if (!named)
      fail(`${what} has the file ${JSON.stringify(source)}; it must be a path or have the form key=path`);
  }
  const problem = context.limit.generate(size);
  if (problem === undefined) return values;
  fail(`${what} ${problem}`);
  return new Map();
}

function envFilesOf({ envs, env }: PlainMap): readonly { readonly path: string; readonly part: string }[] {
  const listed = textsOf(envs).map((path, index) => ({ path, part: `envs[${index}]` }));
  return textOf(env) ? [...listed, { path: String(env), part: 'env' }] : listed;
}

/** The entries of an env file. After Flux decrypts it before the build, it has no metadata of sops. */
function envEntries(
  bytes: Buffer | undefined,
  mayBeDecrypted: boolean,
): readonly (readonly [string, string])[] {
  const entries = parseEnvFile(bytes?.toString('utf8') ?? '');
  const isDecrypted = mayBeDecrypted && entries.some(([key]) => key === 'sops_mac');
  return isDecrypted ? entries.filter(([key]) => !key.startsWith('sops_')) : entries;
}

/** The bytes of a file that a generator reads; the log reports a missing file. */
function bytesOf(path: string, of: GeneratedFrom, context: GeneratorContext): Buffer | undefined {
  const file = context.read(path);
  if (file === 'remote') return UNKNOWN;
  if (file) {
    noteCiphertext(file, of, context);
    return file.bytes;
  }
  const message = `${of.kind} ${JSON.stringify(of.name)} reads ${JSON.stringify(path)}, which does not exist`;
  if (context.isUnseen(path)) {
    const hint =
      'add the file, or correct its path; if you check only a part of the repository, check all of it';
    context.log.info('generator-failed', message, context.location, { hint });
  } else context.log.error('generator-failed', message, context.location, context.helpWith(path));
  return undefined;
}

/** An entry of `files`: a path, or `key=path`. */
function fileSource(source: string): { readonly key: string; readonly path: string } | undefined {
  const parts = source.split('=');
  const [key = '', path = ''] = parts.length === 1 ? [baseName(source), source] : parts;
  return parts.length > 2 || key === '' || path === '' ? undefined : { key, path };
}

/** Removes a pair of quotes around a value. */
function unquote(value: string): string {
  return /^(["'])[^]*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}

/** The entries of an env file: `KEY=value` lines; empty lines and comments are passed over. */
export function parseEnvFile(text: string): [string, string][] {
  return withoutMark(text)
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, string] => {
      const split = line.indexOf('=');
      return split < 0 ? [line, ''] : [line.slice(0, split), line.slice(split + 1)];
    });
}

/** Objects, and their positions. */
interface Indexed {
  readonly current: Resource[];
  readonly index: Map<string, number[]>;
}

function absorb(
  { current, index }: Indexed,
  made: Resource,
  behavior: Behavior,
  context: GeneratorContext,
): void {
  const id = idOf(made);
  const [position, second] = index.get(idKey(id)) ?? [];
  const what = `${id.kind} ${JSON.stringify(id.name)}`;
  const fail = (message: string) => context.log.error('generator-failed', message, made.location);
  if (position === undefined) {
    if (behavior !== 'create' && context.isComplete)
      fail(`${what} has behavior ${JSON.stringify(behavior)}, but the build has no object of that name`);
    index.set(idKey(id), [current.length]);
    current.push(made);
    return;
  }
  const target = current[position];
  if (second !== undefined || !target) fail(`${what} matches several objects, so it cannot be merged`);
  else if (behavior === 'create') fail(`${what} already exists; set behavior to "merge" or "replace"`);
  else current[position] = combine(target, made, behavior === 'merge');
}

/** What a generator makes of an existing object: the name, labels and annotations stay. */
function combine(target: Resource, made: Resource, merge: boolean): Resource {
  const old = target.object;
  const { name, namespace } = old.metadata ?? {};
  const metadata: Record<string, unknown> = namespace === undefined ? { name } : { name, namespace };
  for (const field of ['labels', 'annotations'] as const) {
    const both = { ...mapOf(old.metadata?.[field]), ...mapOf(made.object.metadata?.[field]) };
    if (Object.keys(both).length > 0) metadata[field] = both;
  }
  const content: Record<string, unknown> = { ...made.object, metadata };
  if (merge) {
    for (const field of ['data', 'binaryData']) {
      const both = { ...mapOf(old[field]), ...mapOf(made.object[field]) };
      if (Object.keys(both).length > 0) content[field] = both;
    }
  }
  const { generator, location } = merge ? target : made;
  return {
    ...withObject(target, content as ManifestObject),
    generator,
    location,
    hashed: target.hashed && made.hashed,
  };
}
