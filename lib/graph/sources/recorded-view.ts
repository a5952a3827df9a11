import type { TreeFile } from '../../tree/tree-file';
import { RepositoryView } from './repository-view';

/** A question to a view, and what the answer was. */
interface Question {
  readonly ask: (view: RepositoryView) => unknown;
  readonly answer: unknown;
}

/** What a part of a build asked a view. With equal answers, it gives an equal result. */
export class ViewReads {
  /** The questions, each once. */
  readonly questions = new Map<string, Question>();
  /** What the parts asked that it is made of. */
  readonly parts = new Set<ViewReads>();
  /** Whether the result rests on more than the answers, such as the limits of a whole run. */
  isBound = false;
}

/** A view that remembers what builds ask it. */
export class RecordedView extends RepositoryView {
  private readonly open: ViewReads[] = [];
  private readonly verdicts = new Map<ViewReads, boolean>();

  /** Does a part of a build, and notes what it asks. */
  record<T>(work: () => T): { readonly result: T; readonly reads: ViewReads } {
    const reads = new ViewReads();
    this.include(reads);
    this.open.push(reads);
    this.verdicts.set(reads, true);
    try {
      return { result: work(), reads };
    } finally {
      this.open.pop();
    }
  }

  /** Notes that the open part uses the result of another one. */
  include(reads: ViewReads): void {
    this.open.at(-1)?.parts.add(reads);
  }

  /** Whether this view gives the answers that another one gave. */
  answersAlike(reads: ViewReads): boolean {
    const known = this.verdicts.get(reads);
    if (known !== undefined) return known;
    const isAlike =
      !reads.isBound &&
      [...reads.questions.values()].every(({ ask, answer }) => isSame(ask(this), answer)) &&
      [...reads.parts].every((part) => this.answersAlike(part));
    this.verdicts.set(reads, isAlike);
    return isAlike;
  }

  override file(path: string): TreeFile | undefined {
    return this.note(`file ${path}`, super.file(path), (view) => view.file(path));
  }

  override hasFolder(path: string): boolean {
    return this.note(`folder ${path}`, super.hasFolder(path), (view) => view.hasFolder(path));
  }

  override kustomizationFiles(folder: string): readonly string[] {
    const found = super.kustomizationFiles(folder);
    return this.note(`kustomizations ${folder}`, found, (view) => view.kustomizationFiles(folder));
  }

  override generatedResources(folder: string): string[] {
    const found = super.generatedResources(folder);
    return this.note(`resources ${folder}`, found, (view) => view.generatedResources(folder));
  }

  override lacksKind(path: string): boolean {
    return this.note(`kind ${path}`, super.lacksKind(path), (view) => view.lacksKind(path));
  }

  override likely(path: string): string | undefined {
    return this.note(`likely ${path}`, super.likely(path), (view) => view.likely(path));
  }

  private note<T>(key: string, answer: T, ask: (view: RepositoryView) => T): T {
    this.open.at(-1)?.questions.set(key, { ask, answer });
    return answer;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => entry === b[index]);
  // Files that are no manifests are read anew for each tree.
  return isFile(a) && isFile(b) && a.path === b.path && a.bytes.equals(b.bytes);
}

function isFile(value: unknown): value is TreeFile {
  return typeof value === 'object' && value !== null && 'bytes' in value;
}
