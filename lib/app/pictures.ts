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
import type { Graph } from '../graph/graph';
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
export function pictureFiles(
  { pictures, root, check }: Project,
  { graph, tree }: RepositoryState,
  owner: string,
): TreeFile[] {
  const masker = Masker.of(graph, tree);
  const context = new CheckContext(tree, graph, check);
  return pictures.map((picture) => {
    const { path, format } = target(picture, graph);
    const unseen = unseenReferences(context);
    const drawn = buildPicture(graph, { cluster: picture.cluster, findings: [], masker, unseen });
    const before = readRegular(join(root, path), { shown: path });
    return TreeFile.fromBytes(path, contentOf(path, drawn, format, before), { owner });
  });
}

/** Where a picture goes, and in which format. */
function target({ file, cluster }: PictureConfig, { clusters }: Graph) {
  const location = { file: 'cdk8s-flux.yaml' };
  const path = repositoryPath(file, location);
  const where = { field: 'pictures', locations: [location] };
  if (isReservedPath(path)) throw new FindingsError([reservedFinding(path, location, 'pictures')]);
  const format = formatOfFile(path) ?? refuseFormat(file, where);
  const names = clusters.map(({ name }) => name);
  checkCluster(cluster, names, where);
  return { path, format };
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
