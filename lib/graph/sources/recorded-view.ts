import type { TreeFile } from '../../tree/tree-file';
import type { FolderListing } from './folder-listing';
import { RepositoryView } from './repository-view';

/** What builds ask a view of its folders, each of a path. */
type FolderQuestion = 'hasFolder' | 'kustomizationFiles' | 'generatedResources' | 'likely';

/** What builds ask a view of its files, each of a path. */
type FileQuestion = 'file' | 'lacksKind' | 'leavesOut' | 'likelyFile';

const FILE_QUESTIONS: ReadonlySet<Question> = new Set<FileQuestion>([
  'file',
  'lacksKind',
  'leavesOut',
  'likelyFile',
]);

/** What builds ask a view about a path. */
type Question = FolderQuestion | FileQuestion;

function isOfFiles(question: Question): question is FileQuestion {
  return FILE_QUESTIONS.has(question);
}

/** Questions of one sort, with the answers. */
class Answers<Q extends Question> {
  /** The question, its path and the answer, of each after the other: a list of its own for each takes much memory. */
  private readonly noted: unknown[] = [];

  note(question: Q, path: string, answer: unknown): void {
    this.noted.push(question, path, answer);
  }

  /** Whether a view gives the same answers. */
  areThoseOf(view: Pick<RepositoryView, Q>): boolean {
    const { noted } = this;
    for (let at = 0; at < noted.length; at += 3) {
      const question = noted[at] as Q;
      if (!isSame(view[question](noted[at + 1] as string), noted[at + 2])) return false;
    }
    return true;
  }
}

/** What a part of a build asked a view, and the answers. With equal answers, it gives an equal result. */
export class ViewReads {
  // There are several of these for each Kustomization, and each has few of the lists.
  private ofFolders?: Answers<FolderQuestion>;
  private ofFiles?: Answers<FileQuestion>;
  private parts?: ViewReads[];
  /** Whether the result rests on more than the answers, such as the limits of a whole run. */
  isBound = false;
  /** The view that was asked last whether it gives the same answers. */
  private judge?: RepositoryView;
  private isAlike = false;

  /** @param listing - what answers the questions of folders */
  constructor(private readonly listing: FolderListing) {}

  /** Notes an answer. */
  note(question: Question, path: string, answer: unknown): void {
    if (isOfFiles(question)) (this.ofFiles ??= new Answers()).note(question, path, answer);
    else (this.ofFolders ??= new Answers()).note(question, path, answer);
  }

  /** Notes what a part asked that this one is made of. */
  include(part: ViewReads): void {
    this.parts ??= [];
    if (this.parts.at(-1) !== part) this.parts.push(part);
  }

  /** The same reads without a level of their own, where all was asked by one part. */
  get essence(): ViewReads {
    const { parts: [part, ...others] = [], ofFolders, ofFiles, isBound } = this;
    return part && others.length === 0 && !ofFolders && !ofFiles && !isBound ? part : this;
  }

  /** Notes that they are the answers of a view. */
  areOf(view: RepositoryView): void {
    this.judge = view;
    this.isAlike = true;
  }

  /** Whether a view gives the same answers. */
  isAnsweredBy(view: RepositoryView): boolean {
    if (this.judge !== view) {
      this.isAlike = this.isAnsweredNow(view);
      this.judge = view;
    }
    return this.isAlike;
  }

  /** The same folders need not be asked again. */
  private isAnsweredNow(view: RepositoryView): boolean {
    const { listing, isBound, ofFolders, ofFiles, parts } = this;
    return (
      !isBound &&
      (view.listing === listing || (ofFolders?.areThoseOf(view.listing) ?? true)) &&
      (ofFiles?.areThoseOf(view) ?? true) &&
      (parts?.every((part) => part.isAnsweredBy(view)) ?? true)
    );
  }
}

/** A view that remembers what builds ask it. */
export class RecordedView extends RepositoryView {
  private readonly open: ViewReads[] = [];

  /**
   * Does a part of a build, and notes what it asks.
   *
   * @param isSound - whether the result holds for other trees that give the same answers
   */
  record<T>(
    work: () => T,
    isSound: (result: T) => boolean,
  ): { readonly result: T; readonly reads: ViewReads } {
    const asked = new ViewReads(this.listing);
    this.open.push(asked);
    let result: T;
    try {
      result = work();
    } finally {
      this.open.pop();
    }
    asked.isBound = !isSound(result);
    const reads = asked.essence;
    reads.areOf(this);
    this.include(reads);
    return { result, reads };
  }

  /** Notes that the open part uses the result of another one. */
  include(reads: ViewReads): void {
    this.open.at(-1)?.include(reads);
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

  override generatedResources(folder: string): readonly string[] {
    return this.note('generatedResources', folder, super.generatedResources(folder));
  }

  override lacksKind(path: string): boolean {
    return this.note('lacksKind', path, super.lacksKind(path));
  }

  override leavesOut(path: string): boolean {
    return this.note('leavesOut', path, super.leavesOut(path));
  }

  override likely(path: string): string | undefined {
    return this.note('likely', path, super.likely(path));
  }

  override likelyFile(path: string): string | undefined {
    return this.note('likelyFile', path, super.likelyFile(path));
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
