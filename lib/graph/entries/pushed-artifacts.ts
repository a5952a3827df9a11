import { once } from '../../plain/once';
import { isBelow } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { sourcePath } from '../post-build/kustomization-change';
import { pushCommands, type PushCommand } from './push-commands';
import { withoutVersion } from '../../plain/without-version';

/** A folder from which a file of a CI system makes an artifact. */
export interface PushedFolder {
  /** The folder, from the repository's root. */
  readonly folder: string;
  /** The file that says so. */
  readonly file: string;
}

/** Our own command, which packs the root of the repository if no folder is given. */
const OWN_COMMAND = /^flux\s+artifact\b/;

const PATH_FLAG = /(?:--path|\s-[fp])(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"']+))/;
const IGNORE_FLAG = /--ignore-paths(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"']+))/;

/**
 * The folders that `flux push artifact`, `flux build artifact` or `cdk8s-flux artifact` get in CI files, from the root of the
 * repository and from the folder of the file. Those for another address are left out, where both can be read.
 */
export function pushedFolders(tree: Tree, url: string | undefined): PushedFolder[] {
  const commands = pushCommands(tree);
  const known = commands.filter(({ text }) => url !== undefined && names(text, url));
  return (known.length > 0 ? known : commands.filter(({ text }) => mayMean(text, url))).flatMap(foldersOf);
}

/** Whether CI files make artifacts of the repository, of whatever folders. */
export function pushesArtifacts(tree: Tree): boolean {
  return pushCommands(tree).length > 0;
}

/** What CI files push to an address. */
export interface PushedArtifact {
  /** The folder, from the repository's root. */
  readonly folder: string;
  /** The patterns of files that are left out, one a line; empty if there are none. */
  readonly ignore: string;
}

/**
 * What CI files push to an address, if their commands name that address and one folder that exists. Variables in the
 * address may stand for anything, but not for its last name, and not for the addresses of several sources.
 */
export function artifactPushedTo(tree: Tree, url: string): PushedArtifact | undefined {
  const known = artifactsByUrl(tree);
  if (!known.has(url)) known.set(url, findArtifact(tree, url));
  return known.get(url);
}

const artifactsByUrl = once((_tree: Tree) => new Map<string, PushedArtifact | undefined>());

function findArtifact(tree: Tree, url: string): PushedArtifact | undefined {
  const commands = pushCommands(tree).filter(({ text }) => isFor(text, url));
  const found = commands.map((command) => {
    const isOpen = [...addressesOfSources(tree)].some((other) => other !== url && isFor(command.text, other));
    const folders = isOpen ? [] : foldersOf(command).map(({ folder }) => folder);
    const ignore = flagOf(command, IGNORE_FLAG)?.replaceAll(',', '\n') ?? '';
    const known = folders.filter((folder) => tree.files.some(({ path }) => isBelow(path, folder)));
    return known.length === 1 && !/[$`]/.test(ignore) ? { folder: known[0] ?? '', ignore } : undefined;
  });
  const [first] = found;
  return found.every((one) => one?.folder === first?.folder && one?.ignore === first?.ignore)
    ? first
    : undefined;
}

/** An address of a source in a manifest. */
const SOURCE_ADDRESS = /^[ \t]*url:[ \t]*["']?(oci:\/\/[^\s"']+)/gm;

const addressesOfSources = once((tree: Tree): ReadonlySet<string> => {
  const texts = tree.files
    .map(({ bytes }) => bytes.toString('utf8'))
    .filter((text) => text.includes('OCIRepository'));
  return new Set(texts.flatMap((text) => [...text.matchAll(SOURCE_ADDRESS)].map(([, url = '']) => url)));
});

/** An address in a command line, with the expressions of shells and of CI systems that it has. */
const ADDRESS = /\boci:\/\/(?:\$?\{\{[^}]*\}\}|\$\([^)]*\)|[^\s"'\\])+/;
/** One such expression. */
const EXPRESSION = /\$?\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g;

/** Whether a command pushes to an address, as far as the parts of it that are known show. */
function isFor(text: string, url: string): boolean {
  const known = withoutVersion((ADDRESS.exec(text)?.[0] ?? '').replace(EXPRESSION, '$'));
  const parts = known.split('$');
  const [start = '', end = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return known !== '' && known === url;
  return (
    end.includes('/') && url.length > start.length + end.length && url.startsWith(start) && url.endsWith(end)
  );
}

/** Whether a command has an address, with any tag. */
function names(text: string, url: string): boolean {
  const plain = withoutVersion(url);
  const end = text.indexOf(plain) + plain.length;
  return end >= plain.length && !/[\w./-]/.test(text.charAt(end));
}

/** Whether the address of a command is unknown, or is that of the source with variables in it. */
function mayMean(text: string, url: string | undefined): boolean {
  const address = /\boci:\/\/[^\s"'\\]+/.exec(text)?.[0];
  return url === undefined || address === undefined || address.includes('$');
}

function foldersOf(command: PushCommand): PushedFolder[] {
  const { file, text, runsIn } = command;
  const path = flagOf(command, PATH_FLAG);
  if (path === undefined) return OWN_COMMAND.test(text) ? [{ folder: '', file }] : [];
  const plain = path.replace(
    /^\$(?:\{\{\s*github\.workspace\s*\}\}|\{?[A-Z_]*(?:ROOT|DIR|WORKSPACE)\}?)\//,
    './',
  );
  if (/[$`]/.test(plain)) return [];
  const folders = new Set(runsIn.map((folder) => sourcePath(`${folder}/${plain}`)));
  return [...folders].map((folder) => ({ folder, file }));
}

function flagOf({ text }: PushCommand, flag: RegExp): string | undefined {
  const match = flag.exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
