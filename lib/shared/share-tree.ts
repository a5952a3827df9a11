import { KustomizeBuilder } from '../graph/kustomize/accumulate';
import { RepositoryView } from '../graph/sources/repository-view';
import { BOOTSTRAP_FOLDER } from '../kinds/names';
import { addToGroup, groupBy } from '../plain/group-by';
import { compareText } from '../plain/compare-text';
import type { Finding } from '../findings/finding';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import { Tree } from '../tree/tree';
import { TreeFile } from '../tree/tree-file';
import { contentsOf, listedContents, type DirectoryContents } from './contents';
import { AppliedPaths, withMovedPath } from './kustomizations';
import { differenceOf, isSame, overlayFiles, withOwner } from './overlay';
import { SharedFolders, type GroupMember } from './shared-folders';
import type { SharedUnit } from './shared-unit';
import { movedFiles, wholeDirectory } from './whole-directory';

/** The folder in an entry path that refers to the shared files of entry paths. */
const ENTRY_FOLDER = 'shared';
/** The folder, inside the shared folder, with the shared files of entry paths. */
const ENTRIES = 'clusters';

/** What a tree becomes when clusters share files. */
export interface SharedTree {
  readonly tree: Tree;
  /** By the construct of a directory, the directory that its Kustomization applies instead. */
  readonly moved: ReadonlyMap<string, string>;
  /** The directories that are not as they were. */
  readonly changed: readonly SharedUnit[];
  /** Files that are in each other's way. */
  readonly clashes: readonly Finding[];
}

/** A directory with its contents. */
interface Member extends GroupMember {
  readonly unit: SharedUnit;
  readonly contents: DirectoryContents;
}

/**
 * Writes once what several clusters have alike, and what differs as overlays of it. Every directory builds to the same
 * objects as before; only `spec.path` of the Kustomizations changes whose directory a shared folder takes the place of.
 *
 * @param rendered - the tree with a directory for each cluster
 * @param units - the directories of the clusters that share, in the order of the clusters
 */
export function shareTree(rendered: Tree, units: readonly SharedUnit[]): SharedTree {
  return new Sharing(rendered, units).run();
}

class Sharing {
  private readonly moved = new Map<string, string>();
  private readonly changed: SharedUnit[] = [];
  /** The files that others replace. */
  private readonly replaced = new Set<string>();
  private readonly made: TreeFile[] = [];
  private readonly applied: AppliedPaths;
  /** How many files are below each folder. */
  private counts?: Map<string, number>;
  private builder?: KustomizeBuilder;

  constructor(
    private readonly rendered: Tree,
    private readonly units: readonly SharedUnit[],
  ) {
    this.applied = new AppliedPaths(rendered);
  }

  run(): SharedTree {
    const apps = groupBy(
      this.units.filter(({ key }) => key !== undefined),
      ({ key, cluster }) => joinPath(cluster.folder, key as string),
    );
    // Directories inside another one come first, because their Kustomizations are among the objects of that one.
    const deepestFirst = [...apps].sort(
      ([a], [b]) => b.split('/').length - a.split('/').length || compareText(a, b),
    );
    for (const [folder, group] of deepestFirst) this.shareApps(folder, group);
    const entries = this.units.filter(({ key }) => key === undefined);
    for (const [folder, group] of groupBy(entries, ({ cluster }) => joinPath(cluster.folder, ENTRIES)))
      this.shareEntries(folder, group);
    return this.result();
  }

  private shareApps(folder: string, units: readonly SharedUnit[]): void {
    const members = units.flatMap((unit) => {
      if (!this.applied.isInRepository(unit) || this.applied.notesOrigin(unit)) return [];
      const contents = listedContents(this.rendered, unit.path);
      return contents ? [this.member(unit, contents)] : [];
    });
    if (members.length < 2) {
      this.shareWhole(folder, units);
      return;
    }
    const folders = new SharedFolders(folder, members);
    for (const member of members) this.placeApp(member, folders);
    this.made.push(...folders.files);
  }

  /** Directories with kustomize fields of their author are shared as they are, if more than half of the clusters have the same one. */
  private shareWhole(folder: string, units: readonly SharedUnit[]): void {
    const wholes = units.flatMap((unit) => {
      const isFree =
        this.applied.isInRepository(unit) && !this.applied.notesOrigin(unit) && this.applied.mayMove(unit);
      const whole = isFree ? wholeDirectory(this.rendered, unit.path) : undefined;
      return whole ? [{ unit, whole }] : [];
    });
    for (const equal of groupBy(wholes, ({ whole }) => whole.key).values()) {
      const [first, second] = equal;
      if (!first || !second || equal.length * 2 <= units.length || !this.builds(first.unit.path)) continue;
      const base = joinPath(folder, 'base');
      this.made.push(...movedFiles(first.whole, base, folder));
      for (const { unit, whole } of equal) {
        this.take(unit, [joinPath(unit.path, 'kustomization.yaml'), ...whole.files.map(({ path }) => path)]);
        this.moved.set(unit.constructPath, base);
      }
    }
  }

  /** Whether a directory builds with what is published: otherwise nobody could prove that another one is equal. */
  private builds(path: string): boolean {
    this.builder ??= new KustomizeBuilder(new RepositoryView(this.rendered, () => true));
    const { findings, remotes } = this.builder.build(path);
    return remotes.length === 0 && findings.every(({ severity }) => severity !== 'error');
  }

  private placeApp(member: Member, folders: SharedFolders<Member>): void {
    const { unit, contents } = member;
    const base = folders.nearest(member);
    if (contents.objects.size === 0) return this.leaveSecrets(member);
    if (!base || !sharesObject(base.objects, member.objects)) return;
    const difference = differenceOf(base.objects, member.objects, contents.verbatim);
    if (!difference) return;
    folders.use(member);
    this.take(unit, [
      joinPath(unit.path, 'kustomization.yaml'),
      ...this.filesOf(member),
      ...contents.verbatim.map(({ path }) => path),
    ]);
    if (isSame(difference) && contents.verbatim.length === 0 && this.applied.mayMove(unit)) {
      this.moved.set(unit.constructPath, base.path);
      return;
    }
    const { cluster, constructPath, path } = unit;
    const target = { folder: path, owner: cluster.entry, constructPath };
    this.made.push(...overlayFiles(base, difference, contents.verbatim, target));
  }

  /**
   * A directory with only encrypted Secrets needs no kustomization.yaml: Flux generates one that lists all manifests.
   * The file stays if other files would be among them, or if something else refers to the directory, because Flux then
   * generates none.
   */
  private leaveSecrets({ unit, contents: { verbatim } }: Member): void {
    const { cluster, path } = unit;
    const paths = verbatim.map((file) => file.path);
    const isAlone = this.filesBelow(path) === paths.length + 1;
    if (!isAlone || !paths.every(isListedByFlux) || !this.applied.mayMove(unit)) return;
    this.take(unit, [joinPath(path, 'kustomization.yaml'), ...paths]);
    this.made.push(...verbatim.map((file) => withOwner(file, cluster.entry)));
  }

  private filesBelow(folder: string): number {
    if (!this.counts) {
      this.counts = new Map();
      for (const { path } of this.rendered.files)
        for (let one = directoryOf(path); one !== ''; one = directoryOf(one))
          this.counts.set(one, (this.counts.get(one) ?? 0) + 1);
    }
    return this.counts.get(folder) ?? 0;
  }

  private shareEntries(folder: string, units: readonly SharedUnit[]): void {
    const below = filesBelow(this.rendered, new Set(units.map(({ path }) => path)));
    const members = units.flatMap((unit) => {
      const files = below.get(unit.path) ?? [];
      if (files.some(({ path }) => isBelow(path, joinPath(unit.path, ENTRY_FOLDER)))) return [];
      const ours = files.filter(({ path }) => !isBelow(path, joinPath(unit.path, BOOTSTRAP_FOLDER)));
      const contents = contentsOf(ours, unit.path);
      return contents ? [this.member(unit, contents)] : [];
    });
    if (members.length < 2) return;
    const folders = new SharedFolders(folder, members);
    for (const member of members) this.placeEntry(member, folders);
    this.made.push(...folders.files);
  }

  private placeEntry(member: Member, folders: SharedFolders<Member>): void {
    const { unit } = member;
    const base = folders.nearest(member);
    if (!base || !sharesObject(base.objects, member.objects)) return;
    const difference = differenceOf(base.objects, member.objects);
    if (!difference) return;
    folders.use(member);
    this.take(unit, this.filesOf(member));
    const { constructPath, path } = unit;
    const target = {
      folder: joinPath(path, ENTRY_FOLDER),
      loose: path,
      owner: path,
      constructPath,
    };
    this.made.push(...overlayFiles(base, difference, [], target));
  }

  private member(unit: SharedUnit, contents: DirectoryContents): Member {
    const objects = [...contents.objects].map(
      ([key, placed]) => [key, { ...placed, document: withMovedPath(placed.document, this.moved) }] as const,
    );
    return { unit, contents, groups: unit.cluster.groups, objects: new Map(objects) };
  }

  /** The files with the objects of a directory. */
  private filesOf({ unit, objects }: Member): string[] {
    return [...new Set([...objects.values()].map(({ file }) => joinPath(unit.path, file)))];
  }

  private take(unit: SharedUnit, paths: readonly string[]): void {
    this.changed.push(unit);
    for (const path of paths) this.replaced.add(path);
  }

  private result(): SharedTree {
    const entryOf = new Map(this.units.map(({ path, cluster }) => [path, cluster.entry]));
    const tree = new Tree();
    const clashes: Finding[] = [];
    const kept = this.rendered.files.filter(({ path }) => !this.replaced.has(path));
    for (const file of [...kept.map((one) => this.keep(one, entryOf)), ...this.made])
      clashes.push(...[tree.add(file) ?? []].flat());
    return { tree, moved: this.moved, changed: this.changed, clashes };
  }

  /** A file that stays where it is, in the record of the cluster, with corrected paths. */
  private keep(file: TreeFile, entryOf: ReadonlyMap<string, string>): TreeFile {
    const owner = file.owner === undefined ? undefined : (entryOf.get(file.owner) ?? file.owner);
    if (!file.isPrinted) return owner === undefined ? file : withOwner(file, owner);
    const documents = file.documents.map((document) => withMovedPath(document, this.moved));
    const isSameFile = owner === file.owner && documents.every((one, index) => one === file.documents[index]);
    const { path, constructPath } = file;
    return isSameFile ? file : TreeFile.fromDocuments(path, documents, { owner, constructPath });
  }
}

/** Whether Flux treats a file as a manifest if a folder has no kustomization.yaml. */
function isListedByFlux(path: string): boolean {
  return /\.ya?ml$/.test(path) && !/(?:^|\/)\./.test(path);
}

/** The files of some folders, none of which is inside another. */
function filesBelow(tree: Tree, folders: ReadonlySet<string>): Map<string, TreeFile[]> {
  const files = new Map<string, TreeFile[]>();
  for (const file of tree.files) {
    let folder = directoryOf(file.path);
    while (folder !== '' && !folders.has(folder)) folder = directoryOf(folder);
    if (folders.has(folder)) addToGroup(files, folder, file);
  }
  return files;
}

function sharesObject(base: ReadonlyMap<string, unknown>, objects: ReadonlyMap<string, unknown>): boolean {
  return [...objects.keys()].some((key) => base.has(key));
}
