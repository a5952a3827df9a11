import { Names, type ApiObject, type Chart } from 'cdk8s';
import { renderObject } from '../render/render';
import { substituteVariables } from '../render/variables/substitute-variables';
import { finding, type Finding } from '../findings/finding';
import type { Directory } from '../flux/directory';
import type { Tree } from '../tree/tree';
import { printDocuments } from '../yaml/print';

/** A file of the folder that the cdk8s CLI reads, prints and validates. */
export interface ScratchFile {
  /** The file's name. */
  readonly name: string;
  /** The file's content. */
  readonly content: Buffer;
}

/** Charts of the app that are in no Cluster: cdk8s gets them as ever, but no Flux repository has a place for them. */
export function planElsewhere(
  charts: ReadonlyMap<Chart, readonly ApiObject[]>,
  findings: Finding[],
): ScratchFile[] {
  return [...charts].map(([chart, objects]) => {
    findings.push(
      finding({
        code: 'chart-outside-cluster',
        severity: 'warning',
        message: 'the chart is not in a Cluster, so synth does not publish it',
        hint: 'create it in a FluxApp',
        locations: [{ constructPath: chart.node.path }],
      }),
    );
    const rendered = objects.flatMap((construct) => {
      const object = renderObject(construct, undefined, findings);
      return object ? [{ construct, object }] : [];
    });
    const substituted = substituteVariables(rendered, [], findings).objects;
    const text = printDocuments(rendered.map(({ construct }) => ({ object: substituted.get(construct) })));
    return { name: `${Names.toDnsLabel(chart)}.k8s.yaml`, content: Buffer.from(text) };
  });
}

/**
 * One file for each cluster with everything that Flux is to apply there, and one for each ManifestDirectory, so that validation plugins and
 * `cdk8s synth --stdout` see all objects. What was printed for the tree is used again.
 */
export function planClusters(directories: readonly Directory[], tree: Tree): ScratchFile[] {
  const separator = Buffer.from('---\n');
  const roots = directories.filter((directory) => directory.parent === undefined);
  const contents = new Map<Directory, Buffer[]>(roots.map((root) => [root, []]));
  const byPath = new Map(directories.map((directory) => [directory.path, directory]));
  for (const file of tree.files) {
    if (file.path.endsWith('/kustomization.yaml')) continue;
    const directory = file.owner === undefined ? undefined : byPath.get(file.owner);
    const parts = directory && contents.get(directory.cluster ?? directory);
    if (!parts) continue;
    if (parts.length > 0) parts.push(separator);
    parts.push(file.bytes);
  }
  return roots.map(({ construct }, index) => ({
    name: `${Names.toDnsLabel(construct)}.k8s.yaml`,
    content: Buffer.concat(contents.get(roots[index] as Directory) ?? []),
  }));
}
