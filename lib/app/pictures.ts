import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PictureConfig } from '../config/flux-config';
import type { Project } from '../config/project';
import { buildPicture } from '../draw/build-picture';
import { formatOfFile, refuseFormat, renderPicture } from '../draw/render-picture';
import { refuseCluster } from '../graph/unknown-cluster';
import { Masker } from '../mask/masker';
import { isMarkdown, markdownWithChart } from '../publish/markdown-chart';
import { repositoryPath } from '../tree/path';
import { TreeFile } from '../tree/tree-file';
import type { RepositoryState } from './afterwards';

/**
 * The pictures that the configuration asks for.
 *
 * @param state - the repository as it will be after publishing
 * @throws FindingsError `picture-format-unknown`, `picture-markers-missing`, `cluster-unknown`, `graph-too-large`
 */
export function pictureFiles(project: Project, state: RepositoryState): TreeFile[] {
  return project.pictures.map((picture) => pictureFile(picture, state, project));
}

function pictureFile(
  { file, cluster }: PictureConfig,
  { graph, tree }: RepositoryState,
  project: Project,
): TreeFile {
  const { root, output } = project;
  const location = { file: 'cdk8s-flux.yaml' };
  const path = repositoryPath(file, location);
  const where = { field: 'pictures', locations: [location] };
  const format = formatOfFile(path) ?? refuseFormat(file, where);
  const names = graph.clusters.map(({ name }) => name);
  if (cluster !== undefined && !names.includes(cluster)) {
    refuseCluster(cluster, names, where);
  }
  const text = renderPicture(
    buildPicture(graph, { cluster, findings: [], masker: Masker.of(graph, tree) }),
    format,
  );
  return TreeFile.fromBytes(path, contentOf(path, text, root), { owner: output });
}

/** A Markdown file gets the chart between its marker lines, and keeps the rest; any other file is the picture. */
function contentOf(path: string, text: string, root: string): Buffer | string {
  if (!isMarkdown(path)) return text;
  const file = join(root, path);
  return markdownWithChart(path, text, existsSync(file) ? readFileSync(file) : Buffer.alloc(0));
}
