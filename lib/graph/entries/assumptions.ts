import { quotedFolder } from '../../findings/quoted-folder';
import type { Finding } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import { groupBy } from '../../plain/group-by';
import { identityOf } from '../../tree/manifest';
import { joinPath } from '../../tree/path';
import type { BuildLog } from '../kustomize/build-log';
import type { Entry } from './entry';
import type { PlacedSync } from './place-sync';
import { isArtifact } from './source-root';

/** The codes of findings that state assumptions: reports begin with them. */
const ASSUMPTIONS: ReadonlySet<string> = new Set([
  'artifact-root-assumed',
  'artifact-root-unclear',
  'entry-guessed',
  'entry-told',
]);

/** Whether a finding says what the rest of a report rests on. */
export function isAssumption({ code }: Finding): boolean {
  return ASSUMPTIONS.has(code);
}

/**
 * Says which entry paths are taken if no bootstrap shows them: those that command lines name, and guesses.
 *
 * @param unplaced - a sync of which nobody knows the path
 */
export function noteGuess(
  entries: readonly Entry[],
  unplaced: PlacedSync['sync'] | undefined,
  log: BuildLog,
): void {
  const hint = confirm(entries.map(({ path }) => path));
  for (const [toldBy, told] of groupBy(entries, (entry) => entry.toldBy)) {
    const shown = told.map(({ path }) => quotedFolder(path)).join(', ');
    const what =
      told.length === 1 ? `Flux starts from ${shown}` : `Flux starts ${told.length} clusters from ${shown}`;
    if (toldBy === undefined)
      log.info('entry-guessed', `assumed that ${what}, ${reasonOf(told, unplaced)}`, {}, { hint });
    else log.info('entry-told', `assumed that ${what}, as ${JSON.stringify(toldBy)} says`, {}, { hint });
  }
}

/** Why entries are guessed, as the end of a sentence that names their paths. */
function reasonOf(entries: readonly Entry[], unplaced: PlacedSync['sync'] | undefined): string {
  if (unplaced !== undefined)
    return `because the path in ${JSON.stringify(unplaced.file)} is ${JSON.stringify(unplaced.path)}`;
  const [first, ...more] = entries;
  if (first === undefined || entries.some(({ location }) => location === undefined))
    return 'because no file of flux bootstrap and no FluxInstance says it';
  return more.length > 0
    ? 'the paths of Kustomizations that no other one applies'
    : `the path of ${nameOf(identityOf(first.kustomization))}, which no other Kustomization applies`;
}

/** Says that Flux starts nowhere. */
export function noteNoEntry(log: BuildLog): void {
  log.info(
    'entry-not-found',
    'the repository has neither a bootstrap nor an entry path, so it is not known where Flux starts',
    {},
    { hint: 'set the entry path with --entry, or in cdk8s-flux.yaml: entries: [clusters/production]' },
  );
}

/** Says which folders are taken for the roots of artifacts, and where that is not clear. */
export function noteArtifactRoots(placed: readonly PlacedSync[], log: BuildLog): void {
  const clear = placed.filter(({ root }) => root.folders.length === 1);
  const paths = [...new Set(clear.map(({ sync, root }) => joinPath(root.folders[0] ?? '', sync.path)))];
  const assumed = clear.filter(({ sync, root }) => root.folders[0] !== '' && isArtifact(sync.source.kind));
  const messages = assumed.map(({ sync, root }) => {
    const why =
      root.pushedBy === undefined ? 'because its paths exist there' : `because ${root.pushedBy} does it`;
    return `assumed that ${artifactOf(sync)} is built from ${root.folders.map(quotedFolder).join('')}, ${why}`;
  });
  for (const message of new Set(messages))
    log.info('artifact-root-assumed', message, {}, { hint: confirm(paths) });
  for (const { sync, root } of placed.filter((one) => one.root.folders.length > 1)) {
    const folders = root.folders.map(quotedFolder).join(' or ');
    const message = `${artifactOf(sync)} may be built from ${folders}, so its paths are not checked`;
    const choice = entriesLine(root.folders.slice(0, 1).map((folder) => joinPath(folder, sync.path)));
    const hint = `choose one in cdk8s-flux.yaml, for example: ${choice}`;
    log.error('artifact-root-unclear', message, sync.location ?? {}, { hint });
  }
}

function artifactOf({ url, source }: PlacedSync['sync']): string {
  return url ?? `the artifact of ${source.kind} ${JSON.stringify(source.name)}`;
}

/** Refuses a folder that holds several repositories and is none itself. */
export function refuseRepositories(folders: readonly string[], log: BuildLog): void {
  log.error(
    'repositories-several',
    `the folder contains ${folders.length} repositories: ${folders.map(quotedFolder).join(', ')}`,
    {},
    { hint: `name one of them, for example: cdk8s-flux check ${folders[0] ?? ''}` },
  );
}

function confirm(paths: readonly string[]): string {
  return `confirm or correct it in cdk8s-flux.yaml: ${entriesLine(paths)}`;
}

function entriesLine(paths: readonly string[]): string {
  return `entries: [${paths.map(yamlScalar).join(', ')}]`;
}

/** A path in the form that a YAML list in brackets accepts. */
function yamlScalar(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : quotedFolder(path);
}
