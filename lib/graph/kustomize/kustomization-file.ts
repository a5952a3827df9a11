import { isMap, listOf, mapOf, textOf, textsOf, type PlainMap } from '../../plain/plain-data';

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
  for (const field of ['resources', 'bases', 'components', 'configurations']) {
    const index = listOf(data[field]).indexOf(path);
    if (index >= 0) return `${field}[${index}]`;
  }
  return undefined;
}

/** Fields whose effect cannot be told, and what is lost. */
const unsupported: ReadonlyMap<string, string> = new Map([
  ['vars', 'variables in $(NAME) form are left as they are'],
  ['generators', 'what generators make is not known'],
  ['transformers', 'what transformers change is not known'],
]);

/** The fields of a kustomization that cannot be evaluated, with what is lost. */
export function unsupportedFields(data: PlainMap): [field: string, loss: string][] {
  return [...unsupported].filter(([field]) => listOf(data[field]).length > 0);
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

/** `configurations` that name references between custom kinds. */
export function nameReferencesOf(configuration: unknown) {
  return listOf(mapOf(configuration).nameReference)
    .filter(isMap)
    .map((entry) => ({
      kind: textOf(entry.kind) ?? '',
      group: textOf(entry.group),
      fields: listOf(entry.fieldSpecs)
        .filter(isMap)
        .map((spec) => ({
          path: textOf(spec.path) ?? '',
          kind: textOf(spec.kind),
          group: textOf(spec.group),
        })),
    }));
}
