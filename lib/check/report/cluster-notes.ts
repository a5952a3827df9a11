import type { Finding } from '../../findings/finding';
import { addToGroup } from '../../plain/group-by';
import type { RuleFinding } from '../rule';

/** In which clusters findings are true, where a rule says so: a file may be wrong in one of the clusters that apply it. */
export class ClusterNotes {
  private readonly clusters = new Map<string, string[]>();

  /** Notes the cluster of a finding, and gives it back. */
  note(found: Finding, { cluster }: Pick<RuleFinding, 'cluster'>): Finding {
    if (cluster !== undefined) addToGroup(this.clusters, found.fingerprint, cluster);
    return found;
  }

  /** Whether a finding is true in a cluster. */
  holds({ fingerprint }: Finding, cluster: string): boolean {
    return this.clusters.get(fingerprint)?.includes(cluster) ?? true;
  }
}
