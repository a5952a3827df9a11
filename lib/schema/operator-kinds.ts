import { fluxType } from '../kinds/flux-kinds';
import type { KnownKind } from './flux-kinds';
import { metaNode } from './object-meta';
import { SchemaNode, type SchemaScope } from './schema-node';
import type { CompiledRule, RawSchema } from './schema-source';
import { mapOf, valueAt } from '../plain/plain-data';

/*
 * The fields of the Flux operator's kinds, written down here because its definitions have another licence than ours.
 * Limits of numbers and texts are left to the API server.
 */

const text: RawSchema = { type: 'string' };
const flag: RawSchema = { type: 'boolean' };
const anything: RawSchema = { preserve: true };
const listOf = (items: RawSchema): RawSchema => ({ type: 'array', items });
const mapTo = (values: RawSchema): RawSchema => ({ type: 'object', values });
const oneOf = (...allowed: readonly string[]): RawSchema => ({ type: 'string', enum: allowed });

/** A map with known fields; those whose names end in `!` must be set. */
function fields(described: Readonly<Record<string, RawSchema>>, ...rules: readonly number[]): RawSchema {
  const names = Object.keys(described);
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(described).map(([name, schema]) => [name.replace('!', ''), schema]),
    ),
    required: names.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1)),
    rules,
  };
}

const RULES: readonly CompiledRule[] = [
  {
    message: "the only name that the operator accepts is 'flux'",
    rule: "self.metadata.name == 'flux'",
    test: (self) => valueAt(self, 'metadata', 'name') === 'flux',
  },
  {
    message: 'set either a name or a selector',
    rule: 'has(self.name) != has(self.selector)',
    test: (self) => (mapOf(self).name === undefined) !== (mapOf(self).selector === undefined),
  },
  {
    message: 'a provider of this type has no url',
    rule: "self.type != 'Static' || !has(self.url)",
    test: (self) => mapOf(self).type !== 'Static' || mapOf(self).url === undefined,
  },
  {
    message: 'steps and resources, or resourcesTemplate, cannot both be set',
    rule: '!has(self.steps) || (!has(self.resources) && !has(self.resourcesTemplate))',
    test: (self) => {
      const { steps, resources, resourcesTemplate } = mapOf(self);
      return steps === undefined || (resources === undefined && resourcesTemplate === undefined);
    },
  },
];
const [NAMED_FLUX, NAME_OR_SELECTOR, NO_URL, STEPS_ALONE] = [0, 1, 2, 3];

const named = fields({ 'name!': text });
const selector = {
  matchLabels: mapTo(text),
  matchExpressions: listOf(fields({ 'key!': text, 'operator!': text, values: listOf(text) })),
};
const commonMetadata = fields({ labels: mapTo(text), annotations: mapTo(text) });
const templates = { resources: listOf(anything), resourcesTemplate: text };
const [INSTANCE, SET, PROVIDER] = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider'] as const;

const resourceSet = fields(
  {
    commonMetadata,
    dependsOn: listOf(
      fields({
        ...{ 'apiVersion!': text, 'kind!': text, 'name!': text },
        ...{ namespace: text, ready: flag, readyExpr: text },
      }),
    ),
    inputStrategy: fields({ 'name!': oneOf('Flatten', 'Permute'), includeEmptyProviders: flag }),
    inputs: listOf(mapTo(anything)),
    inputsFrom: listOf(
      fields(
        {
          ...{ apiVersion: oneOf(fluxType(PROVIDER).apiVersion), kind: oneOf(PROVIDER) },
          ...{ name: text, selector: fields(selector) },
        },
        NAME_OR_SELECTOR,
      ),
    ),
    ...templates,
    serviceAccountName: text,
    steps: listOf(fields({ 'name!': text, timeout: text, ...templates })),
    wait: flag,
  },
  STEPS_ALONE,
);

const each = (start: string, ...ends: readonly string[]) => ends.map((end) => `${start}${end}`);
const PROVIDER_TYPES = [
  ...['Static', 'ExternalService', 'ExternalArtifact'],
  ...each('GitHub', 'Branch', 'Tag', 'PullRequest'),
  ...each('GitLab', 'Branch', 'Tag', 'MergeRequest', 'Environment'),
  ...each('AzureDevOps', 'Branch', 'Tag', 'PullRequest'),
  ...each('AWSCodeCommit', 'Branch', 'Tag', 'PullRequest'),
  ...each('Gitea', 'Branch', 'Tag', 'PullRequest'),
  ...['OCI', 'ACR', 'ECR', 'GAR'].flatMap((registry) => each(registry, 'ArtifactTag')),
];

const inputProvider = fields(
  {
    'type!': oneOf(...PROVIDER_TYPES),
    url: text,
    ...{ certSecretRef: named, secretRef: named, serviceAccountName: text, insecure: flag },
    defaultValues: mapTo(anything),
    filter: fields({
      ...{ includeBranch: text, excludeBranch: text, includeTag: text, excludeTag: text },
      ...{ includeEnvironment: text, excludeEnvironment: text },
      ...{ labels: listOf(text), limit: { type: 'integer' }, semver: text },
    }),
    schedule: listOf(fields({ 'cron!': text, timeZone: text, window: text })),
    selectors: listOf(fields({ name: text, namespace: text, ...selector })),
    skip: fields({ labels: listOf(text) }),
  },
  NO_URL,
);

const patchTarget = fields({
  ...{ group: text, version: text, kind: text, name: text, namespace: text },
  ...{ labelSelector: text, annotationSelector: text },
});

const fluxInstance = fields({
  cluster: fields({
    ...{ domain: text, size: oneOf('small', 'medium', 'large'), networkPolicy: flag },
    type: oneOf('kubernetes', 'openshift', 'aws', 'azure', 'gcp'),
    ...{ multitenant: flag, multitenantWorkloadIdentity: flag, objectLevelWorkloadIdentity: flag },
    ...{ tenantDefaultServiceAccount: text, tenantDefaultDecryptionServiceAccount: text },
    tenantDefaultKubeConfigServiceAccount: text,
  }),
  commonMetadata,
  components: listOf(text),
  'distribution!': fields({
    ...{ 'version!': text, 'registry!': text },
    variant: oneOf('upstream-alpine', ...each('enterprise-', 'alpine', 'distroless', 'distroless-fips')),
    ...{ artifact: text, artifactPullSecret: text, imagePullSecret: text },
  }),
  kustomize: fields({ patches: listOf(fields({ 'patch!': text, target: patchTarget })) }),
  migrateResources: flag,
  sharding: fields({ key: text, 'shards!': listOf(text), storage: oneOf('ephemeral', 'persistent') }),
  storage: fields({ 'class!': text, 'size!': text }),
  sync: fields({
    'kind!': oneOf('OCIRepository', 'GitRepository', 'Bucket'),
    ...{ name: text, 'path!': text, 'ref!': text, 'url!': text },
    ...{ interval: text, pullSecret: text },
    provider: oneOf('generic', 'aws', 'azure', 'gcp', 'github'),
  }),
  wait: flag,
});

const SPECS = new Map([
  [INSTANCE as string, fluxInstance],
  [SET, resourceSet],
  [PROVIDER, inputProvider],
]);

const scope: SchemaScope = {
  definition: () => metaNode(),
  rules: RULES,
  decoded: false,
  upTo: 'Flux Operator 0.58',
};
const known = new Map<string, KnownKind>();

/** The schema of a kind of the Flux operator that people write, for example `fluxcd.controlplane.io/v1/ResourceSet`. */
export function operatorKind(key: string): KnownKind | undefined {
  const kind = key.slice(key.lastIndexOf('/') + 1);
  const spec = SPECS.get(kind);
  if (spec === undefined || key !== `${fluxType(SET).apiVersion}/${kind}`) return undefined;
  const made = known.get(kind) ?? prepare(kind, spec);
  known.set(kind, made);
  return made;
}

function prepare(kind: string, spec: RawSchema): KnownKind {
  const properties = { apiVersion: text, kind: text, metadata: { ref: 'metadata' }, spec, status: anything };
  const rules = kind === INSTANCE ? [NAMED_FLUX] : [];
  const node = new SchemaNode({ type: 'object', properties, rules }, scope);
  return { node, scope: 'Namespaced', dropsStatus: true };
}
