import { withLockDown } from '../config/check-config';
import type { Project } from '../config/project';
import { codeFacts, FINDING_CODES } from '../findings/codes';
import type { Finding, FindingLocation } from '../findings/finding';
import { inAuthorsWords } from '../plan/authors-words';
import type { Plan, PlannedCluster } from '../plan/plan';
import { identityOf } from '../tree/manifest';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';
import type { Afterwards, RepositoryState } from './projected-repository';
import { checkKey, type RememberedFindings } from './remembered-findings';

/** Codes that planning and the command report themselves. */
const leftOut: ReadonlySet<string> = new Set(
  Object.entries(FINDING_CODES).flatMap(([code, { atSynth }]) => (atSynth === 'skip' ? [code] : [])),
);

/** What a check of a plan has to know. */
export interface CheckPlanOptions {
  readonly plan: Plan;
  /** The files to publish. */
  readonly files: Tree;
  readonly project: Project;
  readonly afterwards: Afterwards;
  /**
   * What the check of an earlier run found.
   *
   * @default - nothing is known, and nothing is kept
   */
  readonly remembered?: RememberedFindings;
}

/**
 * Checks what a plan comes to, together with what others wrote, by the rules of `cdk8s-flux check`. What stands in files
 * of others stops nothing: errors there are warnings. Infos are left to the command.
 *
 * The rest of the repository is read only where something was found without it: it may put that right, as a path does
 * that a person keeps next to the published folder.
 */
export function checkPlan(given: CheckPlanOptions): Finding[] {
  const check = withLockDown(given.project.check ?? {}, lockedClusters(given.plan));
  const options = { ...given, project: { ...given.project, check } };
  const { afterwards } = options;
  const near = concerning(findingsNear(options), options);
  return near.every(({ code }) => codeFacts(code)?.atSynth === 'certain')
    ? near
    : concerning(findingsOf(afterwards.whole, options), options);
}

function lockedClusters({ directories }: Plan): PlannedCluster[] {
  return directories.flatMap(({ path, cluster, lockDown }) =>
    cluster && lockDown ? [{ name: cluster.construct.node.id, path }] : [],
  );
}

/** What the rules find in the planned files and the files near them: in the same files, the findings are the same. */
function findingsNear(options: CheckPlanOptions): readonly Finding[] {
  const { afterwards, remembered, project } = options;
  const { tree, settings, build } = afterwards.loadNear();
  const { allow, check, rollout } = project;
  const key = remembered && checkKey(tree, { ...settings, allow, check, rollout });
  const known = key && remembered.find(key);
  if (known) return known;
  const found = findingsOf(build(), options);
  if (key) remembered.keep(key, found);
  return found;
}

function findingsOf(
  { tree, graph }: RepositoryState,
  { project, files }: CheckPlanOptions,
): readonly Finding[] {
  const { allow, rollout, check: settings } = project;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what was checked before needs no rules
  const { checkTree } = require('../check/check-tree') as typeof import('../check/check-tree');
  return checkTree(tree, {
    graph,
    settings,
    allow,
    policy: rollout,
    skip: leftOut,
    // Planning has checked the objects of the app, but not what the Flux operator creates from them.
    objects: ({ madeBy, location }) => madeBy !== undefined && files.get(location.file ?? '') !== undefined,
    infos: false,
    partial: true,
  }).findings;
}

/** The findings that concern this run, in the words of the author. */
function concerning(all: readonly Finding[], { plan, files }: CheckPlanOptions): Finding[] {
  const root = plan.directories[0]?.construct.node.root;
  return all
    .filter(({ code }) => !leftOut.has(code))
    .map((found) => withConstructs(found, files))
    .filter((found) => !isSaidElsewhere(found) && !isPlanned(found, plan))
    .map((found) =>
      root && found.locations.some(isOurs) ? inAuthorsWords(found, root) : { ...found, severity: 'warning' },
    );
}

function isSaidElsewhere({ code, locations: [first] }: Finding): boolean {
  return codeFacts(code)?.atSynth === 'trust' && first !== undefined && isOurs(first);
}

/** Whether planning has reported the same about this construct, one around it or one in it. */
function isPlanned({ code, locations }: Finding, plan: Plan): boolean {
  const paths = pathsOf(locations);
  return plan.findings.some(
    (told) => told.code === code && pathsOf(told.locations).some((path) => paths.some(isRelated(path))),
  );
}

function pathsOf(locations: readonly FindingLocation[]): string[] {
  return locations.flatMap(({ constructPath }) => constructPath ?? []);
}

function isRelated(path: string): (other: string) => boolean {
  return (other) => `${other}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${other}/`);
}

function isOurs({ constructPath }: FindingLocation): boolean {
  return constructPath !== undefined;
}

/** Names the constructs instead of lines, because the lines of a planned file come from the printer. */
function withConstructs(found: Finding, files: Tree): Finding {
  const locations = found.locations.map((location, index) => {
    const file = location.file === undefined ? undefined : files.get(location.file);
    if (!file) return location;
    const constructPath = constructOf(file, index === 0 ? found : undefined);
    return { file: file.path, field: location.field, constructPath };
  });
  return { ...found, locations };
}

/** The construct that created the object of a finding, otherwise the one that asked for the file. */
function constructOf(file: TreeFile, found: Finding | undefined): string | undefined {
  if (!file.isPrinted) return file.constructPath;
  const { documents } = file;
  const object = found?.object;
  const own = documents.find(({ object: candidate }) => {
    const { kind, namespace, name } = identityOf(candidate);
    if (!object) return false;
    return object.kind === kind && object.name === name && (object.namespace ?? '') === (namespace ?? '');
  });
  const document = own ?? (documents.length === 1 ? documents[0] : undefined);
  return document?.constructPath ?? file.constructPath;
}
