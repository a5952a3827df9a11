import { isBelow } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { KustomizeBuilder } from './accumulate';
import type { BuildMemo } from '../sources/build-memo';
import type { FolderCopy } from '../sources/generated-artifact';
import { RecordedView } from '../sources/recorded-view';
import { RepositoryView } from '../sources/repository-view';
import { artifactFilter } from '../sources/source-ignore';

/** A view of the repository, and the builds from it. */
export interface SourceView {
  readonly view: RepositoryView;
  readonly builder: KustomizeBuilder;
}

/** The repository as its sources show it: one view for each `spec.ignore` and each part of it, with its builds. */
export class SourceViews {
  private readonly views = new Map<string, SourceView>();
  /** The view of everything, which nearly every Kustomization uses. */
  private all?: SourceView;
  private readonly filters = new Map<string | undefined, (path: string) => boolean>();

  /**
   * @param tree - the files of the repository
   * @param memo - what builds of other trees gave, and where those of this one are remembered
   */
  constructor(
    readonly tree: Tree,
    private readonly memo?: BuildMemo,
  ) {}

  /**
   * The view of a source with this `spec.ignore`.
   *
   * @param folders - the folders that the artifact holds; by default all
   * @param copies - where they lie in it, if elsewhere than in the repository
   */
  get(ignore?: string, folders?: readonly string[], copies?: readonly FolderCopy[]): SourceView {
    if (ignore === undefined && !folders && !copies) return (this.all ??= this.make());
    return this.make(ignore, folders, copies);
  }

  private make(ignore?: string, folders?: readonly string[], copies?: readonly FolderCopy[]): SourceView {
    const key = JSON.stringify([ignore, folders, copies]);
    let found = this.views.get(key);
    if (!found) {
      const holds = this.filterOf(ignore);
      const isIn = (path: string): boolean => folders?.some((folder) => isBelow(path, folder)) ?? true;
      const isHeld = folders ? (path: string) => isIn(path) && holds(path) : holds;
      const { memo } = this;
      const listingOf = memo && ((paths: readonly string[]) => memo.listing(key, paths));
      const options = { copies, folders, listingOf };
      found = memo
        ? remembering(new RecordedView(this.tree, isHeld, options), memo, key)
        : plain(new RepositoryView(this.tree, isHeld, options));
      this.views.set(key, found);
    }
    return found;
  }

  private filterOf(ignore: string | undefined): (path: string) => boolean {
    const { memo } = this;
    const known = this.filters.get(ignore);
    if (known) return known;
    const filter = artifactFilter(this.tree, ignore, memo && ((patterns) => memo.heldPaths(patterns)));
    this.filters.set(ignore, filter);
    return filter;
  }
}

function plain(view: RepositoryView): SourceView {
  return { view, builder: new KustomizeBuilder(view) };
}

function remembering(view: RecordedView, memo: BuildMemo, key: string): SourceView {
  return { view, builder: new KustomizeBuilder(view, { memo, view, key }) };
}
