import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { sourcePath } from '../post-build/kustomization-change';

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

/** A command line, over the lines that end in a backslash. */
const COMMAND = /\bflux\s+(?:push|build)\s+artifact\b(?:[^\n\\]|\\[^\n]|\\\r?\n)*/g;

const PATH_FLAG = /(?:--path|\s-[fp])(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"']+))/;

/**
 * The folders that `flux push artifact` or `flux build artifact` get in CI files, from the repository's root and from the
 * folder of the file. Those for another address are left out, where both can be read.
 */
export function pushedFolders(tree: Tree, url: string | undefined): PushedFolder[] {
  const files = [...tree.paths].filter((path) => CI_FILES.test(path)).sort();
  const commands = files.flatMap((file) =>
    [...(tree.get(file)?.bytes.toString('utf8') ?? '').matchAll(COMMAND)].map(([text]) => ({ file, text })),
  );
  const known = commands.filter(({ text }) => url !== undefined && names(text, url));
  return (known.length > 0 ? known : commands.filter(({ text }) => mayMean(text, url))).flatMap(foldersOf);
}

/** Whether a command has an address, with whatever tag. */
function names(text: string, url: string): boolean {
  const plain = url.replace(/[@:][^/]*$/, '');
  const end = text.indexOf(plain) + plain.length;
  return end >= plain.length && !/[\w./-]/.test(text.charAt(end));
}

/** Whether the address of a command is not said, or is that of the source with variables in it. */
function mayMean(text: string, url: string | undefined): boolean {
  const address = /\boci:\/\/[^\s"'\\]+/.exec(text)?.[0];
  return url === undefined || address === undefined || address.includes('$');
}

function foldersOf({ file, text }: { readonly file: string; readonly text: string }): PushedFolder[] {
  const match = PATH_FLAG.exec(text);
  const path = match?.[1] ?? match?.[2] ?? match?.[3];
  if (path === undefined) return [];
  const plain = path.replace(
    /^\$(?:\{\{\s*github\.workspace\s*\}\}|\{?[A-Z_]*(?:ROOT|DIR|WORKSPACE)\}?)\//,
    './',
  );
  if (/[$`]/.test(plain)) return [];
  const [root, own] = [sourcePath(plain), sourcePath(`${directoryOf(file)}/${plain}`)];
  return (root === own ? [root] : [root, own]).map((folder) => ({ folder, file }));
}
