import type { Tree } from '../tree/tree';
import { KustomizeBuilder } from './kustomize/build';
import { RepositoryView } from './repository-view';
import { artifactFilter } from './source-ignore';

/** A view of the repository, and the builds from it. */
export interface SourceView {
  readonly view: RepositoryView;
  readonly builder: KustomizeBuilder;
}

/** The repository as its sources show it: one view for each `spec.ignore`, with its builds. */
export class SourceViews {
  private readonly views = new Map<string | undefined, SourceView>();

  constructor(private readonly tree: Tree) {}

  /** The view of a source with this `spec.ignore`. */
  get(ignore?: string): SourceView {
    let found = this.views.get(ignore);
    if (!found) {
      const view = new RepositoryView(this.tree, artifactFilter(this.tree, ignore));
      found = { view, builder: new KustomizeBuilder(view) };
      this.views.set(ignore, found);
    }
    return found;
  }
}
