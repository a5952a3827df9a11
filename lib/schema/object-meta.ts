import { lazy } from '../plain/lazy';
import { SchemaNode, type SchemaScope } from './schema-node';
import type { RawSchema } from './schema-source';

const OBJECT_META = 'apimachinery.pkg.apis.meta.v1.ObjectMeta';

const nodes = new Map<string, SchemaNode>();

const definitions = lazy(
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when first asked for
  () => (require('./generated/object-meta') as { definitions: Readonly<Record<string, string>> }).definitions,
);

/** The schema of `metadata`, which is the same for all kinds. */
export function metaNode(): SchemaNode {
  return metaDefinition(OBJECT_META)!;
}

/** A definition that `metadata` is made of; `undefined` for any other. */
export function metaDefinition(name: string): SchemaNode | undefined {
  const texts = definitions();
  const known = nodes.get(name);
  if (known || !Object.hasOwn(texts, name)) return known;
  const node = new SchemaNode(JSON.parse(texts[name]!) as RawSchema, scope);
  nodes.set(name, node);
  return node;
}

const scope: SchemaScope = { definition: (name) => metaDefinition(name)!, rules: [], decoded: true };
