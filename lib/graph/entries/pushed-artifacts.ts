import { once } from '../../plain/once';
import { directoryOf, isBelow } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { sourcePath } from '../post-build/kustomization-change';
import { namesSetByTasks, ProgramVariables } from './program-variables';

/** A folder from which a file of a CI system makes an artifact. */
export interface PushedFolder {
  /** The folder, from the repository's root. */
  readonly folder: string;
  /** The file that says so. */
  readonly file: string;
}

/** Files with the command lines of builds. */
const CI_FILES =
  /(?:^|\/)(?:\.(?:github|gitea|forgejo)\/.*\.ya?ml|\.gitlab-ci\.ya?ml|\.gitlab\/.*\.ya?ml|\.circleci\/.*\.ya?ml|bitbucket-pipelines\.yml|azure-pipelines.*\.ya?ml|\.drone\.ya?ml|\.woodpecker.*\.ya?ml|Jenkinsfile|(?:GNU)?[Mm]akefile|.*\.mk|[Tt]askfile.*\.ya?ml|\.?justfile|mise\.toml|[^/]*\.(?:sh|bash|just))$/;

/** A command line, including continued lines that end in a backslash. */
const COMMAND =
  /\bflux\s+(?:(?:push|build)\s+artifact|artifact\s+(?:push|build))\b(?:[^\n\\]|\\[^\n]|\\\r?\n)*/g;

/** Our own command, which packs the root of the repository if no folder is given. */
const OWN_COMMAND = /^flux\s+artifact\b/;

/** A workflow step that pushes an artifact, up to the end of its inputs. */
const ACTION = /\buses:\s*["']?[\w.-]*flux[\w./-]*\/actions\/push@[^\n]*(?:\n(?!\s*-\s)[^\n]*)*/g;

const PATH_FLAG = /(?:--path|\s-[fp])(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"']+))/;

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

/**
 * The folder of the repository that CI files push to an address, if their commands name that address and one folder that
 * exists. Variables in the address may stand for anything, but not for its last name.
 */
export function folderPushedTo(tree: Tree, url: string): string | undefined {
  const commands = pushCommands(tree).filter(({ text }) => isFor(text, url));
  const folders = commands.map((command) =>
    foldersOf(command).filter(({ folder }) => tree.files.some(({ path }) => isBelow(path, folder))),
  );
  const [first] = folders.flat();
  const isOne = folders.every((found) => found.length === 1 && found[0]?.folder === first?.folder);
  return isOne ? first?.folder : undefined;
}

/** An address in a command line, with the expressions of shells and of CI systems that it has. */
const ADDRESS = /\boci:\/\/(?:\$?\{\{[^}]*\}\}|\$\([^)]*\)|[^\s"'\\])+/;
/** One such expression. */
const EXPRESSION = /\$?\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g;

/** Whether a command pushes to an address, as far as the parts of it that are known show. */
function isFor(text: string, url: string): boolean {
  const known = (ADDRESS.exec(text)?.[0] ?? '').replace(EXPRESSION, '$').replace(/[@:][^/]*$/, '');
  const parts = known.split('$');
  const [start = '', end = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return known !== '' && known === url;
  return (
    end.includes('/') && url.length > start.length + end.length && url.startsWith(start) && url.endsWith(end)
  );
}

interface PushCommand {
  readonly file: string;
  readonly text: string;
}

/** Each source of artifacts is compared with them. */
const pushCommands = once((tree: Tree): readonly PushCommand[] => {
  const files = [...tree.paths].filter((path) => CI_FILES.test(path)).sort();
  const contents = files.map((file) => tree.get(file)?.bytes.toString('utf8') ?? '');
  const open = new Set(contents.flatMap(namesSetByTasks));
  return files.flatMap((file, index) => {
    const content = contents[index] ?? '';
    const actions = [...content.matchAll(ACTION)].map(([text]) => commandOf(text));
    const commands = [...[...content.matchAll(COMMAND)].map(([text]) => text), ...actions];
    if (commands.length === 0) return [];
    const variables = new ProgramVariables(content, open);
    return commands.map((text) => ({ file, text: variables.expand(text) }));
  });
});

/** The equivalent command line of a workflow step. */
function commandOf(step: string): string {
  const input = (name: string) => new RegExp(`^\\s*${name}:\\s*(\\S.*?)\\s*$`, 'm').exec(step)?.[1];
  const [repository, path] = [input('repository'), input('path')];
  return `flux push artifact oci://${repository ?? '$'}${path === undefined ? '' : ` --path ${path}`}`;
}

/** Whether a command has an address, with any tag. */
function names(text: string, url: string): boolean {
  const plain = url.replace(/[@:][^/]*$/, '');
  const end = text.indexOf(plain) + plain.length;
  return end >= plain.length && !/[\w./-]/.test(text.charAt(end));
}

/** Whether the address of a command is unknown, or is that of the source with variables in it. */
function mayMean(text: string, url: string | undefined): boolean {
  const address = /\boci:\/\/[^\s"'\\]+/.exec(text)?.[0];
  return url === undefined || address === undefined || address.includes('$');
}

function foldersOf({ file, text }: PushCommand): PushedFolder[] {
  const match = PATH_FLAG.exec(text);
  const path = match?.[1] ?? match?.[2] ?? match?.[3];
  if (path === undefined) return OWN_COMMAND.test(text) ? [{ folder: '', file }] : [];
  const plain = path.replace(
    /^\$(?:\{\{\s*github\.workspace\s*\}\}|\{?[A-Z_]*(?:ROOT|DIR|WORKSPACE)\}?)\//,
    './',
  );
  if (/[$`]/.test(plain)) return [];
  const [root, own] = [sourcePath(plain), sourcePath(`${directoryOf(file)}/${plain}`)];
  return (root === own ? [root] : [root, own]).map((folder) => ({ folder, file }));
}
