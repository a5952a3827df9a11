import { relative, resolve } from 'node:path';
import type { App } from 'cdk8s';
import { clusterConfig } from '../config/check-config';
import { siftAllowed } from '../config/allowance';
import { checkScratchFolder } from '../config/scratch-folder';
import type { Finding } from '../findings/finding';
import { isMainProgram } from '../findings/print-uncaught';
import { FindingsError, throwErrors } from '../findings/findings-error';
import { collectSooner } from '../plain/collect-sooner';
import { planApp, type Plan } from '../plan/plan';
import { keepSecrets, type Encryption } from '../plan/secrets';
import type { CompareFiles } from '../publish/change-plan';
import { OwnedFolders } from '../publish/owned-folders';
import { findRemoved, publish, type PublishResult } from '../publish/publish';
import { Tree } from '../tree/tree';
import type { Afterwards } from './projected-repository';
import { isEntryPath } from '../flux/directory';
import { checkReencrypt } from './check-reencrypt';
import { checkSharedFiles } from './check-shared-files';
import { fleetFile, fleetPath, wholeApp } from './fleets';
import { foreignManifests } from './foreign-manifests';
import { formerClusters } from './former-clusters';
import { printBootstrap, printBootstrapKustomization } from './print-bootstrap';
import { publishOptions } from './publish-options';
import { repositoryOf } from './repository-of';
import { publishedFolders, type PublishedFolders } from './published-folders';
import { RememberedFindings } from './remembered-findings';
import { runReport } from './run-report';
import { findRun, isCommandRun, type Run } from './synth-run';
import { withSources } from './with-sources';
import { writeScratch } from './write-scratch';

/** Synthesizes an app as this process was started to: see `GitOpsApp.synth`. */
export function synthesize(app: App): void {
  if (!isCommandRun(process.env)) {
    const isMain = isMainProgram();
    synthesizeRun(app, isMain ? print : () => undefined);
    if (isMain)
      say(
        `nothing was published; ${relative(process.cwd(), app.outdir) || '.'} has the objects; to publish, run: npx cdk8s-flux synth`,
      );
    return;
  }
  try {
    synthesizeRun(app, print);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    print(error.findings);
    if (error.findings.some(isWrongUsage)) process.exitCode = 2;
    if (error.findings.some(({ code }) => BLOCKED.has(code))) say('nothing was published');
  }
  runReport.finish();
}

/** Names on the command line that the app does not have: the command could not run. */
const WRONG_USAGE: ReadonlySet<string> = new Set(['cluster-unknown', 'reencrypt-unmatched', 'shard-unknown']);

/** Whether the command line is wrong; an unknown cluster in the configuration is a finding like others. */
function isWrongUsage({ code, field }: Finding): boolean {
  return WRONG_USAGE.has(code) && field === undefined;
}

/** Problems of the disk that stop the run before the first change. */
const BLOCKED: ReadonlySet<string> = new Set(['link-outside-repository', 'path-blocked', 'publish-locked']);

/** From this number of files on, the checks take so much memory that it counts more than time. */
const MANY_FILES = 50_000;

function synthesizeRun(app: App, report: (findings: readonly Finding[]) => void): void {
  const started = findRun(process.env, process.cwd());
  const { print, cluster } = started.wishes;
  if (print !== undefined) {
    if (print === 'bootstrap') printBootstrap(app, cluster);
    else printBootstrapKustomization(app, cluster, started.wishes.shard);
    return;
  }
  const whole = wholeApp(app, started.wishes.cluster);
  const plan = planFor(app, started);
  const run: PublishingRun = { ...started, target: publishedFolders(started.project, whole.roots) };
  const kept = siftAllowed([...plan.findings, ...whole.findings], run.project.allow).kept;
  const findings = withSources(kept, app, process.cwd());
  throwErrors([...findings, ...checkScratch(app, run)]);
  addSopsRules(plan, run);
  const fleet = fleetFile(whole, run.target.homes[0]);
  if (fleet) throwErrors([plan.tree.add(fleet) ?? []].flat());
  const files = selectFiles(plan, run);
  throwErrors(checkReencrypt(run.wishes.reencrypt ?? [], plan, files));
  if (!run.publishes) {
    report(findings);
    writeScratch(app, plan, false);
    return;
  }
  if (files.files.length > MANY_FILES) collectSooner();
  let removed: readonly string[] | undefined;
  const removedFiles = () => (removed ??= findRemoved(publishOptions(files, plan, run)));
  const afterwards = stateAfterwards(plan, files, run, removedFiles);
  const { root, allow } = run.project;
  const foreign = foreignManifests({ root, plan, files, findRemoved: removedFiles });
  const inRepository = [
    ...siftAllowed(foreign, allow).kept,
    ...checkRepository(plan, files, afterwards, run),
  ];
  const checked = [...withSources(inRepository, app, process.cwd()), ...leftFolders(run)];
  throwErrors([...findings, ...checked]);
  report([...findings, ...checked]);
  writeScratch(app, plan, true);
  addPictures(files, afterwards, run);
  conclude(
    app,
    publish({ ...publishOptions(files, plan, run), compareFiles: comparison(app, afterwards) }),
    run,
    findings.some(({ code }) => code === 'sops-unverified'),
  );
}

function planFor(app: App, run: Run): Plan {
  const knowledgeOf = (names: readonly string[]) => clusterConfig(run.project.check, names);
  return planApp(app, encryptionOf(run), knowledgeOf, repositoryOf(run.project));
}

/** A run, and where it publishes to. */
interface PublishingRun extends Run {
  readonly target: PublishedFolders;
}

/** The folder that cdk8s empties must not be published to; the code sets some of the published folders. */
function checkScratch(app: App, { project, target }: PublishingRun): Finding[] {
  if (process.env['CDK8S_OUTDIR'] === undefined) return [];
  const scratch = resolve(app.outdir);
  return target.folders.flatMap((folder) => checkScratchFolder(project, scratch, folder)).slice(0, 1);
}

/** Only a run that publishes looks at the repository, and only it loads the code for that. */
function stateAfterwards(
  plan: Plan,
  files: Tree,
  run: PublishingRun,
  removedFiles: () => readonly string[],
): Afterwards {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
  const { Afterwards } = require('./projected-repository') as typeof import('./projected-repository');
  return new Afterwards({ project: run.project, plan, files, findRemoved: removedFiles });
}

/** The findings in the repository as this run leaves it. */
function checkRepository(plan: Plan, files: Tree, afterwards: Afterwards, run: Run): Finding[] {
  const { project, wishes } = run;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
  const { checkPlan } = require('./check-plan') as typeof import('./check-plan');
  // A run that asks for a check gets a full one.
  const remembered = wishes.check ? undefined : RememberedFindings.of(project.root);
  return checkPlan({ plan, files, project, afterwards, remembered });
}

/** Only a run that publishes encrypts, and only one with secrets loads the code for that. */
function encryptionOf({ publishes, project, wishes }: Run): Encryption {
  if (!publishes) return keepSecrets(project.root);
  return (secrets, findings) => {
    if (secrets.length === 0) return [];
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
    const { encryptSecrets } = require('./encrypt-secrets') as typeof import('./encrypt-secrets');
    return encryptSecrets({ root: project.root, reencrypt: wishes.reencrypt ?? [] })(secrets, findings);
  };
}

/** The publisher reports and keeps a file that a person wrote. */
function addSopsRules(plan: Plan, { publishes, project, target }: PublishingRun): void {
  if (!publishes || !project.sopsRules) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
  const { sopsRulesFile } = require('./sops-rules') as typeof import('./sops-rules');
  const file = sopsRulesFile(plan, target.homes[0]);
  if (file) plan.tree.add(file);
}

/** A run for one cluster reports nothing about others. */
function leftFolders({ project, target, wishes }: PublishingRun): readonly Finding[] {
  return wishes.cluster === undefined ? siftAllowed(formerClusters(project, target), project.allow).kept : [];
}

/** Few runs meet a file that is not as it was written, and only they load the code for that. */
function comparison(app: App, afterwards: Afterwards): CompareFiles {
  let compare: CompareFiles | undefined;
  return (found, planned) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
    const { fileComparison } = require('./compare-files') as typeof import('./compare-files');
    compare ??= fileComparison(app, afterwards);
    return compare(found, planned);
  };
}

/** Pictures show the repository as this run leaves it. A part run does not change them. */
function addPictures(files: Tree, afterwards: Afterwards, run: PublishingRun): void {
  const { project, wishes, target } = run;
  const [owner] = target.homes;
  if (project.pictures.length === 0 || wishes.cluster !== undefined) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
  const { pictureFiles } = require('./pictures') as typeof import('./pictures');
  const clashes = pictureFiles(project, afterwards.whole, owner).flatMap((file) => files.add(file) ?? []);
  throwErrors(clashes);
}

/** The files of the cluster that was asked for, or all files. */
function selectFiles(plan: Plan, run: PublishingRun): Tree {
  const wanted = run.wishes.cluster;
  if (wanted === undefined) return plan.tree;
  const clusters = plan.directories.filter(isEntryPath);
  throwErrors(checkSharedFiles(plan, wanted, run.project.root));
  const chosen = new Set(clusters.filter(({ construct }) => construct.node.id === wanted));
  const directories = new Set(
    plan.directories.flatMap(({ cluster, path }) => (cluster && chosen.has(cluster) ? [path] : [])),
  );
  const fleet = fleetPath(run.target.homes[0]);
  return new Tree(
    plan.tree.files.filter(
      (file) => file.owner !== undefined && (directories.has(file.owner) || file.path === fleet),
    ),
  );
}

/**
 * @param unverified - whether there is a value that could not be compared with the committed one
 */
function conclude(app: App, result: PublishResult, run: PublishingRun, unverified: boolean): void {
  print(withSources(result.findings, app, process.cwd()));
  if (isBlocked(result)) {
    say(run.wishes.check ? 'nothing would be published' : 'nothing was published');
    return;
  }
  const { written, removed } = result;
  runReport.keep({ written, removed, kept: result.kept.map(({ path }) => path) });
  const folders = foldersOf(run);
  const folder = shownFolders(folders);
  const is = `${folder} ${folders.length === 1 ? 'is' : 'are'}`;
  const changed = result.written.length + result.removed.length;
  const kept = result.kept.length > 0 ? `, ${result.kept.length} kept` : '';
  if (run.wishes.check) {
    for (const path of result.written) say(`would write ${path}`);
    for (const path of result.removed) say(`would remove ${path}`);
    if (changed > 0 || unverified) process.exitCode = 1;
    if (changed > 0) say(`${is} out of date: run synth`);
    else say(unverified ? `${folder} may be out of date: see sops-unverified` : `${is} up to date`);
  } else if (changed === 0 && kept === '') {
    say(`${is} up to date (${files(result.unchanged)})`);
  } else {
    for (const path of result.removed) say(`removed ${path}`);
    say(
      `${folder}: ${files(result.written.length)} written, ${result.removed.length} removed, ${result.unchanged} unchanged${kept}`,
    );
  }
}

/** The folders to publish to; the default folder only if a file belongs there. */
function foldersOf({ project, target }: PublishingRun): readonly string[] {
  const isUsed = project.namesOutput || target.homes[0] === project.output;
  return new OwnedFolders(isUsed ? target.folders : target.folders.slice(1), target.homes).list;
}

/** The folders in a line about the result; if there are many, only their number. */
function shownFolders(folders: readonly string[]): string {
  return folders.length > 4 ? `${folders.length} folders` : folders.map((path) => path || '.').join(', ');
}

/** Whether something prevents all changes. A kept file prevents only its own change. */
function isBlocked({ findings, kept }: PublishResult): boolean {
  const ofKept = new Set(kept.map((file) => file.finding));
  return findings.some((found) => found.severity === 'error' && !ofKept.has(found));
}

function print(findings: readonly Finding[]): void {
  runReport.print(findings);
}

function say(text: string): void {
  runReport.say(text);
}

function files(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}
