import { lazy } from '../plain/lazy';
import { apiGroup } from '../tree/manifest';
import type { KnownKind } from './flux-kinds';
import { metaDefinition } from './object-meta';
import { SchemaNode, type SchemaScope } from './schema-node';
import type { RawSchema } from './schema-source';

/** The content of the generated file for Kubernetes. */
interface KubernetesSchemas {
  readonly kubernetesVersion: string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, string>>;
}

const nodes = new Map<string, SchemaNode>();
const scope: SchemaScope = { definition, rules: [], decoded: true };

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when first asked for
const schemas = lazy(() => require('./generated/kubernetes') as KubernetesSchemas);

const groups = lazy(
  () =>
    new Set(['extensions', ...kubernetesKinds().map((key) => apiGroup(key.slice(0, key.lastIndexOf('/'))))]),
);

/** The schema of a kind that Kubernetes itself has, for example `apps/v1/Deployment`. */
export function kubernetesKind(key: string): KnownKind | undefined {
  const { kinds } = schemas();
  if (!Object.hasOwn(kinds, key)) return undefined;
  const [name, scopeName] = kinds[key]!.split(' ');
  return {
    node: definition(name!),
    scope: scopeName === 'Cluster' ? 'Cluster' : 'Namespaced',
    dropsStatus: true,
  };
}

/** The kinds that Kubernetes itself has, as `apiVersion/kind`. */
export function kubernetesKinds(): string[] {
  return Object.keys(schemas().kinds);
}

/** The minor version of Kubernetes whose schemas these are. */
export function kubernetesVersion(): string {
  return schemas().kubernetesVersion;
}

/** Whether an API group belongs to Kubernetes itself, or did. */
export function isKubernetesGroup(group: string): boolean {
  if (group.includes('.') && !group.endsWith('.k8s.io')) return false;
  return groups().has(group);
}

function definition(name: string): SchemaNode {
  const known = nodes.get(name) ?? metaDefinition(name);
  if (known) return known;
  const node = new SchemaNode(JSON.parse(schemas().definitions[name]!) as RawSchema, scope);
  nodes.set(name, node);
  return node;
}
