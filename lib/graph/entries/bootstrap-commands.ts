import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { sourcePath } from '../post-build/kustomization-change';

/** A path that a command line or Terraform gives to `flux bootstrap`. */
export interface BootstrapPath {
  /** The path from the root of the repository; each part that only the one who runs it knows is `${}`. */
  readonly path: string;
  /** The file that says so. */
  readonly file: string;
}

/** Files that run, and files that tell people what to run. */
const PROGRAM =
  /\.(?:sh|bash|zsh|fish|ps1|just|mk|md|adoc|txt|toml)$|(?:^|\/)(?:[Tt]askfile[^/]*|\.gitlab-ci|\.(?:github|gitlab|circleci|gitea|forgejo)\/.*)\.ya?ml$|(?:^|\/)(?:\.?justfile|(?:GNU)?[Mm]akefile|README|Jenkinsfile)$/;

/** A command line that is no comment, with the lines that a backslash or a flag at their beginning continues. */
const COMMAND = /\bflux\s+bootstrap\b(?<!^[ \t]*(?:#|\/\/).*)(?:[^\n\\]|\\[^\n]|\\\r?\n|\r?\n(?=\s*--\w))*/gm;
const PATH_FLAG = /--path(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"'`\\]+(?:"[^"\n]*"[^\s"'`\\]*)*))/;

/** The resource that bootstraps, or the data source that older providers have for the same; up to its last line. */
const TERRAFORM =
  /\b(?:resource\s+"flux_bootstrap_git"|data\s+"flux_sync")\s+"[^"]*"\s*\{(?:(?!\n\})[\s\S])*?\n\s*(?:target_)?path\s*=\s*([^\n#]+)/g;

/** What stands for a value that the files do not show. */
const PLACEHOLDER = /\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+(?::\w+)?|<[^>]*>/g;

/** The paths that scripts, CI files, pages and Terraform give to `flux bootstrap`. */
export function bootstrapPaths(tree: Tree): BootstrapPath[] {
  return [...tree.paths].sort().flatMap((file) => {
    if (!PROGRAM.test(file) && !isTerraform(file)) return [];
    const text = tree.get(file)?.bytes.toString('utf8') ?? '';
    const values = isTerraform(file) ? terraformPaths(text, file, tree) : commandPaths(text);
    return values.flatMap((value) => {
      const path = sourcePath(value.replace(PLACEHOLDER, '${}'));
      // A path that begins with an unknown value may be any, and the root may be any repository's.
      return path === '' || path.startsWith('${}') ? [] : [{ path, file }];
    });
  });
}

function isTerraform(file: string): boolean {
  return /\.(?:tf|tofu)$/.test(file);
}

function commandPaths(text: string): string[] {
  return [...text.matchAll(COMMAND)].flatMap(([command]) => {
    const match = PATH_FLAG.exec(command);
    const path = match?.[1] ?? match?.[2] ?? match?.[3];
    return path === undefined ? [] : [path.replaceAll('"', '')];
  });
}

function terraformPaths(text: string, file: string, tree: Tree): string[] {
  return [...text.matchAll(TERRAFORM)].flatMap(([, expression = '']) => {
    const [, scope, name = ''] = /^(local|var)\.([\w-]+)\s*$/.exec(expression) ?? [];
    const value = scope === undefined ? expression : definition(scope, name, directoryOf(file), tree);
    const literal = /^"([^"]*)"\s*$/.exec(value ?? '')?.[1];
    return literal === undefined ? [] : [literal];
  });
}

/** What a module gives to one of its names: a local value, or the default of a variable. */
function definition(scope: string, name: string, folder: string, tree: Tree): string | undefined {
  const pattern =
    scope === 'local'
      ? new RegExp(`^\\s*${name}\\s*=\\s*("[^"\\n]*")`, 'm')
      : new RegExp(`\\bvariable\\s+"${name}"\\s*\\{[^}]*?\\bdefault\\s*=\\s*("[^"\\n]*")`);
  for (const path of tree.paths) {
    if (!isTerraform(path) || directoryOf(path) !== folder) continue;
    const value = pattern.exec(tree.get(path)?.bytes.toString('utf8') ?? '')?.[1];
    if (value !== undefined) return value;
  }
  return undefined;
}
