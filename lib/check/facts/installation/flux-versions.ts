import { instanceSpec } from '../../../graph/entries/flux-instance';
import { isExampleFolder } from '../../../graph/entries/example-folders';
import { isFluxGroup } from '../../../kinds/groups';
import { COMPONENTS_FILE } from '../../../kinds/names';
import { listOf, mapOf, textOf, valueAt } from '../../../plain/plain-data';
import { directoryOf } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import { objectsOf } from '../../../tree/readable-documents';
import type { TreeFile } from '../../../tree/tree-file';
import { once } from '../../../plain/once';
import { asText } from '../../../plain/as-text';

/** A version of Flux that a file names, whether Flux applies that file or someone by hand. */
export interface StatedVersion {
  /** The folder of the file. */
  readonly folder: string;
  /** The minor version, for example `2.8`. */
  readonly version: string;
}

/** What a file must contain to be worth reading. */
const MARKS = [
  'fluxcd/flux2',
  'flux-manifests',
  'FluxInstance',
  'flux-instance',
  'flux2',
  'app.kubernetes.io/part-of: flux',
];

/** The versions of Flux that the files of a repository name, but for its examples and test data. */
export const statedVersions = once((tree: Tree): readonly StatedVersion[] =>
  tree.files
    .filter((file) => mayState(file) && !isExampleFolder(directoryOf(file.path)))
    .flatMap((file) =>
      [...versionsInText(file), ...versionsInObjects(file)].flatMap((text) => {
        const version = minorVersion(text);
        return version === undefined ? [] : [{ folder: directoryOf(file.path), version }];
      }),
    ),
);

const mayState = once(
  ({ path, bytes }: TreeFile) => path.endsWith(COMPONENTS_FILE) || MARKS.some((mark) => bytes.includes(mark)),
);

const mayServe = once(
  ({ bytes }: TreeFile) => bytes.includes('CustomResourceDefinition') && bytes.includes('fluxcd.io'),
);

/** The API versions that CRDs of Flux in the repository serve, as `group/version/kind`. */
export const servedByCrds = once((tree: Tree): ReadonlySet<string> => {
  const files = tree.files.filter(mayServe);
  return new Set(files.flatMap(objectsOf).flatMap(servedBy));
});

function servedBy(object: unknown): string[] {
  const { kind, spec } = mapOf(object);
  const { group, names, versions } = mapOf(spec);
  if (kind !== 'CustomResourceDefinition' || !isFluxGroup(textOf(group) ?? '')) return [];
  const served = listOf(versions)
    .map(mapOf)
    .filter((version) => version.served !== false);
  return served.map(({ name }) => `${asText(group)}/${asText(name)}/${asText(mapOf(names).kind)}`);
}

/** The header that bootstrap writes, and addresses of Flux releases on GitHub. */
function versionsInText({ path, bytes }: TreeFile): unknown[] {
  const text = bytes.toString('utf8');
  const header = path.endsWith(COMPONENTS_FILE) ? /^# Flux Version: (\S+)/m.exec(text)?.[1] : undefined;
  const remote =
    /fluxcd\/flux2(?:[^\s"']*[?&]ref=([^\s"'&\],}]+)|(?:\.git)?\/releases\/download\/([^\s"'/]+)\/)/g;
  return [header, ...[...text.matchAll(remote)].map((match) => match[1] ?? match[2])];
}

function versionsInObjects(file: TreeFile): unknown[] {
  return objectsOf(file).flatMap((object) => {
    const { kind, metadata, spec } = mapOf(object);
    const { url, ref } = mapOf(spec);
    const labels = mapOf(mapOf(metadata).labels);
    if (labels['app.kubernetes.io/part-of'] === 'flux') return [labels['app.kubernetes.io/version']];
    const instance = instanceSpec(object);
    if (instance) return [mapOf(instance.distribution).version];
    if (kind === 'HelmRelease' && valueAt(spec, 'chart', 'spec', 'chart') === 'flux2')
      return [versionOfChart(valueAt(spec, 'chart', 'spec', 'version'))];
    const address = textOf(url)?.replace(/\.git$/, '');
    const { tag, semver, branch } = mapOf(ref);
    if (kind === 'OCIRepository' && address?.endsWith('/flux2') === true)
      return [versionOfChart(tag ?? semver)];
    return isFluxAddress(address ?? '') ? [tag ?? semver ?? branch] : [];
  });
}

/** Whether an address is that of the manifests that Flux publishes, in a registry or in its repository. */
export function isFluxAddress(address: string): boolean {
  return /\/flux-manifests$|[/:]fluxcd\/flux2$/.test(address.replace(/\.git$/, ''));
}

/** The community chart `flux2` counts its minor versions ten ahead of Flux, since 2.12. */
function versionOfChart(version: unknown): string | undefined {
  const minor = Number(minorVersion(version)?.replace(/^2\./, '') ?? 0);
  return minor >= 12 ? `2.${minor - 10}` : undefined;
}

/** The minor version of `v2.7.3`, of `release/v2.7.x`, or of a range that stays within one; an open range says nothing. */
export function minorVersion(text: unknown): string | undefined {
  return /^(?:release\/)?[v=~]*\s*(\d+\.\d+)(?:\.[\dx*]+)?(?:@sha256:\w+)?$/.exec(asText(text ?? ''))?.[1];
}
