import type { ObjectIdentity } from '../findings/finding';
import { SOURCE_GROUP } from '../kinds/groups';
import { mapOf, textOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import { joinPath } from '../tree/path';
import { sourceOf, type Entry } from './entries/entry';
import { artifactPushedTo } from './entries/pushed-artifacts';
import { isArtifact } from './entries/source-root';
import type { SourceViews } from './kustomize/source-views';
import { objectKey } from './offers';
import { sameAddress } from './sources/address';
import { cutArtifact, isArtifactGenerator, placeInSource } from './sources/generated-artifact';
import { below, revisionText, type SourceState } from './sources/source-state';

/** Where the sources of a cluster are, as far as it is known what the cluster applies. */
export class SourceStates {
  /**
   * @param entry - where Flux starts
   * @param views - the repository as sources show it
   * @param applied - the objects that were found to be applied, by `objectKey`
   */
  constructor(
    private readonly entry: Entry,
    private readonly views: SourceViews,
    private readonly applied: ReadonlyMap<string, ManifestObject>,
  ) {}

  /** Whether a source is the one that the entry is in. */
  isSync({ kind, namespace = '', name }: ObjectIdentity): boolean {
    const { source } = this.entry;
    return source.kind === kind && source.namespace === namespace && source.name === name;
  }

  /** Of an entry that its own source excludes: someone applies that by hand, and no Kustomization builds it. */
  withEntryPath(state: SourceState): SourceState {
    const { path, location, toldBy } = this.entry;
    const isMadeUp = location === undefined && toldBy === undefined;
    return isMadeUp && !this.views.get(state.ignore, state.folders).view.hasFolder(path)
      ? { ...state, ignore: undefined }
      : state;
  }

  /** Where a source is, as far as we know yet. */
  stateOf(ref: ObjectIdentity): SourceState {
    const known = this.applied.get(objectKey(ref.kind, ref.namespace ?? '', ref.name));
    if (this.isSync(ref)) {
      return this.inRepository(textOf(mapOf(known?.spec).ignore) ?? this.entry.ignore);
    }
    if (!known || ref.group !== SOURCE_GROUP) return { source: 'unknown' };
    if (ref.kind === 'ExternalArtifact') return this.artifactState(known, ref.name);
    const { url, ignore, ref: revision } = mapOf(known.spec);
    const address = textOf(url) ?? '';
    if (this.entry.url !== undefined && sameAddress(address, this.entry.url))
      return { ...this.inRepository(textOf(ignore)), isOtherRevision: this.isOtherRevision(revision) };
    return isArtifact(ref.kind) ? this.pushedState(address, textOf(ignore)) : { source: 'outside' };
  }

  /** An artifact that the CI of the repository makes. */
  private pushedState(address: string, ignore: string | undefined): SourceState {
    const pushed = artifactPushedTo(this.views.tree, address);
    if (!pushed) return { source: 'outside' };
    const patterns = [pushed.ignore, ignore ?? ''].filter((text) => text !== '').join('\n');
    // Its revision is unknown.
    return { ...below(pushed.folder, patterns || undefined), isOtherRevision: true, isPushed: true };
  }

  /** Whether a source follows something else than the sync does; the sync's source is known if the tree contains it. */
  private isOtherRevision(revision: unknown): boolean {
    const { kind, namespace = '', name } = this.entry.source;
    const sync = this.applied.get(objectKey(kind, namespace, name));
    return sync !== undefined && revisionText(revision) !== revisionText(mapOf(sync.spec).ref);
  }

  /** A source with the content of the entry's source: the repository, or one folder of it. */
  private inRepository(ignore: string | undefined): SourceState {
    const { root } = this.entry;
    return root === undefined ? { source: 'unknown' } : below(root, ignore);
  }

  /** An artifact that is a part of the repository. */
  private artifactState(generator: ManifestObject, name: string): SourceState {
    const cut = isArtifactGenerator(generator) ? cutArtifact(generator, name) : undefined;
    if (!cut || cut.source.kind === 'ExternalArtifact') return { source: 'unknown' };
    const state = this.stateOf(sourceOf(cut.source, textOf(generator.metadata?.namespace) ?? ''));
    if (state.source !== 'repository') return { source: 'unknown' };
    const root = state.root ?? '';
    const copies = cut.copies.map(({ from, to }) => ({ from: joinPath(root, from), to }));
    const place = placeInSource(copies);
    return place ? { ...state, ...place } : { ...state, root: undefined, copies };
  }
}
