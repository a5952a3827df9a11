import type { TreeFile } from '../../tree/tree-file';
import { RepositoryView } from './repository-view';

/** What builds ask a view, each of a path. */
type Question = 'file' | 'hasFolder' | 'kustomizationFiles' | 'generatedResources' | 'lacksKind' | 'likely';

/** What a part of a build asked a view, and the answers. With equal answers, it gives an equal result. */
export class ViewReads {
  /** The answers by the question and the path. */
  readonly answers = new Map<Question, Map<string, unknown>>();
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
      [...reads.answers].every(([question, answers]) => this.answersSame(question, answers)) &&
      [...reads.parts].every((part) => this.answersAlike(part));
    this.verdicts.set(reads, isAlike);
    return isAlike;
  }

  override file(path: string): TreeFile | undefined {
    return this.note('file', path, super.file(path));
  }

  override hasFolder(path: string): boolean {
    return this.note('hasFolder', path, super.hasFolder(path));
  }

  override kustomizationFiles(folder: string): readonly string[] {
    return this.note('kustomizationFiles', folder, super.kustomizationFiles(folder));
  }

  override generatedResources(folder: string): string[] {
    return this.note('generatedResources', folder, super.generatedResources(folder));
  }

  override lacksKind(path: string): boolean {
    return this.note('lacksKind', path, super.lacksKind(path));
  }

  override likely(path: string): string | undefined {
    return this.note('likely', path, super.likely(path));
  }

  private note<T>(question: Question, path: string, answer: T): T {
    const reads = this.open.at(-1);
    if (!reads) return answer;
    const answers = reads.answers.get(question) ?? new Map<string, unknown>();
    reads.answers.set(question, answers.set(path, answer));
    return answer;
  }

  private answersSame(question: Question, answers: ReadonlyMap<string, unknown>): boolean {
    for (const [path, answer] of answers) if (!isSame(this[question](path), answer)) return false;
    return true;
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
