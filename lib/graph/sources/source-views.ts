import { isBelow } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { KustomizeBuilder } from '../kustomize/accumulate';
import type { FolderCopy } from './generated-artifact';
import { RepositoryView } from './repository-view';
import { artifactFilter } from './source-ignore';

/** A view of the repository, and the builds from it. */
export interface SourceView {
  readonly view: RepositoryView;
  readonly builder: KustomizeBuilder;
}

/** The repository as its sources show it: one view for each `spec.ignore` and each part of it, with its builds. */
export class SourceViews {
  private readonly views = new Map<string, SourceView>();

  constructor(private readonly tree: Tree) {}

  /**
   * The view of a source with this `spec.ignore`.
   *
   * @param folders - the folders that the artifact holds; by default all
   * @param copies - where they lie in it, if elsewhere than in the repository
   */
  get(ignore?: string, folders?: readonly string[], copies?: readonly FolderCopy[]): SourceView {
    const key = JSON.stringify([ignore, folders, copies]);
    let found = this.views.get(key);
    if (!found) {
      const holds = artifactFilter(this.tree, ignore);
      const isIn = (path: string): boolean => folders?.some((folder) => isBelow(path, folder)) ?? true;
      const view = new RepositoryView(
        this.tree,
        folders ? (path) => isIn(path) && holds(path) : holds,
        copies,
      );
      found = { view, builder: new KustomizeBuilder(view) };
      this.views.set(key, found);
    }
    return found;
  }
}
