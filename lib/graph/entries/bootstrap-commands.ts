import { isMap, mapOf, textOf, valueAt } from '../../plain/plain-data';
import { directoryOf } from '../../tree/path';
import { LONGEST_PATH } from '../../tree/path-pattern';
import type { Tree } from '../../tree/tree';
import { BuildLog } from '../kustomize/build-log';
import { loadDocuments } from '../kustomize/read/load-manifests';
import { sourcePath } from '../post-build/kustomization-change';
import { isPipeline, isScript } from './program-files';

/** A path that a command line, Terraform or the values of a chart give to what starts Flux. */
export interface BootstrapPath {
  /** The path from the root of the repository; each part that only the one who runs it knows is `${}`. */
  readonly path: string;
  /** The file that says so. */
  readonly file: string;
}

/** Files that tell people what to run, scripts for Windows, and settings with commands. */
const PAGE = /\.(?:md|adoc|txt|ps1|toml)$|(?:^|\/)README$/;

const COMMAND = /\bflux\s+bootstrap\b/g;
/** The rest of a command line, with the lines that a backslash or a flag at their beginning continues. */
const REST = /(?:[^\n\\]|\\[^\n]|\\\r?\n|\r?\n(?=\s*--\w))*/y;
const COMMENT = /^[ \t]*(?:#|\/\/)/;
const PATH_FLAG = /--path(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"'`\\]+(?:"[^"\n]*"[^\s"'`\\]*)*))/;

/** The beginning of the resource that bootstraps, or of the data source that older providers have for the same. */
const TERRAFORM = /\b(?:resource\s+"flux_bootstrap_git"|data\s+"flux_sync")\s+"[^"]*"\s*\{/;
const TERRAFORM_PATH = /\n[^\S\n]*(?:target_)?path\s*=\s*([^\n#]+)/;

/** What stands for a value that the files do not show. */
const PLACEHOLDER = /\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+(?::\w+)?|<[^>]*>/g;

/** The value of a chart that says where Flux starts, in a command line or in Terraform: that of flux2-sync or flux-instance. */
const SETTING =
  /\b(?:kustomization\.spec\.path|instance\.sync\.path|instance-sync-path)["'\s,]*(?:value\s*)?=\s*["']?([^\s"',]+)/g;
const COMMENTS = /^[ \t]*(?:#|\/\/).*$/gm;

/** The paths that scripts, CI files, pages, Terraform and values give to what starts Flux. */
export function bootstrapPaths(tree: Tree): BootstrapPath[] {
  return [...tree.paths].sort().flatMap((file) =>
    pathsIn(file, tree).flatMap((value) => {
      // The search for placeholders is bounded by this.
      if (value.length > LONGEST_PATH) return [];
      const path = sourcePath(value.replace(PLACEHOLDER, '${}'));
      // A path that begins with an unknown value may be any, and the root may be any repository's.
      return path === '' || path.startsWith('${}') ? [] : [{ path, file }];
    }),
  );
}

function pathsIn(file: string, tree: Tree): string[] {
  const isTold = [isPipeline, isScript, isPage, isTerraform].some((is) => is(file));
  if (!isTold) return chartPaths(file, tree);
  const text = tree.get(file)?.bytes.toString('utf8') ?? '';
  const settings = [...text.replace(COMMENTS, '').matchAll(SETTING)].map(([, path = '']) => path);
  return [...(isTerraform(file) ? terraformPaths(text, file, tree) : commandPaths(text)), ...settings];
}

/** The path in values of the chart flux2-sync (https://github.com/fluxcd-community/helm-charts). */
function chartPaths(path: string, tree: Tree): string[] {
  const file = /\.ya?ml$/.test(path) ? tree.get(path) : undefined;
  if (!file?.bytes.includes('gitRepository:') || !file.bytes.includes('kustomization:')) return [];
  const documents = loadDocuments(file, new BuildLog()) ?? [];
  const values = documents.map(({ value }) => value).filter((value) => mapOf(value).kind === undefined);
  return values
    .filter((value) => isMap(valueAt(value, 'gitRepository', 'spec')))
    .flatMap((value) => textOf(valueAt(value, 'kustomization', 'spec', 'path')) ?? []);
}

function isPage(file: string): boolean {
  return PAGE.test(file);
}

function isTerraform(file: string): boolean {
  return /\.(?:tf|tofu)$/.test(file);
}

function commandPaths(text: string): string[] {
  return commandsIn(text).flatMap((command) => {
    const match = PATH_FLAG.exec(command);
    const path = match?.[1] ?? match?.[2] ?? match?.[3];
    return path === undefined ? [] : [path.replaceAll('"', '')];
  });
}

/** The command lines that are no comments. Each line is read once, whatever a text repeats. */
function commandsIn(text: string): string[] {
  const commands: string[] = [];
  let at = 0;
  for (;;) {
    COMMAND.lastIndex = at;
    const match = COMMAND.exec(text);
    if (!match) return commands;
    const start = COMMAND.lastIndex;
    if (COMMENT.test(text.slice(text.lastIndexOf('\n', start) + 1, start))) {
      at = text.indexOf('\n', start);
      if (at < 0) return commands;
      continue;
    }
    REST.lastIndex = start;
    const rest = REST.exec(text)?.[0] ?? '';
    commands.push(rest);
    at = start + rest.length;
  }
}

function terraformPaths(text: string, file: string, tree: Tree): string[] {
  const [, ...blocks] = text.split(TERRAFORM);
  return blocks.flatMap((block) => {
    const [, expression] = TERRAFORM_PATH.exec(upTo(block, '\n}')) ?? [];
    if (expression === undefined) return [];
    const [, scope, name = ''] = /^(local|var)\.([\w-]+)\s*$/.exec(expression) ?? [];
    const value = scope === undefined ? expression : definition(scope, name, directoryOf(file), tree);
    const literal = /^"([^"]*)"\s*$/.exec(value ?? '')?.[1];
    return literal === undefined ? [] : [literal];
  });
}

function upTo(text: string, end: string): string {
  const at = text.indexOf(end);
  return at < 0 ? text : text.slice(0, at);
}

/** What a module gives to one of its names: a local value, or the default of a variable. */
function definition(scope: string, name: string, folder: string, tree: Tree): string | undefined {
  for (const path of tree.paths) {
    if (!isTerraform(path) || directoryOf(path) !== folder) continue;
    const text = tree.get(path)?.bytes.toString('utf8') ?? '';
    const value = scope === 'local' ? localValue(text, name) : variableDefault(text, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function localValue(text: string, name: string): string | undefined {
  return new RegExp(`^[ \\t]*${name}\\s*=\\s*("[^"\\n]*")`, 'm').exec(text)?.[1];
}

function variableDefault(text: string, name: string): string | undefined {
  const [, ...blocks] = text.split(new RegExp(`\\bvariable\\s+"${name}"\\s*\\{`));
  const values = blocks.map((block) => /\bdefault\s*=\s*("[^"\n]*")/.exec(upTo(block, '}'))?.[1]);
  return values.find((value) => value !== undefined);
}
