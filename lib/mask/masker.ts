import type { Finding } from '../findings/finding';
import type { Graph, KustomizationBuild } from '../graph/graph';
import { isMap, mapOf, type PlainMap } from '../plain/plain-data';
import { once } from '../plain/once';
import type { ManifestObject } from '../tree/manifest';
import type { Tree } from '../tree/tree';
import { objectsOf } from '../tree/readable-documents';
import type { TreeFile } from '../tree/tree-file';
import { withoutCredentials } from './credential-text';
import { KnownSecrets } from './known-secrets';
import { isIdentity, sensitiveFields } from './sensitive-fields';

/** Stands for a value of an object that is not shown. */
export const HIDDEN = '(hidden)';

/** Hides what is secret in all that is shown of a repository. */
export class Masker {
  /**
   * Knows the secret values of a repository in plain text, as its files have them and as they are after the build.
   *
   * @param tree - its files; without them, names that a build made of secrets cannot be told
   */
  static of(graph: Graph, tree?: Tree): Masker {
    return new Masker(() => knownSecrets(graph, tree));
  }

  private known?: KnownSecrets;

  private constructor(private readonly find: () => KnownSecrets) {}

  /** Computed when something is shown, because it takes a walk through all objects. */
  private get secrets(): KnownSecrets {
    this.known ??= this.find();
    return this.known;
  }

  /** A text without the secrets that are known. */
  text(text: string): string {
    return this.secrets.hideIn(text);
  }

  /** A line or value without the secrets that are known, and without what looks or is named like one. */
  value(text: string): string {
    return this.text(withoutCredentials(text));
  }

  /** What was found, without the secrets that are known. */
  findings(findings: readonly Finding[]): readonly Finding[] {
    if (findings.length === 0 || this.secrets.isEmpty) return findings;
    const named = <T extends { readonly name: string }>(object: T): T => ({
      ...object,
      name: this.text(object.name),
    });
    return findings.map((found) => ({
      ...found,
      message: this.text(found.message),
      ...(found.cause !== undefined && { cause: this.text(found.cause) }),
      ...(found.details && { details: found.details.map((line) => this.text(line)) }),
      hint: found.hint && this.text(found.hint),
      object: found.object && named(found.object),
      ...(found.usedBy && {
        usedBy: found.usedBy.map((user) => (user.object ? { ...user, object: named(user.object) } : user)),
      }),
    }));
  }

  /** Plain data with every text without the secrets that are known. */
  data<T>(value: T): T {
    return this.secrets.isEmpty ? value : (mapTexts(value, (text) => this.text(text)) as T);
  }

  /** An object as it may be shown: names stay, and of a Secret the keys. */
  object(object: ManifestObject): ManifestObject {
    const hidden = new Set(sensitiveFields(object).map(({ path }) => keyOf(path)));
    return this.copy(object, [], hidden) as ManifestObject;
  }

  private copy(value: unknown, path: readonly string[], hidden: ReadonlySet<string>): unknown {
    if (hidden.has(keyOf(path))) return HIDDEN;
    if (typeof value === 'string') return isIdentity(path) ? this.text(value) : this.value(value);
    if (typeof value !== 'object' || value === null) return this.secrets.has(String(value)) ? HIDDEN : value;
    if (Array.isArray(value))
      return value.map((item, index) => this.copy(item, [...path, String(index)], hidden));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.copy(inner, [...path, key], hidden)]),
    );
  }
}

/**
 * @param tree - without it, names that a build made from secrets cannot be recognized
 */
function knownSecrets(graph: Graph, tree?: Tree): KnownSecrets {
  const values = new Set<string>();
  const add = (secrets: readonly string[]) => {
    for (const value of secrets) values.add(value);
  };
  for (const file of tree?.files ?? []) add(secretsOfFile(file));
  for (const { nodes } of graph.clusters)
    for (const { object, build } of nodes) {
      add(secretsOf(object));
      if (build) add(secretsOfBuild(build));
    }
  return new KnownSecrets(values, () => namesOf(tree ? writtenObjects(tree) : builtObjects(graph)));
}

function* writtenObjects(tree: Tree): Iterable<unknown> {
  for (const file of tree.files) yield* objectsOf(file);
}

function* builtObjects({ clusters }: Graph): Iterable<unknown> {
  for (const { nodes } of clusters) {
    for (const { object, build } of nodes) {
      yield object;
      for (const applied of build?.inventory ?? []) yield applied.object;
    }
  }
}

// The two sides of a diff have most files and builds in common, and builds have most objects as they are written.
const secretsOfFile = once((file: TreeFile): readonly string[] => objectsOf(file).flatMap(secretsOf));

const secretsOfBuild = once(({ inventory }: KustomizationBuild): readonly string[] =>
  inventory.flatMap(({ object }) => secretsOf(object)),
);

function secretsOf(object: unknown): readonly string[] {
  return isMap(object) ? secretsOfObject(object) : [];
}

const secretsOfObject = once((object: PlainMap): readonly string[] =>
  sensitiveFields(object).flatMap(({ secrets = [] }) => secrets),
);

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)]));
}

function namesOf(objects: Iterable<unknown>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const object of objects) {
    const { apiVersion, kind, metadata } = mapOf(object);
    const { name, namespace } = mapOf(metadata);
    for (const text of [apiVersion, kind, name, namespace]) if (typeof text === 'string') names.add(text);
  }
  return names;
}
