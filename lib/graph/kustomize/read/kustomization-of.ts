import type { FindingLocation } from '../../../findings/finding';
import type { PlainMap } from '../../../plain/plain-data';
import type { RepositoryView } from '../../sources/repository-view';
import type { BuildLog } from '../build-log';
import { withoutCharts } from './chart-folders';
import { loadKustomization } from './load-kustomization';

/** The kustomization of a folder. */
export interface FolderKustomization {
  readonly data: PlainMap;
  /** The kustomization file, or the folder if it has none. */
  readonly location: FindingLocation;
  /** Whether the folder has no kustomization file, so that Flux generates one. */
  readonly isGenerated: boolean;
}

/** Reads the kustomization file of a folder, or lists what Flux lists in the one that it generates. */
export function kustomizationOf(view: RepositoryView, folder: string, log: BuildLog): FolderKustomization {
  const [path, ...others] = view.kustomizationFiles(folder);
  const file = path === undefined ? undefined : view.file(path);
  if (path === undefined || !file) {
    const start = folder === '' ? 0 : folder.length + 1;
    const listed = withoutCharts(view, view.generatedResources(folder), log);
    const resources = listed.map((resource) => resource.slice(start));
    return { data: { resources }, location: { file: folder }, isGenerated: true };
  }
  const location: FindingLocation = { file: path };
  if (others.length > 0) {
    const message = `the folder has ${others.length + 1} kustomization files`;
    log.error('kustomization-invalid', message, location, { hint: 'keep one of them' });
  }
  return { ...loadKustomization(file, log), isGenerated: false };
}
