import { someText } from './variables/rewrite-texts';
import { createHash } from 'node:crypto';
import { Names } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { asDirectory } from '../flux/directory';
import { walk } from '../flux/walk';

const MAX_LENGTH = 63;
const HASH_LENGTH = 8;
/**
 * The end of a name that cdk8s generates: the first characters of a construct's address, which always starts with `c8`.
 */
const GENERATED = /[0-9A-Za-z][0-9A-Za-z._-]{0,80}?c8[0-9a-f]{6}(?![0-9A-Za-z])/g;
const MAYBE_GENERATED = /c8[0-9a-f]{6}/;
/** The label by which cdk8s-plus selects Pods. */
const ADDRESS_LABEL = 'cdk8s.io/metadata.addr';
/** Ids that cdk8s itself leaves out of names. */
const SILENT = new Set(['resource', 'default', '']);

/**
 * The name of a construct relative to the directory that it is in: its ids joined by `-`. What is around the directory
 * has no part in it, so wrapping, moving or renaming outer constructs changes no name in the cluster.
 *
 * @param construct - the construct to name
 * @param root - the `FluxApp` or `Cluster` it is in
 * @param maxLength - longer names are cut and get a hash of the relative path
 */
export function relativeName(
  construct: IConstruct,
  root: IConstruct,
  maxLength: number = MAX_LENGTH,
): string {
  const ids: string[] = [];
  for (let scope: IConstruct | undefined = construct; scope && scope !== root; scope = scope.node.scope) {
    ids.unshift(scope.node.id);
  }
  const parts = ids.map(toLabel).filter((id) => !SILENT.has(id));
  const name = parts.filter((id, index) => id !== parts[index - 1]).join('-') || toLabel(root.node.id);
  return fit(name, maxLength, ids.join('/'));
}

/** A name that is not too long: a shortened name gets a hash of the full one. */
function fit(name: string, maxLength: number = MAX_LENGTH, meaning: string = name): string {
  if (name.length <= maxLength) return name;
  const hash = createHash('sha256').update(meaning).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, maxLength - HASH_LENGTH - 1).replace(/-+$/, '')}-${hash}`;
}

/** An id as part of a name: lower case, and `-` for what a name cannot hold. */
export function toLabel(id: string): string {
  return id
    .toLowerCase()
    .replace(/[^0-9a-z-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Most strings do not even contain the start of an address. */
function mayBeGenerated(text: string): boolean {
  return text.length >= HASH_LENGTH && text.includes('c8') && MAYBE_GENERATED.test(text);
}

/** Whether a value may contain a generated name: most objects have none, and need no copy. */
function holdsGenerated(value: unknown): boolean {
  return someText(value, mayBeGenerated);
}

/**
 * Replaces the names that cdk8s and cdk8s-plus make from absolute construct paths (selectors, labels, names in charts
 * of others, volumes) by relative ones, in the objects of one directory.
 */
export class RelativeNames {
  private byAddress?: Map<string, IConstruct>;
  private readonly taken = new Map<string, IConstruct>();

  constructor(private readonly root: IConstruct) {}

  /** A value with all generated names in it replaced. What holds none is returned as it is. */
  rewrite(value: unknown): unknown {
    return holdsGenerated(value) ? this.replace(value) : value;
  }

  private replace(value: unknown): unknown {
    if (typeof value === 'string') return this.rewriteText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.replace(item));
    return this.replaceInMap(value as Record<string, unknown>);
  }

  private replaceInMap(map: Record<string, unknown>): Record<string, unknown> {
    const entries = Object.entries(map).map(([key, value]) => [
      this.rewriteText(key),
      key === ADDRESS_LABEL ? this.replaceAddress(value) : this.replace(value),
    ]);
    return Object.fromEntries(entries) as Record<string, unknown>;
  }

  private rewriteText(text: string): string {
    return MAYBE_GENERATED.test(text) ? text.replace(GENERATED, (name) => this.relative(name)) : text;
  }

  /**
   * Selectors apply to the whole namespace, where Pods of other directories may have the same ids, so the name of the
   * directory is part of the value.
   */
  private replaceAddress(value: unknown): unknown {
    const relative = this.replace(value);
    return typeof relative === 'string' && relative !== value
      ? fit(`${this.directory}-${relative}`)
      : relative;
  }

  private get directory(): string {
    return asDirectory(this.root)?.kustomization?.name ?? toLabel(this.root.node.id);
  }

  private relative(name: string): string {
    const construct = this.addresses().get(name.slice(-HASH_LENGTH));
    if (!construct) return name;
    const stem = name.slice(0, -HASH_LENGTH).replace(/-$/, '');
    const label = Names.toLabelValue(construct, { includeHash: false });
    const dns = Names.toDnsLabel(construct, { includeHash: false });
    const known = [label, dns].find(
      (text) => stem === text || stem.startsWith(`${text}-`) || text.endsWith(stem),
    );
    if (known === undefined) return name;
    const extra = stem.length > known.length ? stem.slice(known.length) : '';
    return this.unique(`${relativeName(construct, this.root, MAX_LENGTH - extra.length)}${extra}`, construct);
  }

  /** Two constructs whose ids join to the same name are distinguished: a selector must not match the other's Pods. */
  private unique(name: string, construct: IConstruct): string {
    const holder = this.taken.get(name) ?? construct;
    this.taken.set(name, holder);
    if (holder === construct) return name;
    const path = construct.node.path.slice(this.root.node.path.length);
    return `${name.slice(0, MAX_LENGTH - HASH_LENGTH - 1)}-${createHash('sha256').update(path).digest('hex').slice(0, HASH_LENGTH)}`;
  }

  private addresses(): Map<string, IConstruct> {
    this.byAddress ??= new Map(
      [...walk(this.root)].map((construct) => [construct.node.addr.slice(0, HASH_LENGTH), construct]),
    );
    return this.byAddress;
  }
}
