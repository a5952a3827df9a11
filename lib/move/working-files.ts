import type * as Diff from 'diff';
import { fail } from '../findings/findings-error';
import { compareText } from '../plain/compare-text';
import { lazy } from '../plain/lazy';
import { LoadedTree } from '../tree/loaded-tree';
import type { Tree } from '../tree/tree';
import { TreeFile } from '../tree/tree-file';
import { documentAt, editYaml, type YamlEdit } from '../yaml/edit/edit-yaml';
import type { CodeChange, FileChange } from './plan';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- most commands do not need it
const diff = lazy(() => require('diff') as typeof Diff);

/** The repository that a plan is made for. */
export interface Source {
  /** Its files. */
  readonly tree: Tree;
  /** Whether synth writes a file, so that only the code may be changed. */
  readonly isGenerated: (path: string) => boolean;
}

/** An edit of an object in a file. */
export interface ObjectEdit {
  /** The path of the file as it was at first. */
  readonly file: string;
  /** A line of the object's document, counted from 1. */
  readonly line: number;
  readonly edit: YamlEdit;
  /** What to change in the code instead, where synth writes the file. */
  readonly advice: string;
}

/** The files of a repository after some changes of a plan. The repository itself stays as it is. */
export class WorkingFiles {
  /** The new paths of files, by their first paths. */
  private readonly files = new Map<string, { readonly path: string; readonly content: Buffer }>();
  private readonly advices: CodeChange[] = [];

  constructor(private readonly source: Source) {}

  /** Where a file is now. */
  pathOf(first: string): string {
    return this.files.get(first)?.path ?? first;
  }

  /**
   * Changes an object.
   *
   * @throws FindingsError `move-uneditable`
   */
  edit({ file, line, edit, advice }: ObjectEdit): void {
    const text = this.content(file).toString('utf8');
    const first = this.source.tree.get(file)?.bytes.toString('utf8') ?? '';
    const edited = editYaml(text, documentAt(first, line), edit);
    if (edited === undefined) {
      fail({
        code: 'move-uneditable',
        message: `${edit.path.join('.')} cannot be changed without touching other parts of the file`,
        hint: 'if the value is a YAML alias or inside a text, write it out; or make this change by hand',
        locations: [{ file, line }],
      });
    }
    if (this.source.isGenerated(file)) this.advices.push({ file, advice });
    this.files.set(file, { path: this.pathOf(file), content: Buffer.from(edited) });
  }

  /** Moves a file. */
  move(file: string, path: string, advice: string): void {
    if (this.source.isGenerated(file)) this.advices.push({ file, advice });
    this.files.set(file, { path, content: this.content(file) });
  }

  /** The repository with the changes. Files that are read only when they are asked for stay so. */
  tree(): Tree {
    const { tree } = this.source;
    const kept = tree.files.filter(({ path }) => !this.files.has(path));
    const manifests = new Set(tree.files.map(({ path }) => path));
    const others = new Map<string, () => Buffer | undefined>();
    for (const path of tree.paths) {
      if (!manifests.has(path) && !this.files.has(path)) others.set(path, () => tree.get(path)?.bytes);
    }
    const changed: TreeFile[] = [];
    for (const [first, { path, content }] of this.files) {
      if (manifests.has(first)) changed.push(TreeFile.fromBytes(path, content));
      else others.set(path, () => content);
    }
    return new LoadedTree([...kept, ...changed], new Set(others.keys()), (path) => others.get(path)?.());
  }

  /** What to change in the code. */
  get code(): readonly CodeChange[] {
    const seen = new Set<string>();
    return this.advices.filter(({ advice }) => seen.size !== seen.add(advice).size);
  }

  /** What differs from an earlier state, without what synth writes. */
  changesSince(earlier: WorkingFiles): FileChange[] {
    const touched = [...new Set([...this.files.keys(), ...earlier.files.keys()])];
    const changes = touched
      .filter((file) => !this.source.isGenerated(file))
      .flatMap((file): FileChange[] => {
        const [before, after] = [earlier, this].map((state) => state.content(file)) as [Buffer, Buffer];
        const [from, path] = [earlier.pathOf(file), this.pathOf(file)];
        if (from === path && before.equals(after)) return [];
        const patch = before.equals(after) ? '' : patchOf(before.toString('utf8'), after.toString('utf8'));
        return [{ path, ...(from !== path && { from }), content: after, patch }];
      });
    return changes.sort((a, b) => compareText(a.path, b.path));
  }

  private content(file: string): Buffer {
    return this.files.get(file)?.content ?? this.source.tree.get(file)?.bytes ?? Buffer.alloc(0);
  }
}

/** The lines that change, with two around them. */
function patchOf(before: string, after: string): string {
  const { hunks } = diff().structuredPatch('', '', before, after, '', '', { context: 2 });
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines, ''].join('\n'),
    )
    .join('');
}
