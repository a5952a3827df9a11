import { checkTree } from '../check/check-tree';
import type { Project } from '../config/project';
import type { Finding, FindingLocation } from '../findings/finding';
import type { Plan } from '../plan/plan';
import { identityOf } from '../tree/manifest';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';
import type { Afterwards, RepositoryState } from './afterwards';

/**
 * What a synth leaves to planning, which knows the constructs that are to blame, and to `cdk8s-flux check`: what a file
 * is by itself, and the settings.
 */
const leftOut: ReadonlySet<string> = new Set([
  'component-missing',
  'entry-missing',
  'file-not-listed',
  'orphan-file',
  'plaintext-secret',
  'removed-api',
  'rule-unknown',
  'sops-rule-no-regex',
]);

/** What a planned file may refer to although nothing shows it: its author says by `fromName` that it is elsewhere. */
const saidElsewhere: ReadonlySet<string> = new Set([
  'dependency-missing',
  'image-policy-missing',
  'image-repository-missing',
  'notification-reference-missing',
  'source-missing',
]);

/** What only the objects that Flux applies decide, so that no other file can put it right. */
const certain: ReadonlySet<string> = new Set([
  'chain-too-deep',
  'dependency-not-ready',
  'dependency-redundant',
  'health-check-ignored',
  'namespace-missing',
  'retry-interval-default',
]);

/** What a check of a plan has to know. */
export interface CheckPlanOptions {
  readonly plan: Plan;
  /** The files to publish. */
  readonly files: Tree;
  readonly project: Project;
  readonly afterwards: Afterwards;
}

/**
 * Checks what a plan comes to, together with what others wrote, by the rules of `cdk8s-flux check`. What stands in files
 * of others stops nothing: errors there are warnings. Infos are left to the command.
 *
 * The rest of the repository is read only where something was found without it: it may put that right, as a path does
 * that a person keeps next to the published folder.
 */
export function checkPlan(options: CheckPlanOptions): Finding[] {
  const near = findingsOf(options.afterwards.loadNear(), options);
  return near.every(({ code }) => certain.has(code)) ? near : findingsOf(options.afterwards.whole, options);
}

function findingsOf({ tree, graph }: RepositoryState, { plan, files, project }: CheckPlanOptions): Finding[] {
  const { allow, check: settings } = project;
  const { findings } = checkTree(tree, {
    graph,
    settings,
    allow,
    skip: leftOut,
    objects: false,
    partial: true,
  });
  return findings
    .filter(({ code, severity }) => severity !== 'info' && !leftOut.has(code))
    .map((found) => withConstructs(found, files))
    .filter((found) => !isSaidElsewhere(found) && !isPlanned(found, plan))
    .map((found) => (found.locations.some(isOurs) ? found : { ...found, severity: 'warning' }));
}

function isSaidElsewhere({ code, locations: [first] }: Finding): boolean {
  return saidElsewhere.has(code) && first !== undefined && isOurs(first);
}

/** Whether planning has told the same of the same construct, of one around it or in it. */
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

/** Names the constructs in place of lines: those of a planned file are the printer's. */
function withConstructs(found: Finding, files: Tree): Finding {
  const locations = found.locations.map((location, index) => {
    const file = location.file === undefined ? undefined : files.get(location.file);
    if (!file) return location;
    const constructPath = constructOf(file, index === 0 ? found : undefined);
    return { file: file.path, field: location.field, constructPath };
  });
  return { ...found, locations };
}

/** The construct that made the object that a finding is about, else the one that asked for the file. */
function constructOf(file: TreeFile, found: Finding | undefined): string | undefined {
  if (!file.isPrinted) return file.constructPath;
  const { documents } = file;
  const object = found?.object;
  const own = documents.find(({ object: candidate }) => {
    const { kind, namespace, name } = identityOf(candidate);
    return object?.kind === kind && object.name === name && (object.namespace ?? '') === (namespace ?? '');
  });
  const document = own ?? (documents.length === 1 ? documents[0] : undefined);
  return document?.constructPath ?? file.constructPath;
}
