import { quotedFolder } from '../../../findings/quoted-folder';
import { directoryOf, isBelow } from '../../../tree/path';
import type { RepositoryView } from '../../sources/repository-view';
import type { BuildLog } from '../build-log';

/**
 * The files that Flux lists for a folder without a kustomization file, without those of Helm charts. Flux reads the
 * templates of a chart as manifests too, and refuses the build; the log says it once for each chart.
 */
export function withoutCharts(
  view: RepositoryView,
  listed: readonly string[],
  log: BuildLog,
): readonly string[] {
  const charts = listed.filter((path) => /(?:^|\/)Chart\.yaml$/.test(path) && isChart(view, path));
  if (charts.length === 0) return listed;
  const folders = charts.map(directoryOf);
  const isInside = (path: string, folder: string) => folder === '' || isBelow(path, folder);
  for (const [index, folder] of folders.entries()) {
    if (folders.some((outer) => outer !== folder && isInside(folder, outer))) continue;
    log.error(
      'manifest-invalid',
      `the folder ${quotedFolder(folder)} is a Helm chart, which Flux cannot build, because its files are not manifests`,
      { file: charts[index] ?? folder, line: 1 },
      {
        hint: 'install the chart with a HelmRelease; if the chart is not for this Kustomization, correct its spec.path, or add a kustomization.yaml that does not list the chart',
      },
    );
  }
  return listed.filter((path) => !folders.some((folder) => isInside(path, folder)));
}

/** Whether a file describes a chart, and is not an object of a file name like that. */
function isChart(view: RepositoryView, path: string): boolean {
  const text = view.file(path)?.bytes.toString('utf8') ?? '';
  return /^name:/m.test(text) && !/^kind:/m.test(text);
}
