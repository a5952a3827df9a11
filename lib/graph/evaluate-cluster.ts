import { comparableText } from '../plain/comparable-text';
import { isDeepStrictEqual } from 'node:util';
import { finding, type Finding, type FindingLocation } from '../findings/finding';
import { identityOf, type ManifestObject } from '../tree/manifest';
import { directoryOf, joinPath } from '../tree/path';
import { refusedNames } from './post-build/refused-names';
import {
  buildVariables,
  knownVariables,
  variableSources,
  type KnownVariables,
} from './post-build/variable-sources';
import { sourceOf, type Entry } from './entries/entry';
import type { ExpansionLimit } from './expansion-limit';
import type { KustomizationBuild } from './graph';
import { isFluxKustomization } from './kinds';
import { builtUnder, keyOf, objectKey, offerOf, type Offer } from './offers';
import { changeKey, kustomizationChange, sourcePath } from './post-build/kustomization-change';
import type { BuildResult } from './kustomize/build-result';
import type { BuildFinding } from './kustomize/build-log';
import { MANAGED_BY_LABEL } from '../kinds/names';
import { missingPath } from './missing-path';
import { copiedKey, withCopiedData } from './resource-sets/copied-config';
import { withMadeObjects } from './resource-sets/made-objects';
import { ProvidedSets } from './resource-sets/provided-sets';
import { finishObjects, type BuiltObject } from './post-build/substitute-objects';
import { mapOf, textOf, textsOf, type PlainMap } from '../plain/plain-data';
import { SourceStates } from './source-states';
import type { BuildMemo } from './sources/build-memo';
import { RecordedView } from './sources/recorded-view';
import type { SourceState } from './sources/source-state';
import type { SourceViews } from './kustomize/source-views';
import { asText } from '../plain/as-text';

/** A Kustomization and what it applies. */
export interface EvaluatedKustomization {
  readonly object: ManifestObject;
  readonly location?: FindingLocation;
  readonly objects: readonly BuiltObject[];
  /** Those of the objects that decide what else is evaluated, and how. Most do not. */
  readonly offers: readonly Offer[];
  readonly build: Omit<KustomizationBuild, 'inventory'>;
}

/** Everything that Flux applies from one entry. */
export interface EvaluatedCluster {
  /** The root first, then in the order in which they were reached. */
  readonly kustomizations: readonly EvaluatedKustomization[];
  readonly findings: readonly Finding[];
  /**
   * Where the root of another cluster is, which the build of this one includes, so that Flux refuses it.
   *
   * @default - the build includes none
   */
  readonly innerRoot?: FindingLocation;
}

interface Pending {
  readonly object: ManifestObject;
  readonly location?: FindingLocation;
  /** Whether its path has a variable after the substitution, so that the files do not show its value. */
  readonly hasVariable?: boolean;
}

/**
 * Evaluates a cluster from its entry down. A Kustomization waits here until the ConfigMaps, Secrets and the source
 * that it needs were applied by another, if any does.
 */
export class ClusterEvaluation {
  private readonly applied = new Map<string, ManifestObject>();
  private readonly seen = new Set<string>();
  private readonly ready: Pending[] = [];
  private readonly waiting = new Map<string, Pending[]>();
  private readonly results: EvaluatedKustomization[] = [];
  private readonly findings: Finding[] = [];
  private readonly sources: SourceStates;
  private readonly sets = new ProvidedSets();
  private innerRoot?: FindingLocation;

  constructor(
    private readonly entry: Entry,
    private readonly views: SourceViews,
    private readonly limit: ExpansionLimit,
    private readonly memo?: BuildMemo,
  ) {
    this.sources = new SourceStates(entry, views, this.applied);
  }

  /** Evaluates everything. */
  run(): EvaluatedCluster {
    this.evaluateRoot();
    do {
      // The list grows while it is walked: children come after what was found before them.
      for (const next of this.ready) this.record(this.evaluateSafely(next));
      this.ready.length = 0;
    } while (this.fillSets(false) || this.releaseAll() || this.fillSets(true));
    const { results: kustomizations, findings, innerRoot } = this;
    return { kustomizations, findings, innerRoot };
  }

  /** The root is applied by its own path, often with patches there, so it may have to be read again. */
  private evaluateRoot(): void {
    const { kustomization, location } = this.entry;
    const key = keyOf(kustomization);
    let root = this.evaluateSafely({ object: kustomization, location });
    const own = root.objects.find(({ object }) => isFluxKustomization(object) && keyOf(object) === key);
    if (own && isElsewhere(root, own)) this.innerRoot = own.location;
    else if (own && !isDeepStrictEqual(own.object.spec, kustomization.spec)) {
      this.findings.length = 0;
      root = this.evaluateSafely({ object: own.object, location: own.location });
    }
    this.seen.add(key);
    this.record(root);
  }

  private record(result: EvaluatedKustomization): void {
    const place = this.results.push(result) - 1;
    if (result.build.remoteCluster !== undefined) return;
    this.sets.add(place, result.objects);
    this.take(result, result.offers);
  }

  /** Makes known what a Kustomization offers, and sees to the Kustomizations among it. */
  private take({ build }: EvaluatedKustomization, offers: readonly Offer[]): void {
    for (const { keys, object, location } of offers) {
      for (const key of keys) this.provide(key, object);
      const [key = ''] = keys;
      if (!isFluxKustomization(object) || this.seen.has(key)) continue;
      this.seen.add(key);
      const hasVariable = build.variables && textOf(mapOf(object.spec).path)?.includes('${');
      this.enqueue({ object, location, hasVariable });
    }
  }

  /** Adds what ResourceSets create with the inputs of providers; returns whether anything was added. */
  private fillSets(isLast: boolean): boolean {
    const filled = this.sets.fill(isLast);
    for (const [place, sets] of filled) {
      const before = this.results[place] as EvaluatedKustomization;
      const made = [...sets.values()].flatMap(([, ...others]) => others);
      const offers = made.flatMap(offerOf);
      const objects = before.objects.flatMap((built) => sets.get(built) ?? [built]);
      this.results[place] = { ...before, objects, offers: [...before.offers, ...offers] };
      this.sets.add(place, made);
      this.take(before, offers);
    }
    return filled.size > 0;
  }

  private provide(key: string, object: ManifestObject): void {
    if (!this.applied.has(key)) this.applied.set(key, object);
    this.release(key);
  }

  private enqueue(pending: Pending): void {
    const missing = this.neededKeys(pending.object).find((key) => !this.applied.has(key));
    if (missing === undefined) this.ready.push(pending);
    else this.waiting.set(missing, [...(this.waiting.get(missing) ?? []), pending]);
  }

  private release(key: string): void {
    const waiting = this.waiting.get(key);
    if (!waiting) return;
    this.waiting.delete(key);
    for (const pending of waiting) this.enqueue(pending);
  }

  /** If nothing in the tree provides an object, we no longer wait for it. */
  private releaseAll(): boolean {
    const rest = [...this.waiting.values()].flat();
    this.waiting.clear();
    this.ready.push(...rest);
    return rest.length > 0;
  }

  /** What the evaluation of a Kustomization needs, and another Kustomization may apply. */
  private neededKeys(object: ManifestObject): string[] {
    const spec = mapOf(object.spec);
    const namespace = textOf(object.metadata?.namespace) ?? '';
    const configs = variableSources(spec.postBuild).flatMap(({ kind, name }) => {
      const key = objectKey(kind, namespace, name);
      const object = this.applied.get(key);
      const source = object && copiedKey(object);
      return source === undefined ? [key] : [key, source];
    });
    const source = sourceOf(spec.sourceRef, namespace);
    const isSync = this.sources.isSync(source);
    return isSync ? configs : [...configs, objectKey(source.kind, source.namespace ?? '', source.name)];
  }

  /** A defect in the evaluation costs one Kustomization, not the whole graph. */
  private evaluateSafely(pending: Pending): EvaluatedKustomization {
    try {
      return this.evaluate(pending);
    } catch (error) {
      const { object, location } = pending;
      const name = asText(object.metadata?.name ?? '');
      this.findings.push(
        finding({
          code: 'evaluation-failed',
          message: `Kustomization ${JSON.stringify(name)} cannot be evaluated: ${String(error)}`,
          hint: 'this is a bug in cdk8s-flux: report it, with the files that the Kustomization builds',
          locations: location ? [location] : [],
        }),
      );
      const path = sourcePath(mapOf(object.spec).path);
      const build = { source: 'repository' as const, path, reads: [], remotes: [], complete: false };
      return { object, location, objects: [], offers: [], build };
    }
  }

  private evaluate({ object, location, hasVariable }: Pending): EvaluatedKustomization {
    const spec = mapOf(object.spec);
    const known = this.sources.stateOf(sourceOf(spec.sourceRef, textOf(object.metadata?.namespace) ?? ''));
    const state = object === this.entry.kustomization ? this.sources.withEntryPath(known) : known;
    const path = joinPath(state.root ?? '', sourcePath(spec.path));
    const kubeConfig = mapOf(spec.kubeConfig);
    const remoteCluster =
      textOf(mapOf(kubeConfig.secretRef).name) ?? textOf(mapOf(kubeConfig.configMapRef).name);
    const { view } = this.views.get(state.ignore, state.folders, state.copies);
    const isElsewhere = state.isOtherRevision === true && !view.hasFolder(path);
    const isUnknown = hasVariable === true && !view.hasFolder(path);
    const source = isElsewhere ? 'outside' : isUnknown ? 'unknown' : state.source;
    const base = { source, path: view.sourcePath(path) ?? path, remoteCluster };
    if (source !== 'repository') {
      const build = { ...base, reads: [], remotes: [], complete: false };
      return { object, location, objects: [], offers: [], build };
    }
    const work = () => this.evaluatePath({ object, location }, path, state, base);
    // Variables come from objects of the cluster, which may differ in another tree.
    const isRemembered = this.memo && view instanceof RecordedView && spec.postBuild === undefined;
    const { result, findings } = isRemembered
      ? this.memo.evaluate(object, { view, key: evaluationKey(path, location, state), isSound }, work)
      : work();
    this.findings.push(...findings);
    return result;
  }

  private evaluatePath(
    { object, location }: Pending,
    path: string,
    state: SourceState,
    base: Pick<KustomizationBuild, 'source' | 'path' | 'remoteCluster'>,
  ): Evaluation {
    const spec = mapOf(object.spec);
    const built = this.buildPath(object, location, path, state);
    const namespace = textOf(object.metadata?.namespace) ?? '';
    const known = knownVariables(spec.postBuild, (kind, name) => {
      const key = objectKey(kind, namespace, name);
      const object = this.applied.get(key) ?? builtUnder(key, built.resources);
      return object && withCopiedData(object, this.applied.get(copiedKey(object) ?? ''));
    });
    const finish = () => finishObjects(built.resources, spec, known, this.limit);
    const finished = this.memo?.finish(built.resources, finishKey(spec, known), finish) ?? finish();
    const refused = finished.substitutes ? refusedNames(known, object, location) : [];
    const own = built.findings.flatMap((found) =>
      isOverwritten(found, spec) ? [] : unlessAccepted(found, base.path),
    );
    const findings = [...own, ...refused, ...finished.findings];
    const complete =
      built.remotes.length === 0 &&
      !findings.some(({ code, severity }) => severity === 'error' || code === 'generator-failed');
    const told = findings.map((found) => unlessMade(found, state));
    const variables = spec.postBuild === undefined ? undefined : buildVariables(known, finished.used);
    const build = {
      ...base,
      reads: built.reads,
      remotes: built.remotes,
      complete,
      variables,
      ...failureOf(told),
    };
    const objects = withMadeObjects(finished.objects);
    const made = { object, location, objects, offers: objects.flatMap(offerOf), build };
    const isRemembered = this.memo && spec.postBuild !== undefined;
    return {
      result: isRemembered ? this.memo.sameAs([finished, object], made, isSame) : made,
      findings: told,
    };
  }

  private buildPath(
    object: ManifestObject,
    location: FindingLocation | undefined,
    path: string,
    { ignore, folders, copies }: SourceState,
  ): BuildResult {
    const { view, builder } = this.views.get(ignore, folders, copies);
    if (!view.hasFolder(path)) {
      const name = asText(object.metadata?.name ?? '');
      const { what, hint } = missingPath(view, path, mapOf(mapOf(object.spec).sourceRef));
      const missing = finding({
        code: 'path-missing',
        message: `Kustomization ${JSON.stringify(name)} builds ${JSON.stringify(path)}, ${what}`,
        cause: `several Kustomizations build ${JSON.stringify(path)}, ${what}`,
        hint,
        object: identityOf(object),
        locations: location ? [location] : [],
        field: 'spec.path',
      });
      return { resources: [], findings: [missing], remotes: [], reads: [] };
    }
    const folderOf = (component: string) => sourcePath(`${path}/${component}`);
    const hasComponent = (component: string) => view.hasFolder(folderOf(component));
    const change = kustomizationChange(mapOf(object.spec), hasComponent);
    const metadata = textsOf(mapOf(object.spec).buildMetadata);
    const key = change && this.memo && changeKey(mapOf(object.spec), hasComponent);
    return builder.build(path, { change, location, metadata, key });
  }
}

/** Whether a build that Flux refuses holds another Kustomization of the same name, for another path. */
function isElsewhere({ object, build }: EvaluatedKustomization, own: Pick<BuiltObject, 'object'>): boolean {
  return build.failure !== undefined && mapOf(own.object.spec).path !== mapOf(object.spec).path;
}

/** Whether the label that a build sets gets another value afterwards. */
function isOverwritten({ code }: Finding, { commonMetadata }: PlainMap): boolean {
  return code === 'label-invalid' && mapOf(mapOf(commonMetadata).labels)[MANAGED_BY_LABEL] !== undefined;
}

/** What is found out about a Kustomization. */
interface Evaluation {
  readonly result: EvaluatedKustomization;
  readonly findings: readonly Finding[];
}

/** The problems may depend on limits for the whole run. */
function isSound({ findings }: Evaluation): boolean {
  return !findings.some(({ severity }) => severity === 'error');
}

/** Whether two evaluations of one Kustomization with the same objects are the same. */
function isSame(a: EvaluatedKustomization, b: EvaluatedKustomization): boolean {
  return isDeepStrictEqual(a.location, b.location) && isDeepStrictEqual(a.build, b.build);
}

/** What an evaluation depends on beside its object and the files. */
function evaluationKey(path: string, location: FindingLocation | undefined, state: SourceState): string {
  const { source, ignore, root, folders, copies } = state;
  const isPlain =
    source === 'repository' && ignore === undefined && root === undefined && !folders && !copies;
  const view = isPlain ? '' : JSON.stringify([source, ignore, root, folders, copies]);
  return [path, location?.file, location?.line, view].join('\0');
}

/** What the last steps of a build depend on beside its objects. */
function finishKey({ postBuild, commonMetadata }: PlainMap, { values, secret }: KnownVariables): string {
  return comparableText([postBuild, commonMetadata, [...values], [...secret]]);
}

/** A finding of a build; an info if it reports a file that CI may make before it pushes the folder of the source. */
function unlessMade(found: BuildFinding, { isPushed }: SourceState): Finding {
  if (!found.mayBeMade) return found;
  const { mayBeMade: _, ...known } = found;
  if (!isPushed) return known;
  return {
    ...known,
    severity: 'info',
    message: `${known.message}, unless CI makes it before it pushes the folder`,
  };
}

/** A finding of a build; a warning if Flux accepts the file because it is at the path of the Kustomization. */
function unlessAccepted({ atPath, ...found }: BuildFinding, path: string): BuildFinding {
  if (atPath === undefined || directoryOf(found.locations[0]?.file ?? '') !== path) return found;
  const message = `${found.message}; Flux ${atPath} at the path of a Kustomization, but kustomize and kubectl refuse the file`;
  return { ...found, severity: 'warning', message };
}

/** Why a Kustomization with such findings applies nothing. */
function failureOf(findings: readonly Finding[]): Pick<KustomizationBuild, 'failure'> {
  if (findings.some(({ code }) => code === 'path-missing')) return { failure: 'path-missing' };
  return findings.some(({ severity }) => severity === 'error') ? { failure: 'build-refused' } : {};
}
