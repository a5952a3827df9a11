import { comparableText } from '../../../plain/comparable-text';
import { isDeepStrictEqual } from 'node:util';
import { mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import { generatorKinds, isBuiltinPlugin, PluginError, transformerStep } from './builtin-plugins';
import type { BuildLog } from '../build-log';
import { addGenerated, type GeneratorContext } from '../generators/generators';
import { helmCharts } from '../read/kustomization-file';
import { newResource, type Resource, type ResourceGenerator } from '../resource';
import type { Scope } from '../scope';
import type { TransformContext } from '../fields/transform-context';

/** Adds what the generators make whose configurations stand under `generators`. */
export function runGenerators(
  resources: readonly Resource[],
  configs: readonly Resource[],
  scope: Scope,
  context: GeneratorContext,
): readonly Resource[] {
  let current = resources;
  for (const { object, location } of builtinsOf(configs, scope)) {
    current = generate(current, object, scope, { ...context, location, options: {} });
  }
  return current;
}

function generate(
  resources: readonly Resource[],
  object: ManifestObject,
  scope: Scope,
  context: GeneratorContext,
): readonly Resource[] {
  const { kind } = object;
  const { name, namespace } = mapOf(object.metadata);
  const generator = { kind, name: textOf(name), namespace: textOf(namespace) };
  if (kind === 'HelmChartInflationGenerator') scope.remotes.push(...helmCharts({ helmCharts: [object] }));
  if (kind === 'IAMPolicyGenerator') return [...resources, serviceAccount(object, generator, context)];
  if (kind === 'ConfigMapGenerator' || kind === 'SecretGenerator') {
    const entry = {
      ...object,
      name: textOf(object.name) ?? name,
      namespace: textOf(object.namespace) ?? namespace,
    };
    const made = kind === 'SecretGenerator' ? 'Secret' : 'ConfigMap';
    return addGenerated(resources, made, [entry], { ...context, generator });
  }
  if (!generatorKinds.has(kind)) refuse(object, 'it is not a built-in generator', context);
  return resources;
}

/** The account that represents one of Google's IAM. */
function serviceAccount(
  config: PlainMap,
  generator: ResourceGenerator,
  { location }: GeneratorContext,
): Resource {
  const { name: account, projectId } = mapOf(config.serviceAccount);
  const address = `${String(account)}@${String(projectId)}`;
  const { name, namespace } = mapOf(config.kubernetesService);
  const metadata = {
    name: String(name),
    ...(textOf(namespace) === undefined ? {} : { namespace: String(namespace) }),
    annotations: { 'iam.gke.io/gcp-service-account': `${address}.iam.gserviceaccount.com` },
  };
  const object = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
  return { ...newResource(object, location), generator };
}

/** Runs the transformers whose configurations stand under `transformers`. */
export function runTransformers(
  resources: readonly Resource[],
  configs: readonly Resource[],
  scope: Scope,
  context: TransformContext,
): readonly Resource[] {
  let current = resources;
  for (const { object, location } of builtinsOf(configs, scope)) {
    current =
      attempt(
        object,
        {
          ...context,
          location,
          entryAt: () => location,
          namespaceAt: { ...location, field: 'metadata.namespace' },
        },
        (own) => transformerStep(object, own, scope.folder.split('/').at(-1) ?? '')(current),
      ) ?? current;
  }
  return current;
}

/** Runs the transformers that stand under `validators`, which may change nothing. */
export function runValidators(
  resources: readonly Resource[],
  configs: readonly Resource[],
  scope: Scope,
  context: TransformContext,
): void {
  const objects = (list: readonly Resource[]) => list.map(({ object }) => object);
  for (const config of builtinsOf(configs, scope)) {
    const result = runTransformers(resources, [config], scope, context);
    if (!isDeepStrictEqual(objects(result), objects(resources)))
      refuse(config.object, 'a validator must not change objects', { ...context, location: config.location });
  }
}

/** Flux runs only the plugins that are built into kustomize. */
function builtinsOf(configs: readonly Resource[], scope: Scope): readonly Resource[] {
  return configs.filter(({ object, location }) => {
    if (isBuiltinPlugin(object)) return true;
    const name = comparableText(object.metadata?.name);
    const message = `Flux refuses the plugin ${object.kind} ${name}: it runs only plugins that are built into kustomize`;
    scope.log.error('kustomize-unsupported', message, location, {
      hint: 'use what kustomize has built in, or render the objects before you commit',
    });
    return false;
  });
}

function attempt<T>(
  object: ManifestObject,
  context: TransformContext,
  run: (context: TransformContext) => T,
): T | undefined {
  try {
    return run(context);
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    refuse(object, error.message, context);
    return undefined;
  }
}

function refuse(
  { kind, metadata }: ManifestObject,
  reason: string,
  { log, location }: { readonly log: BuildLog; readonly location: Resource['location'] },
): void {
  const message = `the configuration of ${kind} ${comparableText(metadata?.name)} is not valid: ${reason}`;
  log.error('kustomization-invalid', message, location, { hint: 'correct the configuration of the plugin' });
}
