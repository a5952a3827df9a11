import { hash } from 'node:crypto';
import { isMap } from '../plain/plain-data';

/** The file by which a scratch folder is known as one. The cdk8s CLI takes no notice of it. */
export const SCRATCH_MARKER = '.cdk8s-flux-scratch';

/** A file of the scratch folder. */
export interface MarkedFile {
  /** The file's name. */
  readonly name: string;
  /** The file's content. */
  readonly content: Buffer;
}

const ABOUT = 'synth wrote these files here, and removes them on its next run; do not commit this folder';

/** The marker of a folder with these files. */
export function printScratchMarker(files: readonly MarkedFile[]): string {
  const entries = files.map(({ name, content }) => [name, scratchHash(content)]);
  return `${JSON.stringify({ about: ABOUT, files: Object.fromEntries(entries) }, null, 2)}\n`;
}

/**
 * The files that a marker lists, with the SHA-256 of each. Anyone may have written the marker: only files that synth
 * itself would write into the folder count.
 */
export function readScratchMarker(text: string): Map<string, string> {
  const data = parsed(text);
  const files = isMap(data) && isMap(data['files']) ? Object.entries(data['files']) : [];
  return new Map(
    files.filter(
      (entry): entry is [string, string] => isScratchName(entry[0]) && typeof entry[1] === 'string',
    ),
  );
}

/** Whether cdk8s, and we as it does, would give a file in the scratch folder this name. */
export function isScratchName(name: string): boolean {
  return /^[^./\\][^/\\]*\.k8s\.yaml$/.test(name) || name === 'construct-metadata.json';
}

/** The SHA-256 of a file of the scratch folder, in hex. */
export function scratchHash(content: Buffer): string {
  return hash('sha256', content, 'hex');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A killed run left it half-written.
  }
}
