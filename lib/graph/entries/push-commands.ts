import { once } from '../../plain/once';
import { lowerBound } from '../../plain/lower-bound';
import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { sourcePath } from '../post-build/kustomization-change';
import { isPipeline, isScript } from './program-files';
import { namesSetByTasks, ProgramVariables } from './program-variables';

/** A command that makes an artifact of a folder. */
export interface PushCommand {
  readonly file: string;
  readonly text: string;
  /** The folders in which it may run, from the root of the repository. */
  readonly runsIn: readonly string[];
}

/** Workflows, in which each step starts in the same folder. */
const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo)\//;

/** A line that is only a comment. */
const COMMENT = /^[ \t]*#.*/gm;

/** A command line, including continued lines that end in a backslash. */
const COMMAND =
  /\bflux\s+(?:(?:push|build)\s+artifact|artifact\s+(?:push|build))\b(?:[^\n\\]|\\[^\n]|\\\r?\n)*/g;

/** A workflow step that pushes an artifact, up to the end of its inputs. */
const ACTION = /\buses:\s*["']?[\w.-]*flux[\w./-]*\/actions\/push@[^\n]*(?:\n(?!\s*-\s)[^\n]*)*/g;

/** The first line of a step. */
const STEP = /^[ \t]*-[ \t]+(?:name|run|uses|id|if|env|shell|working-directory):/gm;
/** The folder of all steps. */
const DEFAULTS = /\bdefaults:\s*run:\s*(?:shell:[^\n]*\s*)?working-directory:[^\n]*/g;
/** The folder of a task, or of a step of a CI system. */
const TASK_FOLDER = /^[ \t]*(?:-[ \t]+)?(?:dir|working_?[dD]irectory)[ \t]*[:=][^\n]*/gm;
/** What changes the folder in which the next commands run. */
const CHANGE =
  /(?<=^|[\s;&|(])(?:(?:cd|pushd)[ \t]+|(?:working[-_]?[dD]irectory|dir)[ \t]*[:=][ \t]*|dir\()(?:"?\$\(dirname[^)\n]{0,99}\)"?((?:\/\.\.)*)|"([^"\n]*)"|'([^'\n]*)'|([^\s"';&|)]+))/gm;

/** The commands of a repository that make artifacts. Each source of artifacts is compared with them. */
export const pushCommands = once((tree: Tree): readonly PushCommand[] => {
  const files = [...tree.paths].filter((path) => isPipeline(path) || isScript(path)).sort();
  const contents = files.map((file) => (tree.get(file)?.bytes.toString('utf8') ?? '').replace(COMMENT, ''));
  const open = new Set(contents.flatMap(namesSetByTasks));
  return files.flatMap((file, index) => commandsIn(file, contents[index] ?? '', open));
});

function commandsIn(file: string, content: string, open: ReadonlySet<string>): PushCommand[] {
  const lines = [...content.matchAll(COMMAND)];
  const actions = [...content.matchAll(ACTION)];
  if (lines.length + actions.length === 0) return [];
  const variables = new ProgramVariables(content, open);
  const changes = new FolderChanges(file, content, variables);
  return [
    ...lines.map(({ 0: text, index }) => {
      return { file, text: variables.expand(text), runsIn: changes.foldersAt(index) };
    }),
    // The path of an action starts at the root, whatever the folder of the commands is.
    ...actions.map(([step]) => ({ file, text: variables.expand(commandOf(step)), runsIn: [''] })),
  ];
}

/** The equivalent command line of a workflow step. */
function commandOf(step: string): string {
  const input = (name: string) =>
    new RegExp(`^\\s*${name}:[ \\t]*(["']?)([^\\s"'].*?)\\1[ \\t]*(?:#.*)?\\r?$`, 'm').exec(step)?.[2];
  const [repository, path] = [input('repository'), input('path')];
  return `flux push artifact oci://${repository ?? '$'}${path === undefined ? '' : ` --path ${path}`}`;
}

/** Nobody changes the folder more often before a command. */
const MOST_CHANGES = 50;

/** The folders in which the commands of a program run, as far as it names them. */
class FolderChanges {
  /** Where it starts. */
  private readonly start: readonly string[];
  private readonly changes: readonly { readonly at: number; readonly folders: readonly string[] }[];
  /** Where each step of a workflow begins. */
  private readonly steps: readonly number[];
  /** Those that hold for each command. */
  private readonly always: readonly string[];

  constructor(file: string, content: string, variables: ProgramVariables) {
    this.start = isPipeline(file) ? [''] : ['', directoryOf(file)];
    const changesIn = (text: string) =>
      [...text.matchAll(CHANGE)].map((found) => {
        const [, up, ...names] = found;
        const name = names.find((one) => one !== undefined) ?? '';
        const below = (folder: string) => sourcePath(`${folder}/${variables.expand(name)}`);
        const folders = up === undefined ? this.start.map(below) : [sourcePath(`${directoryOf(file)}${up}`)];
        return { at: found.index, folders };
      });
    this.changes = changesIn(content);
    const isWorkflow = WORKFLOW.test(file);
    this.steps = isWorkflow ? [...content.matchAll(STEP)].map(({ index }) => index) : [];
    const always = isWorkflow ? (content.match(DEFAULTS) ?? []) : (content.match(TASK_FOLDER) ?? []);
    this.always = always
      .slice(0, MOST_CHANGES)
      .flatMap(changesIn)
      .flatMap(({ folders }) => folders);
  }

  /** The folders in which the command at a position may run: after what is in front of it, or in a workflow in its step. */
  foldersAt(position: number): readonly string[] {
    const { start, steps, changes, always } = this;
    const next = lowerBound(steps, (at) => at <= position);
    const [from, end] = [steps[next - 1] ?? 0, steps.length > 0 ? (steps[next] ?? Infinity) : position];
    const indexOf = (place: number) => lowerBound(changes, ({ at }) => at < place);
    const before = changes.slice(indexOf(from), indexOf(end)).slice(-MOST_CHANGES);
    return [...new Set([...start, ...always, ...before.flatMap(({ folders }) => folders)])];
  }
}
