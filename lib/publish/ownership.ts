import { joinPath } from '../tree/path';
import type { PlannedFile } from './change';
import type { Disk } from './disk';
import type { Journal } from './journal';
import { RECORD_FILE } from './names';
import { parseRecord, printRecord } from './record';
import { sameContent } from './content';

/** What records and journal say of a file. */
export interface Known {
  /** The folders whose records list it. */
  readonly owners: string[];
  /** The fingerprints of what we may have written. */
  readonly hashes: string[];
  /** The values that the code had for its marked fields. */
  readonly marks: Map<string, string[]>;
  /** The length of a file that a killed run was creating, in bytes; undefined when none was. */
  size?: number;
}

/** What the records and the journal on disk say, beside what is planned. */
export class Holdings {
  /** What is known of each file, but for those of intact records. */
  readonly known = new Map<string, Known>();
  /** The owners whose record on disk is exactly the planned one. */
  readonly intact = new Set<string>();
  /** The folders that have a record. */
  readonly folders: ReadonlySet<string>;

  constructor(
    private readonly disk: Disk,
    found: readonly string[],
    private readonly planned: ReadonlyMap<string, readonly PlannedFile[]>,
    journal: Journal,
  ) {
    const folders = new Set(found);
    for (const owner of planned.keys()) {
      if (disk.kind(joinPath(owner, RECORD_FILE)) !== undefined) folders.add(owner);
    }
    this.folders = folders;
    for (const folder of folders) this.load(folder);
    for (const [path, { owner, hashes, size }] of journal) {
      const known = this.entry(path, owner);
      known.hashes.push(...hashes);
      known.size = size;
    }
  }

  /** What is known of a planned file. */
  of(planned: PlannedFile, owner: string): Known | undefined {
    const known = this.known.get(planned.file.path);
    if (!this.intact.has(owner)) return known;
    const marks = new Map([...planned.marks].map(([policy, value]) => [policy, [value]]));
    const { owners = [], hashes = [], size } = known ?? {};
    return { owners: [owner, ...owners], hashes: [planned.hash, ...hashes], marks, size };
  }

  /** A record that says what is planned needs no reading: that is the case of nearly all in nearly every run. */
  private load(folder: string): void {
    const path = joinPath(folder, RECORD_FILE);
    const files = this.planned.get(folder);
    const wanted = files && Buffer.from(printPlanned(files));
    if (wanted && this.disk.equals(path, wanted)) {
      this.intact.add(folder);
      return;
    }
    const bytes = this.disk.read(path);
    if (!bytes) return;
    if (wanted && sameContent(bytes, wanted)) {
      this.intact.add(folder);
      return;
    }
    for (const [file, { hashes, marks }] of parseRecord(bytes.toString('utf8'), path)) {
      const known = this.entry(file, folder);
      known.hashes.push(...hashes);
      for (const [policy, values] of marks) {
        known.marks.set(policy, [...(known.marks.get(policy) ?? []), ...values]);
      }
    }
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

/** The record of an owner when all its planned files are written. */
export function printPlanned(files: readonly PlannedFile[]): string {
  return printRecord(files.map((planned) => [planned.file.path, planned]));
}
