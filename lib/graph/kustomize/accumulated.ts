import type { FindingLocation } from '../../findings/finding';
import type { BuildFinding } from './build-log';
import type { Resource } from './resource';
import type { Var } from './replacements/vars';
import type { TransformerConfig } from './fields/transformer-config';

/** What a folder's kustomization gives, before names get their hashes. */
export interface Accumulated {
  readonly resources: readonly Resource[];
  /** What was found in the folder itself. */
  readonly findings: readonly BuildFinding[];
  readonly remotes: readonly string[];
  readonly reads: readonly string[];
  /** Which fields the transformations of whoever uses it change. */
  readonly config: TransformerConfig;
  /** Its `vars`, and those of what it uses. */
  readonly vars: readonly Var[];
  /** The bases and components that it uses. */
  readonly parts: readonly UsedPart[];
  /** Whether everything that it lists was found, below too. */
  readonly isWhole: boolean;
  /** `buildMetadata` of its kustomization. */
  readonly buildMetadata: readonly string[];
  /** Its kustomization file. */
  readonly location: FindingLocation;
  /** Whether it has a kustomization file that lists no `resources`. */
  readonly listsNothing: boolean;
}

/** A base or component of a folder. */
export interface UsedPart {
  readonly part: Accumulated;
  /** How many findings the folder had before. */
  readonly after: number;
}

/** What belongs to a build and is no object. */
export interface Gathered {
  readonly findings: readonly BuildFinding[];
  readonly remotes: readonly string[];
  readonly reads: readonly string[];
}

/** Gathers what belongs to a build from all folders that take part, each once, however often it is used. */
export function gather(root: Accumulated): Gathered {
  const seen = new Set<Accumulated>();
  const findings = new Set<BuildFinding>();
  const remotes = new Set<string>();
  const reads = new Set<string>();
  const visit = (folder: Accumulated): void => {
    if (seen.has(folder)) return;
    seen.add(folder);
    for (const remote of folder.remotes) remotes.add(remote);
    for (const path of folder.reads) reads.add(path);
    let told = 0;
    for (const { part, after } of folder.parts) {
      for (; told < after; told += 1) findings.add(folder.findings[told] as BuildFinding);
      visit(part);
    }
    for (const finding of folder.findings.slice(told)) findings.add(finding);
  };
  visit(root);
  return { findings: [...findings], remotes: [...remotes], reads: [...reads] };
}
