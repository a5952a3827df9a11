import type { TreeFile } from '../../tree/tree-file';
import { RepositoryView } from './repository-view';

/** What builds ask a view about a path. */
type Question = 'file' | 'hasFolder' | 'kustomizationFiles' | 'generatedResources' | 'lacksKind' | 'likely';

/** What a part of a build asked a view, and the answers. With equal answers, it gives an equal result. */
export class ViewReads {
  private readonly questions: Question[] = [];
  private readonly paths: string[] = [];
  private readonly answers: unknown[] = [];
  private readonly parts: ViewReads[] = [];
  /** Whether the result rests on more than the answers, such as the limits of a whole run. */
  isBound = false;

  /** Notes an answer. */
  note(question: Question, path: string, answer: unknown): void {
    this.questions.push(question);
    this.paths.push(path);
    this.answers.push(answer);
  }

  /** Notes what a part asked that this one is made of. */
  include(part: ViewReads): void {
    if (this.parts.at(-1) !== part) this.parts.push(part);
  }

  /** The same reads without a level of their own, where all was asked by one part. */
  get essence(): ViewReads {
    const [part] = this.parts;
    return part && this.parts.length === 1 && this.answers.length === 0 && !this.isBound ? part : this;
  }

  /** Whether another view gives the same answers. */
  isAnsweredBy(
    isSameAnswer: (question: Question, path: string, answer: unknown) => boolean,
    isSamePart: (part: ViewReads) => boolean,
  ): boolean {
    const { questions, paths, answers } = this;
    return (
      !this.isBound &&
      answers.every((answer, index) =>
        isSameAnswer(questions[index] as Question, paths[index] as string, answer),
      ) &&
      this.parts.every(isSamePart)
    );
  }
}

/** A view that remembers what builds ask it. */
export class RecordedView extends RepositoryView {
  private readonly open: ViewReads[] = [];
  private readonly verdicts = new Map<ViewReads, boolean>();

  /**
   * Does a part of a build, and notes what it asks.
   *
   * @param isSound - whether the result holds for other trees that give the same answers
   */
  record<T>(
    work: () => T,
    isSound: (result: T) => boolean,
  ): { readonly result: T; readonly reads: ViewReads } {
    const asked = new ViewReads();
    this.open.push(asked);
    let result: T;
    try {
      result = work();
    } finally {
      this.open.pop();
    }
    asked.isBound = !isSound(result);
    const reads = asked.essence;
    this.verdicts.set(reads, true);
    this.include(reads);
    return { result, reads };
  }

  /** Notes that the open part uses the result of another one. */
  include(reads: ViewReads): void {
    this.open.at(-1)?.include(reads);
  }

  /** Whether this view gives the answers that another one gave. */
  answersAlike(reads: ViewReads): boolean {
    const known = this.verdicts.get(reads);
    if (known !== undefined) return known;
    const isAlike = reads.isAnsweredBy(
      (question, path, answer) => isSame(this[question](path), answer),
      (part) => this.answersAlike(part),
    );
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
    this.open.at(-1)?.note(question, path, answer);
    return answer;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => entry === b[index]);
  // Files that are not manifests are read again for each tree.
  return isFile(a) && isFile(b) && a.path === b.path && a.bytes.equals(b.bytes);
}

function isFile(value: unknown): value is TreeFile {
  return typeof value === 'object' && value !== null && 'bytes' in value;
}
