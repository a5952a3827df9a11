import { join } from 'node:path';
import { CheckContext } from '../check/check-context';
import { unseenReferences } from '../check/unseen-references';
import type { PictureConfig } from '../config/flux-config';
import type { Project } from '../config/project';
import { buildPicture } from '../draw/build-picture';
import type { Picture } from '../draw/picture';
import {
  formatOfFile,
  refuseFormat,
  renderCharts,
  renderPicture,
  type PictureFormat,
} from '../draw/render-picture';
import { isSealed, sealed } from '../draw/seal';
import { wayToRoot } from '../draw/way-to-root';
import { FindingsError } from '../findings/findings-error';
import { checkCluster } from '../graph/unknown-cluster';
import { Masker } from '../mask/masker';
import { isMarkdown, markdownWithCharts } from '../publish/markdown-chart';
import { isReservedPath } from '../publish/names';
import { reservedFinding } from '../publish/problems';
import { readRegular } from '../publish/read-regular';
import { repositoryPath } from '../tree/path';
import { TreeFile } from '../tree/tree-file';
import type { RepositoryState } from './projected-repository';

/**
 * The pictures that the configuration asks for. One that stands in its file already is not drawn again.
 *
 * @param state - the repository as it will be after publishing
 * @param owner - the folder whose record lists them
 * @throws FindingsError `path-reserved`, `picture-format-unknown`, `picture-markers-missing`, `cluster-unknown`,
 *   `graph-too-large`
 */
export function pictureFiles(project: Project, state: RepositoryState, owner: string): TreeFile[] {
  return project.pictures.map((picture) => pictureFile(picture, state, { project, owner }));
}

function pictureFile(
  { file, cluster }: PictureConfig,
  { graph, tree }: RepositoryState,
  { project: { root, check }, owner }: { readonly project: Project; readonly owner: string },
): TreeFile {
  const location = { file: 'cdk8s-flux.yaml' };
  const path = repositoryPath(file, location);
  const where = { field: 'pictures', locations: [location] };
  if (isReservedPath(path)) throw new FindingsError([reservedFinding(path, location, 'pictures')]);
  const format = formatOfFile(path) ?? refuseFormat(file, where);
  checkCluster(
    cluster,
    graph.clusters.map(({ name }) => name),
    where,
  );
  const unseen = unseenReferences(new CheckContext(tree, graph, check));
  const picture = buildPicture(graph, { cluster, findings: [], masker: Masker.of(graph, tree), unseen });
  const before = readRegular(join(root, path), { shown: path });
  return TreeFile.fromBytes(path, contentOf(path, picture, format, before), { owner });
}

/** In a Markdown file, charts go between its marker lines and the rest stays; any other file is the picture. */
function contentOf(
  path: string,
  picture: Picture,
  format: PictureFormat,
  before: Buffer | undefined,
): Buffer | string {
  if (before && isSealed(before.toString('utf8'), picture, format)) return before;
  if (isMarkdown(path)) return markdownWithCharts(path, renderCharts(picture), before ?? Buffer.alloc(0));
  return sealed(renderPicture(picture, format, wayToRoot(path)), picture, format);
}
