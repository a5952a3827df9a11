import type { Finding } from '../findings/finding';
import { fail, FindingsError } from '../findings/findings-error';
import { once } from '../plain/once';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';
import { directoryOf, isBelow, joinPath, repositoryPath } from '../tree/path';
import type { Change, PlannedFile } from './change';
import { compare, isOurs, keptReason, type Verdict } from './judge';
import { fingerprint, normalised, sameContent } from './content';
import type { Disk } from './disk';
import { appliedFolders, Claims } from './claims';
import { Ownership, placeOf, type Known } from './ownership';
import type { Journal, JournalEntry } from './journal';
import { marksOf, withCommittedMarks } from './marks';
import { isReservedPath, RECORD_FILE } from './names';
import type { OwnedFolders } from './owned-folders';
import { blockedFinding, keptFinding, reservedFinding, type Difference, type KeptReason } from './problems';
import { printRecord, type RecordedCluster } from './record';
import type { RecordEntry } from './record-entry';
import { sectionOf } from './section';

/** A file that is left as it is although the code wants another content, or none. */
export interface KeptFile {
  /** The path from the repository's root. */
  readonly path: string;
  /** Why it is kept, and what to do. */
  readonly finding: Finding;
}

/** What decides which changes are planned. */
export interface PlanOptions {
  readonly folders: OwnedFolders;
  readonly tree: Tree;
  readonly complete: boolean;
  readonly overwrite: boolean | readonly string[];
  readonly named: readonly string[];
  readonly clusters: ReadonlyMap<string, RecordedCluster>;
  readonly reach?: ReadonlyMap<string, readonly string[]>;
  readonly compareFiles?: CompareFiles;
  /**
   * Whether only removals are asked for, so that planned files are not compared with the disk.
   *
   * @default false
   */
  readonly removalsOnly?: boolean;
}

/** Says how a file on disk differs from the one that the code makes; `undefined` where that cannot be said. */
export type CompareFiles = (found: Buffer, planned: TreeFile) => Difference | undefined;

/**
 * The planned files by the folder whose record lists them.
 *
 * @param named - the files that the configuration names, which the record at home lists
 * @throws FindingsError `owner-outside-output` when a file has no owner in the folders that are published to,
 *   `path-reserved` when it is where git or we keep something
 */
export function planFiles(
  tree: Tree,
  folders: OwnedFolders,
  named: readonly string[] = [],
): Map<string, PlannedFile[]> {
  const owners = new Map<string, PlannedFile[]>();
  const known = plannedFiles(tree);
  const held = new Set<string>();
  for (const file of tree.files) {
    const { owner, path, constructPath } = file;
    if (isReservedPath(path)) throw new FindingsError([reservedFinding(path, { constructPath, file: path })]);
    const isNamed = owner === folders.home && named.includes(path);
    if (owner === undefined || !(isNamed || held.has(owner) || folders.holds(owner)))
      refuseOwner(file, folders);
    if (!isNamed) held.add(owner);
    const planned = plannedFile(file, known);
    const files = owners.get(owner);
    if (files) files.push(planned);
    else owners.set(owner, [planned]);
  }
  return owners;
}

/** What records say about the files of a tree, cached because a run that removes something asks twice. */
const plannedFiles = once((_tree: Tree) => new Map<TreeFile, PlannedFile>());

function plannedFile(file: TreeFile, known: Map<TreeFile, PlannedFile>): PlannedFile {
  const { bytes, path } = file;
  const planned = known.get(file) ?? { file, hash: fingerprint(bytes, path), marks: marksOf(bytes) };
  known.set(file, planned);
  return planned;
}

function refuseOwner({ path, owner, constructPath }: TreeFile, folders: OwnedFolders): never {
  const allowed = folders.list.map((folder) => JSON.stringify(folder || '.')).join(', ');
  const where =
    owner === undefined
      ? 'has no owner'
      : `belongs to ${JSON.stringify(owner || '.')}, which is outside ${allowed}`;
  fail({
    code: 'owner-outside-output',
    message: `${JSON.stringify(path)} ${where}: synth writes only to ${allowed}`,
    hint: 'remove "output" from cdk8s-flux.yaml, or set it to a folder that contains the path and the directory of every Cluster',
    locations: [{ constructPath, file: path }],
  });
}

/** The suffix of a patch's file. */
const PATCH = '.patch.yaml';

/** What earlier runs left behind. */
export interface FormerRuns {
  readonly journal: Journal;
  /** The folders with a record. */
  readonly recordFolders: readonly string[];
}

/** What a run will do: all of it is known, and all problems with it, before the first byte is written. */
export class ChangePlan {
  /** Files that we made and no longer make. */
  readonly removals: Change[] = [];
  /** Files to create or to replace. */
  readonly writes: Change[] = [];
  /** Records to create, replace or remove. */
  readonly records: Change[] = [];
  /** Files that are kept although they should change. */
  readonly kept: KeptFile[] = [];
  /** What stands in the way: with any of it nothing is written. */
  readonly blocked: Finding[] = [];
  /** What else is to be told. */
  readonly notes: readonly Finding[];
  /** Folders that may be left empty. */
  readonly folders = new Set<string>();
  /** What a journal says of files that this run does not look at. */
  readonly unfinished = new Map<string, JournalEntry>();
  /** How many files are as planned. */
  unchanged = 0;

  private readonly same = new Set<string>();
  private readonly ownership: Ownership;
  private readonly overwrite: (path: string) => boolean;
  /** What records keep about files that stay; undefined for files that are not ours. */
  private readonly keptEntries = new Map<string, Map<string, RecordEntry | undefined>>();

  constructor(
    private readonly disk: Disk,
    private readonly options: PlanOptions,
    private readonly planned: ReadonlyMap<string, readonly PlannedFile[]>,
    { journal, recordFolders }: FormerRuns,
  ) {
    this.overwrite = overwriteRule(options.overwrite);
    const { folders, named, tree, reach = new Map<string, string[]>() } = options;
    const ownerOf = (path: string): string | undefined => tree.get(path)?.owner;
    const claims = new Claims(disk, { folders, named: new Set(named), ownerOf, reach });
    const found = [...recordFolders, ...this.formerFolders()];
    this.ownership = new Ownership({
      disk,
      found,
      planned,
      claims,
      journal,
      clusters: options.clusters,
    });
    this.notes = this.ownership.findings.filter(({ severity }) => severity === 'warning');
    this.blocked.push(...this.ownership.findings.filter(({ severity }) => severity === 'error'));
    if (!options.removalsOnly) {
      for (const [owner, files] of planned) for (const file of files) this.planFile(file, owner);
    }
    this.planRemovals(journal);
    this.planRecords();
  }

  /** The folders that are no longer published to, and whose record lists a Kustomization that applied them. */
  private formerFolders(): string[] {
    const former = new Set<string>();
    for (const [owner, files] of this.planned) {
      for (const { file } of files) {
        if (isBelow(file.path, owner) || this.disk.kind(file.path) !== 'file') continue;
        if (this.isAsPlanned(file)) continue;
        const applied = appliedFolders(this.disk.read(file.path));
        for (const folder of applied) if (!this.options.folders.holds(folder)) former.add(folder);
      }
    }
    return [...former].filter((folder) => this.disk.kind(joinPath(folder, RECORD_FILE)) === 'file');
  }

  /** Whether a file on disk has the planned bytes; a file that has them is read once. */
  private isAsPlanned({ path, bytes }: TreeFile): boolean {
    if (!this.same.has(path) && this.disk.equals(path, bytes)) this.same.add(path);
    return this.same.has(path);
  }

  private planFile(planned: PlannedFile, owner: string): void {
    const { path, constructPath } = planned.file;
    switch (this.disk.kind(path)) {
      case undefined: {
        const obstacle = this.disk.obstacle(path);
        if (obstacle) this.blocked.push(blockedFinding(path, obstacle, constructPath));
        else this.create(planned, owner);
        return;
      }
      case 'folder':
      case 'other':
        this.blocked.push(blockedFinding(path, { state: 'folder', cause: path }, constructPath));
        return;
      case 'file':
        if (this.isAsPlanned(planned.file)) this.unchanged += 1;
        else this.act(this.judge(planned, owner), planned, owner);
        return;
      case 'link':
        this.act(this.judgeLink(planned, owner), planned, owner);
    }
  }

  /**
   * In the other layout of a fleet, the marked fields are in a patch or in the object's own file: their values are
   * kept.
   */
  private create({ file: { path, bytes }, hash, marks }: PlannedFile, owner: string): void {
    const former = path.endsWith(PATCH)
      ? path.slice(0, -PATCH.length) + '.yaml'
      : path.replace(/\.yaml$/, PATCH);
    const known = marks.size > 0 ? this.ownership.known.get(former) : undefined;
    const content = known && this.disk.kind(former) === 'file' ? this.disk.read(former) : undefined;
    const kept =
      known && content ? withCommittedMarks(bytes, normalised(content), known.marks, known.written) : bytes;
    this.writes.push({ path, owner, bytes: kept, hash, marks, exists: false });
  }

  private judge(planned: PlannedFile, owner: string): Verdict {
    const known = this.ownership.of(planned, owner);
    const content = this.disk.read(planned.file.path);
    if (content) return compare(content, planned, known);
    // A file that is too large to be ours belongs to a person.
    return { action: 'keep', reason: known ? 'file-edited' : 'file-not-ours', bytes: planned.file.bytes };
  }

  /**
   * We create no links, so a link belongs to a person, whatever it points to. It is replaced, never written through.
   */
  private judgeLink(planned: PlannedFile, owner: string): Verdict {
    const content = this.disk.read(planned.file.path);
    const { bytes } = planned.file;
    if (content && sameContent(content, bytes)) return { action: 'same' };
    const reason = this.ownership.of(planned, owner) ? 'file-edited' : 'file-not-ours';
    return { action: 'keep', reason, bytes };
  }

  private act(verdict: Verdict, planned: PlannedFile, owner: string): void {
    const { path, constructPath } = planned.file;
    if (verdict.action === 'same') {
      this.unchanged += 1;
    } else if (verdict.action === 'write' || this.overwrite(path)) {
      this.writes.push({
        path,
        owner,
        bytes: verdict.bytes,
        hash: planned.hash,
        marks: planned.marks,
        exists: true,
      });
    } else {
      const known = this.ownership.of(planned, owner);
      const content = verdict.reason === 'merge-conflict' ? undefined : this.disk.read(path);
      const difference = content && this.options.compareFiles?.(content, planned.file);
      this.keep({ path, owner, known }, verdict.reason, { removal: false, constructPath, difference });
    }
  }

  private keep(
    { path, owner, known }: { readonly path: string; readonly owner: string; readonly known?: Known },
    reason: KeptReason,
    options: { readonly removal: boolean; readonly constructPath?: string; readonly difference?: Difference },
  ): void {
    this.kept.push({ path, finding: keptFinding(reason, path, options) });
    this.keepEntry(owner, path, known);
  }

  private keepEntry(owner: string, path: string, known: Known | undefined): void {
    const entries = this.keptEntries.get(owner) ?? new Map<string, RecordEntry | undefined>();
    this.keptEntries.set(owner, entries.set(path, known && oldEntry(known)));
  }

  private planRemovals(journal: Journal): void {
    for (const [path, known] of this.ownership.known) {
      if (this.options.tree.has(path)) continue;
      // A part run does not generate what concerns all clusters, such as pictures.
      if (!this.options.complete && this.options.named.includes(path)) {
        for (const owner of known.owners) this.keepEntry(owner, path, known);
        continue;
      }
      if (known.owners.every((owner) => this.inScope(owner))) this.planRemoval(path, known);
      else this.leaveUnfinished(path, journal.entries.get(path));
    }
    // For records and missing files, a journal shows only which folders may have been left empty.
    for (const path of journal.entries.keys())
      if (this.options.folders.holds(path)) this.folders.add(directoryOf(path));
  }

  private leaveUnfinished(path: string, entry: JournalEntry | undefined): void {
    if (entry) this.unfinished.set(path, entry);
  }

  private planRemoval(path: string, known: Known): void {
    const owner = known.owners[0] ?? '';
    this.folders.add(directoryOf(path));
    const kind = this.disk.kind(path);
    if (kind !== 'file' && kind !== 'link') return;
    const content = kind === 'file' ? this.disk.read(path) : undefined;
    if (content && sectionOf(content, path)) return; // The text around our section belongs to a person: no record lists it now.
    if ((content && isOurs(content, path, known)) || this.overwrite(path)) {
      this.removals.push({ path, owner, exists: true });
    } else {
      const reason = content ? keptReason(content, known) : 'file-edited';
      this.keep({ path, owner, known }, reason, { removal: true });
    }
  }

  /** A part run looks only at its own owners. */
  private inScope(owner: string): boolean {
    return this.options.complete || this.planned.has(owner);
  }

  private planRecords(): void {
    const owners = new Set([...this.planned.keys(), ...this.ownership.folders, ...this.keptEntries.keys()]);
    for (const owner of [...owners].sort()) {
      if (!this.inScope(owner) || this.ownership.broken.has(owner)) continue;
      if (!this.options.folders.mayHaveRecord(owner)) continue;
      const kept = this.keptEntries.get(owner);
      if (this.ownership.intact.has(owner) && !kept) continue;
      this.planRecord(owner, kept ?? new Map());
    }
  }

  private planRecord(owner: string, kept: ReadonlyMap<string, RecordEntry | undefined>): void {
    const path = joinPath(owner, RECORD_FILE);
    const kind = this.disk.kind(path);
    const obstacle =
      kind !== undefined && kind !== 'file'
        ? { state: 'folder' as const, cause: path }
        : this.disk.obstacle(path);
    const entries = new Map<string, RecordEntry | undefined>();
    for (const planned of this.planned.get(owner) ?? []) entries.set(planned.file.path, planned);
    for (const [file, entry] of kept) entries.set(file, entry);
    const listed = [...entries].filter((entry): entry is [string, RecordEntry] => entry[1] !== undefined);
    if (obstacle && listed.length > 0) {
      this.blocked.push(blockedFinding(path, obstacle));
    } else if (listed.length > 0) {
      listed.sort(([a], [b]) => (a < b ? -1 : 1));
      const bytes = Buffer.from(printRecord(listed, placeOf(owner, this.options.clusters)));
      const content = kind === undefined ? undefined : this.disk.read(path);
      if (!content || !sameContent(content, bytes)) {
        this.records.push({ path, owner, bytes, exists: kind !== undefined });
      }
    } else if (kind === 'file') {
      this.folders.add(owner);
      this.records.push({ path, owner, exists: true });
    }
  }
}

/** What a record keeps about a file that we did not touch. */
function oldEntry(known: Known): RecordEntry | undefined {
  const marks = new Map([...known.marks].map(([policy, values]) => [policy, values[0] ?? '']));
  return known.hashes[0] === undefined ? undefined : { hash: known.hashes[0], marks };
}

function overwriteRule(overwrite: boolean | readonly string[]): (path: string) => boolean {
  if (typeof overwrite === 'boolean') return () => overwrite;
  const folders = overwrite.map((path) => repositoryPath(path));
  return (path) => folders.some((folder) => isBelow(path, folder));
}
