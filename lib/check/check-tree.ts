import { siftAllowed, type Allowance } from '../config/allowance';
import type { CheckConfig } from '../config/check-config';
import type { RolloutPolicy } from '../config/rollout-policy';
import { finding, type Finding } from '../findings/finding';
import { uniqueFindings } from '../findings/unique-findings';
import { buildGraph } from '../graph/build-graph';
import { isAssumption } from '../graph/entries/assumptions';
import type { AppliedObject, Graph } from '../graph/graph';
import { topFolders } from '../graph/entries/top-folders';
import { withoutIdleLinks } from '../graph/touched-links';
import { Masker } from '../mask/masker';
import { compareText } from '../plain/compare-text';
import type { RolloutFiles } from '../rollout/fleet-file';
import type { Tree } from '../tree/tree';
import { CheckContext } from './check-context';
import { configFindings } from './config-findings';
import type { ClusterFacts } from './facts/cluster-facts';
import { withDoubt } from './facts/missing/guessed-start';
import { placeFields } from './facts/locate-fields';
import { checkObjects } from './facts/object-check';
import { whileSuspended } from './facts/while-suspended';
import { withPatch } from './facts/patches/set-by-patch';
import { ClusterNotes } from './report/cluster-notes';
import { mergeFindings } from './report/merge-findings';
import type { Rule } from './rule';
import { rolloutFindings } from './rollout-findings';
import { rules } from './rules';

/** How a tree is checked. */
export interface CheckOptions {
  /**
   * What Flux does with the tree, where that is known already.
   *
   * @default - built from the tree
   */
  readonly graph?: Graph;
  /**
   * The paths that Flux starts from.
   *
   * @default - found, as `buildGraph` does
   */
  readonly entries?: readonly string[];
  /**
   * What `cdk8s-flux.yaml` says of the checks.
   *
   * @default - every rule as it is
   */
  readonly settings?: CheckConfig;
  /**
   * How far one change may reach.
   *
   * @default - no limits
   */
  readonly policy?: RolloutPolicy;
  /**
   * Findings that are known and accepted.
   *
   * @default - none
   */
  readonly allow?: readonly Allowance[];
  /**
   * Rules that are not run, by their codes, as what they find is told otherwise.
   *
   * @default - none
   */
  readonly skip?: ReadonlySet<string>;
  /**
   * Where the repository keeps what the rings of a fleet run; without it, these files are not looked at.
   *
   * @default - none
   */
  readonly rollout?: RolloutFiles;
  /**
   * Which objects are checked by themselves, by their schemas.
   *
   * @default - all
   */
  readonly objects?: (applied: AppliedObject) => boolean;
  /**
   * Whether `entries` are some of the repository's only, so that what nothing uses cannot be told.
   *
   * @default false
   */
  readonly partial?: boolean;
  /**
   * Whether infos are reported, too.
   *
   * @default true
   */
  readonly infos?: boolean;
  /**
   * Whether folders are checked by themselves where the graph has no cluster.
   *
   * @default true
   */
  readonly loose?: boolean;
  /**
   * What was found before, as when the tree was loaded.
   *
   * @default - nothing
   */
  readonly found?: readonly Finding[];
}

/** What a check says of a repository. */
export interface CheckReport {
  /** What was found and is not allowed, what is assumed first, then in the order of files and lines. */
  readonly findings: readonly Finding[];
  /** How many findings are allowed. */
  readonly allowed: number;
  /** What Flux does with the repository. */
  readonly graph: Graph;
  /** What the rules looked at: the graph, or that of `folders` where it has no cluster. */
  readonly seen: Graph;
  /** What was gathered of the clusters of `seen`. */
  readonly clusters: readonly ClusterFacts[];
  /** The folders that were checked by themselves, since the repository says nowhere where Flux starts. */
  readonly folders: readonly string[];
  /** Hides the secrets of the repository in what is shown of it. */
  readonly masker: Masker;
}

/**
 * Checks a repository with every rule. Where it says nowhere where Flux starts, each folder that something elsewhere may
 * apply is checked by itself. It reads nothing but the tree, and throws nothing.
 */
export function checkTree(tree: Tree, options: CheckOptions = {}): CheckReport {
  const { settings = {}, allow = [], found = [] } = options;
  const graph = options.graph ?? buildGraph(tree, { entries: options.entries });
  const isLoose = graph.clusters.length === 0 && (options.loose ?? true);
  const folders = isLoose ? topFolders(tree) : [];
  const seen = isLoose ? buildGraph(tree, { entries: folders }) : graph;
  const context = new CheckContext(tree, seen, settings, {
    partial: options.partial,
    isLoose,
    policy: options.policy,
  });
  const seenIn = new ClusterNotes(context);
  const active = rules.filter(
    ({ code, standsAlone }) => (standsAlone || !isLoose) && options.skip?.has(code) !== true,
  );
  const given = [...withoutIdleLinks(found, tree, seen), ...graph.findings, ...seen.findings];
  const all = [...new Set(given)].map((one) => softened(one, context));
  all.push(...active.flatMap((rule) => run(rule, context, seenIn)));
  for (const found of checkObjects(context, options.objects ?? (() => true)))
    all.push(seenIn.note(whileSuspended(finding(found), context), found));
  if (options.rollout) all.push(...rolloutFindings(tree, options.rollout));
  const judged = uniqueFindings(all).flatMap((one) => judge(one, settings));
  const { kept, allowed, unused } = siftAllowed(judged, allow);
  const stale = options.partial ? [] : unused;
  const own = configFindings(settings, allow, stale).flatMap((one) => judge(one, settings));
  const shown = [...kept, ...own].filter(({ severity }) => severity !== 'info' || (options.infos ?? true));
  const placed = distinct(mergeFindings(placeFields(shown, tree).sort(byPlace), context, seenIn));
  const masker = Masker.of(seen, tree);
  const { clusters } = context;
  return { findings: masker.findings(placed), allowed, graph, seen, clusters, folders, masker };
}

function run({ code, check, namesCause }: Rule, context: CheckContext, seenIn: ClusterNotes): Finding[] {
  return [...check(context)].map((found) => {
    const { cause = namesCause ? found.message : undefined } = found;
    const placed = finding({ ...withPatch(found, context), cause, code });
    return seenIn.note(softened(placed, context), found);
  });
}

/** A finding that says less where it rests on a guess, or where nothing runs into it. */
function softened(found: Finding, context: CheckContext): Finding {
  return whileSuspended(withDoubt(found, context), context);
}

/** The finding with the severity that the settings give its code. */
function judge(found: Finding, { rules: severities = {} }: CheckConfig): Finding[] {
  const severity = Object.hasOwn(severities, found.code) ? severities[found.code] : undefined;
  if (severity === undefined) return [found];
  return severity === 'off' ? [] : [{ ...found, severity }];
}

/** Findings with the same code about one field, such as two variables in it, get different fingerprints. */
function distinct(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.map((found) => {
    const { fingerprint } = found;
    const before = counts.get(fingerprint) ?? 0;
    counts.set(fingerprint, before + 1);
    return before === 0 ? found : { ...found, fingerprint: `${fingerprint}-${before + 1}` };
  });
}

function byPlace(a: Finding, b: Finding): number {
  const [one, other] = [a, b].map(({ locations: [first] }) => first);
  return (
    Number(isAssumption(b)) - Number(isAssumption(a)) ||
    compareText(one?.file ?? '', other?.file ?? '') ||
    (one?.line ?? 0) - (other?.line ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}
