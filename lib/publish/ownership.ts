import { finding, type Finding } from '../findings/finding';
import { firstNames } from '../plain/first-names';
import { directoryOf, joinPath } from '../tree/path';
import type { PlannedFile } from './change';
import type { Claims } from './claims';
import type { Disk } from './disk';
import type { Journal } from './journal';
import { RECORD_FILE } from './names';
import {
  parseRecord,
  printRecord,
  type LoadedEntry,
  type RecordedCluster,
  type RecordLocation,
} from './record';
import { sameContent } from './content';

/** What records and journal say of a file. */
export interface Known {
  /** The folders whose records list it. */
  readonly owners: string[];
  /** The fingerprints of what we may have written. */
  readonly hashes: string[];
  /** The values that the code had for its marked fields. */
  readonly marks: Map<string, string[]>;
  /** The values that a killed run had for them, so that they are no one else's. */
  written?: ReadonlyMap<string, readonly string[]>;
  /** Whether a run was killed that was about to write or to remove it. */
  isJournaled?: boolean;
}

/** What tells whose a file is. */
export interface OwnershipSources {
  readonly disk: Disk;
  /** The folders in which a record was found. */
  readonly found: readonly string[];
  /** The files of each owner. */
  readonly planned: ReadonlyMap<string, readonly PlannedFile[]>;
  readonly claims: Claims;
  readonly journal: Journal;
  /** The clusters of which records are written, by their folders. */
  readonly clusters: ReadonlyMap<string, RecordedCluster>;
}

/** What the records and the journal on disk say, beside what is planned. */
export class Ownership {
  /** What is known of each file, but for those of intact records. */
  readonly known = new Map<string, Known>();
  /** The owners whose record on disk is exactly the planned one. */
  readonly intact = new Set<string>();
  /** The folders that have a record. */
  readonly folders: ReadonlySet<string>;
  /** The folders with a file in place of a record that is none. */
  readonly broken = new Set<string>();
  /** What is wrong with records, and what they list although they must not. */
  readonly findings: Finding[] = [];

  private readonly disk: Disk;
  private readonly planned: ReadonlyMap<string, readonly PlannedFile[]>;
  private readonly claims: Claims;
  private readonly clusters: ReadonlyMap<string, RecordedCluster>;

  constructor({ disk, found, planned, claims, journal, clusters }: OwnershipSources) {
    this.disk = disk;
    this.planned = planned;
    this.claims = claims;
    this.clusters = clusters;
    const folders = new Set(found);
    for (const owner of planned.keys()) {
      if (disk.kind(joinPath(owner, RECORD_FILE)) !== undefined) folders.add(owner);
    }
    this.folders = folders;
    for (const folder of folders) this.load(folder);
    for (const [path, { owner, hashes, marks = {} }] of journal.entries) {
      if (!claims.allows(path, owner)) continue;
      const known = this.entry(path, owner);
      known.hashes.push(...hashes);
      known.isJournaled = true;
      known.written = new Map(Object.entries(marks));
    }
  }

  /** What is known of a planned file. */
  of(planned: PlannedFile, owner: string): Known | undefined {
    const known = this.known.get(planned.file.path);
    if (!this.intact.has(owner)) return known;
    const marks = new Map([...planned.marks].map(([policy, value]) => [policy, [value]]));
    const { owners = [], hashes = [], isJournaled, written } = known ?? {};
    return { owners: [owner, ...owners], hashes: [planned.hash, ...hashes], marks, isJournaled, written };
  }

  /** A record that matches the plan need not be parsed: this is the case for nearly all records in nearly every run. */
  private load(folder: string): void {
    const path = joinPath(folder, RECORD_FILE);
    if (this.disk.kind(path) !== 'file') return; // Something else at this path is an obstacle, or does not matter.
    const files = this.planned.get(folder);
    const wanted = files && Buffer.from(printPlanned(files, placeOf(folder, this.clusters)));
    if (wanted && this.disk.equals(path, wanted)) {
      this.intact.add(folder);
      return;
    }
    const bytes = this.disk.read(path);
    if (!bytes) return this.refuse(folder, 'it is too large');
    if (wanted && sameContent(bytes, wanted)) {
      this.intact.add(folder);
      return;
    }
    const entries =
      bytes.length === 0 ? new Map<string, LoadedEntry>() : parseRecord(bytes.toString('utf8'), path);
    if (entries) this.take(entries, folder);
    else this.refuse(folder, 'it is not a record of cdk8s-flux');
  }

  private take(entries: ReadonlyMap<string, LoadedEntry>, folder: string): void {
    const refused: string[] = [];
    for (const [file, { hashes, marks }] of entries) {
      if (!this.claims.allows(file, folder)) {
        if (this.disk.kind(file) !== undefined) refused.push(file);
        continue;
      }
      const known = this.entry(file, folder);
      known.hashes.push(...hashes);
      for (const [policy, values] of marks) {
        known.marks.set(policy, [...(known.marks.get(policy) ?? []), ...values]);
      }
    }
    if (refused.length === 0) return;
    const isFormer = !this.claims.mayHaveRecord(folder);
    this.findings.push(
      isFormer ? formerFolder(folder) : foreignEntries(joinPath(folder, RECORD_FILE), refused),
    );
  }

  private refuse(folder: string, reason: string): void {
    this.broken.add(folder);
    const file = joinPath(folder, RECORD_FILE);
    this.findings.push(
      finding({
        code: 'record-invalid',
        severity: this.planned.has(folder) ? 'error' : 'warning',
        message: `cannot use ${JSON.stringify(file)}: ${reason}`,
        hint: `restore the file from git, or delete it: synth recognizes unchanged files without it`,
        locations: [{ file }],
      }),
    );
  }

  private entry(path: string, owner: string): Known {
    let known = this.known.get(path);
    if (!known) {
      known = { owners: [], hashes: [], marks: new Map() };
      this.known.set(path, known);
    }
    if (!known.owners.includes(owner)) known.owners.push(owner);
    return known;
  }
}

function foreignEntries(file: string, paths: readonly string[]): Finding {
  const quoted = paths.map((path) => JSON.stringify(path));
  return finding({
    code: 'record-entry-ignored',
    severity: 'warning',
    message: `${JSON.stringify(file)} lists ${firstNames(quoted, 5)}, which do not belong to ${JSON.stringify(directoryOf(file))}; synth does not change them`,
    hint: 'delete the files that you do not need; synth writes the record again without them',
    locations: [{ file }],
  });
}

function formerFolder(folder: string): Finding {
  return finding({
    code: 'record-entry-ignored',
    severity: 'warning',
    message: `${JSON.stringify(folder)} is no longer a folder of the app; synth does not change its files`,
    hint: `delete the folder if you do not need it: git rm -r ${folder}`,
    locations: [{ file: joinPath(folder, RECORD_FILE) }],
  });
}

/** The record of an owner when all its planned files are written. */
export function printPlanned(files: readonly PlannedFile[], place?: RecordLocation): string {
  return printRecord(
    files.map((planned) => [planned.file.path, planned]),
    place,
  );
}

/** What the record in a folder says of its place. */
export function placeOf(
  folder: string,
  clusters: ReadonlyMap<string, RecordedCluster>,
): RecordLocation | undefined {
  const cluster = clusters.get(folder);
  return cluster && { folder, cluster };
}
