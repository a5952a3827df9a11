import { nearestName } from '../../findings/nearest-name';
import type { SubstituteReference } from '../../flux/kustomization';
import type { MarkedVariable } from '../../flux/variables/variable-text';
import type { SourceEntries, SourceReference, VariableSources } from './variable-sources';

/** A defined variable, with its value if it is known. */
interface Definition {
  readonly value?: string;
  /** Whether only its default defines it. */
  readonly byDefault?: boolean;
}

/** What `postBuild` says of variables. */
export interface PostBuild {
  readonly substitute?: Readonly<Record<string, unknown>>;
  readonly substituteFrom?: readonly SourceReference[];
}

/** A ConfigMap or Secret of the cluster with variables. */
interface ClusterSource {
  readonly given: SubstituteReference;
  readonly source: SourceReference;
}

/** What a directory's Kustomization and its cluster say of variables. */
export interface VariableScope {
  /** The namespace of the Kustomization. */
  readonly namespace: string;
  readonly postBuild: PostBuild;
  /** The values that the cluster defines. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** The ConfigMaps and Secrets that the cluster takes others from, as given and as the Kustomization names them. */
  readonly clusterFrom: readonly ClusterSource[];
  readonly sources: VariableSources;
}

/**
 * The variables of one directory. What is used and the Kustomization does not define is taken from the cluster, and only
 * that: Flux substitutes nothing in a Kustomization without variables.
 */
export class DirectoryVariables {
  private readonly definitions = new Map<string, Definition | undefined>();
  private readonly implied = new Map<string, string>();
  private readonly impliedFrom = new Set<ClusterSource>();
  private names?: ReadonlySet<string>;

  constructor(private readonly scope: VariableScope) {}

  /** What a variable is; undefined when nothing defines it. */
  define(variable: MarkedVariable): Definition | undefined {
    const { name } = variable;
    const known = this.definitions.get(name);
    if (known) return known;
    const found = this.ownDefinition(name) ?? this.clusterDefinition(name) ?? this.byDefault(variable);
    this.definitions.set(name, found);
    return found;
  }

  /** Whether a name is that of a variable, so that text which looks like it may be meant for it. */
  has(name: string): boolean {
    return this.knownNames().has(name);
  }

  /** The name that was likely meant. */
  likely(name: string): string | undefined {
    return nearestName(name, this.knownNames());
  }

  /**
   * Makes the Kustomization define what the printed text needs.
   *
   * @returns whether it has that value: the author may have given the name to another
   */
  imply(name: string, value: string): boolean {
    const own = this.ownDefinition(name);
    if (own) return own.value === value;
    if (Object.hasOwn(this.scope.values, name)) return String(this.scope.values[name]) === value;
    this.implied.set(name, value);
    return true;
  }

  /** Whether Flux substitutes at all. */
  get isActive(): boolean {
    return this.isExtended || Object.keys(this.scope.postBuild).length > 0;
  }

  /** Whether the Kustomization must define more than its author said. */
  get isExtended(): boolean {
    return this.implied.size + this.impliedFrom.size > 0;
  }

  /** What is used of the cluster's ConfigMaps and Secrets. */
  get clusterSources(): SubstituteReference[] {
    return [...this.impliedFrom].map(({ given }) => given);
  }

  /** The `postBuild` with what was implied. */
  postBuild(): PostBuild {
    const { substitute, substituteFrom, ...rest } = this.scope.postBuild;
    const values = {
      ...substitute,
      ...Object.fromEntries([...this.implied].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
    // The last one takes precedence, and the FluxApp takes precedence over the cluster.
    const from = [
      ...this.scope.clusterFrom.filter((entry) => this.impliedFrom.has(entry)).map(({ source }) => source),
      ...(substituteFrom ?? []),
    ];
    return {
      ...rest,
      ...(Object.keys(values).length > 0 && { substitute: values }),
      ...(from.length > 0 && { substituteFrom: from }),
    };
  }

  private ownDefinition(name: string): Definition | undefined {
    const { substitute, substituteFrom = [] } = this.scope.postBuild;
    if (substitute !== undefined && Object.hasOwn(substitute, name))
      return { value: String(substitute[name]) };
    const entries = substituteFrom.map((reference) => this.entriesOf(reference));
    const found = entries.reverse().find((known) => known?.has(name));
    return found && { value: found.get(name) };
  }

  private clusterDefinition(name: string): Definition | undefined {
    const { values, clusterFrom, postBuild } = this.scope;
    if (Object.hasOwn(values, name)) {
      const value = String(values[name]);
      this.implied.set(name, value);
      return { value };
    }
    const found = [...clusterFrom].reverse().find(({ source }) => this.entriesOf(source)?.has(name));
    if (found) {
      this.impliedFrom.add(found);
      return { value: this.entriesOf(found.source)?.get(name) };
    }
    // A ConfigMap or Secret outside the app may define anything.
    if (postBuild.substituteFrom?.some((reference) => !this.entriesOf(reference))) return {};
    const unknown = clusterFrom.filter(({ source }) => !this.entriesOf(source));
    for (const entry of unknown) this.impliedFrom.add(entry);
    return unknown.length > 0 ? {} : undefined;
  }

  /** A default defines a variable that nothing else defines, because Flux substitutes only if there are variables. */
  private byDefault({ name, default: standard }: MarkedVariable): Definition | undefined {
    if (standard === undefined) return undefined;
    this.implied.set(name, standard);
    return { value: standard, byDefault: true };
  }

  private entriesOf(reference: SourceReference): SourceEntries | undefined {
    return this.scope.sources.find(reference, this.scope.namespace);
  }

  private knownNames(): ReadonlySet<string> {
    if (this.names) return this.names;
    const { postBuild, values, clusterFrom } = this.scope;
    const names = new Set([...Object.keys(postBuild.substitute ?? {}), ...Object.keys(values)]);
    for (const reference of [
      ...(postBuild.substituteFrom ?? []),
      ...clusterFrom.map(({ source }) => source),
    ]) {
      for (const name of this.entriesOf(reference)?.keys() ?? []) names.add(name);
    }
    this.names = names;
    return names;
  }
}
