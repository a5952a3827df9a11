import type { Cluster } from '../delivery/cluster';
import type { Finding } from '../findings/finding';
import type { Directory } from '../flux/directory';
import { validateObject } from '../schema/validate-object';
import { releaseConflicts } from '../schema/validate-objects';
import type { ValidateOptions } from '../schema/validate-options';
import { violationFinding } from '../schema/validate-tree-object';
import type { ManifestDocument } from '../tree/manifest';
import type { DirectoryFiles } from './files-by-directory';

/** What is known of a cluster beside its objects. */
export type ClusterKnowledge = Pick<ValidateOptions, 'extraAlertKinds' | 'fluxVersion'>;

/** What is known of a cluster, by its name or its entry path. */
export type KnowledgeOf = (names: readonly string[]) => ClusterKnowledge;

/** A document and the file that it is printed to. */
interface Printed {
  readonly document: ManifestDocument;
  readonly file: string;
}

/** Flux uses server-side apply, which refuses a null in a field that does not allow it. */
const OPTIONS: ValidateOptions = { nulls: 'refuse' };

/**
 * Checks every printed object as the API server and Flux's controllers would: those of each cluster together, since
 * two of them may clash. Duplicates are left to `findDuplicates`, which knows both constructs.
 *
 * @param substituting - the directories in which Flux substitutes variables
 * @param knowledgeOf - what is known of each cluster
 */
export function validateDirectories(
  placed: readonly DirectoryFiles[],
  substituting: ReadonlySet<Directory>,
  knowledgeOf: KnowledgeOf = () => ({}),
): Finding[] {
  return groups(placed, substituting).flatMap(({ cluster, substitutions, printed }) => {
    const names = cluster ? [cluster.construct.node.id, cluster.path] : [];
    const known = knowledgeOf(names);
    // The settings of the cluster in the code apply if the configuration sets nothing.
    const fluxVersion = known.fluxVersion ?? (cluster?.construct as Cluster | undefined)?.bootstrap?.version;
    return validateGroup(printed, { ...OPTIONS, ...known, fluxVersion, substitutions });
  });
}

function validateGroup(printed: readonly Printed[], options: ValidateOptions): Finding[] {
  const objects = printed.map(({ document }) => document.object);
  const violations = objects.map((object) => validateObject(object, options));
  for (const [index, conflict] of releaseConflicts(objects, options)) violations[index]?.push(conflict);
  return printed.flatMap(({ document, file }, index) =>
    (violations[index] ?? []).map((violation) => violationFinding(violation, document, file)),
  );
}

/** Documents that are validated together. */
interface Group {
  /**
   * The cluster that the documents are for.
   *
   * @default - unknown
   */
  readonly cluster?: Directory;
  /** Whether variables are still to be substituted. */
  readonly substitutions: boolean;
  readonly printed: Printed[];
}

/** The printed documents by cluster; documents with variables are separate. */
function groups(placed: readonly DirectoryFiles[], substituting: ReadonlySet<Directory>): Group[] {
  const result = new Map<string, Group>();
  for (const { directory, files } of placed) {
    const substitutions = directory !== undefined && substituting.has(directory);
    const key = `${directory?.cluster?.construct.node.path ?? ''} ${substitutions}`;
    const group = result.get(key) ?? { cluster: directory?.cluster, substitutions, printed: [] };
    result.set(key, group);
    for (const file of files) {
      if (!file.isPrinted) continue;
      for (const document of file.documents) group.printed.push({ document, file: file.path });
    }
  }
  return [...result.values()];
}
