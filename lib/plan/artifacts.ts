import type { ApiObject } from 'cdk8s';
import type { ClusterArtifacts } from '../delivery/artifacts/cluster-artifacts';
import type { FluxApp } from '../delivery/flux-app';
import { asDirectory, type Directory } from '../flux/directory';
import { planArtifacts, type WantedArtifact } from '../graph/artifacts/plan-copies';
import { kustomizationChange, sourcePath } from '../graph/post-build/kustomization-change';
import { SourceViews } from '../graph/kustomize/source-views';
import { listOf, mapOf } from '../plain/plain-data';
import type { RenderedObject } from '../render/variables/substitute-variables';
import { joinPath } from '../tree/path';
import type { Tree } from '../tree/tree';

/** Loads the files of the repository but for some. */
export type LoadRepository = (except: (path: string) => boolean) => Tree;

/** Objects of a file as they are printed. */
interface RenderedFile {
  readonly rendered: readonly RenderedObject[];
}

/** An app with its directory and its Kustomization as printed. */
interface Member {
  readonly directory: Directory;
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * Finds out what the artifacts of clusters hold: what the builds of their FluxApps read.
 *
 * @param files - the objects that are planned
 * @param planned - all planned files, but for the generators
 * @param repository - loads what is not planned, for FluxApps that build more than their own files
 */
export function fillArtifacts(
  generators: readonly ClusterArtifacts[],
  files: readonly RenderedFile[],
  planned: Tree,
  repository: LoadRepository | undefined,
): void {
  const specs = specsOf(files);
  const artifacts = generators.map((generator) =>
    generator.artifacts.flatMap(({ name, apps }) => {
      const members = apps.flatMap((app) => memberOf(app, specs) ?? []);
      const present = members.filter(({ directory }) => isPlanned(directory, planned));
      return present.length > 0 ? [{ name, members: present }] : [];
    }),
  );
  const needsMore = artifacts.flat().some(({ members }) => members.some(readsMore));
  const tree = needsMore && repository ? together(planned, repository) : planned;
  const { view, builder } = new SourceViews(tree).get();
  const readsOf = ({ directory, spec }: Member): readonly string[] => {
    const folderOf = (component: string) => sourcePath(`${directory.path}/${component}`);
    const change = kustomizationChange(spec, (component) => view.hasFolder(folderOf(component)));
    return builder.build(directory.path, { change }).reads;
  };
  const paths = [...tree.paths];
  for (const [index, generator] of generators.entries()) {
    const wanted = (artifacts[index] ?? []).map(({ name, members }): WantedArtifact => ({
      name,
      reads: members.flatMap(readsOf),
    }));
    generator.fill(planArtifacts(wanted, paths));
  }
}

function specsOf(files: readonly RenderedFile[]): ReadonlyMap<ApiObject, Member['spec']> {
  return new Map(
    files.flatMap(({ rendered }) =>
      rendered.flatMap(({ construct, object }) =>
        object.kind === 'Kustomization' ? [[construct, mapOf(object.spec)] as const] : [],
      ),
    ),
  );
}

function memberOf(app: FluxApp, specs: ReadonlyMap<ApiObject, Member['spec']>): Member | undefined {
  const directory = asDirectory(app);
  return directory && { directory, spec: (app.kustomization && specs.get(app.kustomization)) ?? {} };
}

/** An empty directory is left out and has no files, so there is nothing to copy. */
function isPlanned({ path }: Directory, planned: Tree): boolean {
  return planned.has(joinPath(path, 'kustomization.yaml'));
}

/** Whether an app may build files that others wrote. */
function readsMore({ directory, spec }: Member): boolean {
  return directory.kustomize !== undefined || listOf(spec.components).length > 0;
}

function together(planned: Tree, repository: LoadRepository): Tree {
  const tree = repository((path) => planned.has(path));
  for (const file of planned.files) tree.add(file);
  return tree;
}
