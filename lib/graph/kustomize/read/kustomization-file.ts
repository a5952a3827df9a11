import { isMap, listOf, textOf, textsOf, type PlainMap } from '../../../plain/plain-data';

/** The fields of a kustomization file in their present form. */
export interface KustomizationFile {
  readonly kind: string;
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly data: PlainMap;
}

/** Reads a kustomization; deprecated fields take their present form. */
export function kustomizationFile(data: PlainMap): KustomizationFile {
  return {
    kind: textOf(data.kind) ?? 'Kustomization',
    resources: [...textsOf(data.resources), ...textsOf(data.bases)],
    components: textsOf(data.components),
    data: { ...data, images: [...listOf(data.images), ...listOf(data.imageTags)] },
  };
}

/** The field of a kustomization that names a file or folder, for example `resources[2]`. */
export function fieldNaming(data: PlainMap, path: string): string | undefined {
  for (const field of [
    'resources',
    'bases',
    'components',
    'configurations',
    'crds',
    'generators',
    'transformers',
    'validators',
  ]) {
    const index = listOf(data[field]).indexOf(path);
    if (index >= 0) return `${field}[${index}]`;
  }
  return undefined;
}

/** Helm charts that kustomize would inflate, as text for people. */
export function helmCharts(data: PlainMap): string[] {
  const charts = [...listOf(data.helmCharts), ...listOf(data.helmChartInflationGenerator)].filter(isMap);
  return charts.map(({ name, chartName, repo, chartRepoUrl, version, chartVersion }) => {
    const from = textOf(repo) ?? textOf(chartRepoUrl);
    const tag = textOf(version) ?? textOf(chartVersion);
    return `helm chart ${textOf(name) ?? textOf(chartName) ?? '?'}${tag ? ` ${tag}` : ''}${from ? ` from ${from}` : ''}`;
  });
}

/** Whether a resource's text names something outside the repository: a URL, or a git host's path. */
export function isRemote(resource: string): boolean {
  if (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(resource) ||
    /^git::/.test(resource) ||
    /^[\w.-]+@[\w.-]+:/.test(resource)
  )
    return true;
  return (
    /^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|de)[/:]/i.test(resource) ||
    resource.includes('?ref=')
  );
}

/**
 * Whether Flux accepts a path in `spec.components`; in a kustomization file, kustomize accepts others too.
 *
 * @see `IsLocalRelativePath` in https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go
 */
export function isLocalPath(path: string): boolean {
  return (
    !/^(?:file:\/\/)?\//i.test(path) &&
    !/^(?:git::|gh:|ssh:\/\/|https?:\/\/|git@|github\.com[:/])./i.test(path)
  );
}
