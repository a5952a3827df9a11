import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** An object of a real repository, with its file. */
export interface RealObject {
  readonly file: string;
  readonly object: Record<string, unknown>;
}

/** Every Kubernetes object in the YAML files below a folder; files that are not valid YAML are skipped. */
export function realObjects(folder: string): RealObject[] {
  const found: RealObject[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    for (const object of objectsIn(readFileSync(file, 'utf8'))) {
      found.push({ file: file.slice(folder.length + 1), object });
    }
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function objectsIn(text: string): Record<string, unknown>[] {
  try {
    const documents = [...parseAllDocuments(text, { merge: true, logLevel: 'silent' })];
    return documents
      .map((document) =>
        'toJS' in document ? (document.toJS({ maxAliasCount: -1 }) as Record<string, unknown>) : {},
      )
      .filter((object) => typeof object?.apiVersion === 'string' && typeof object.kind === 'string');
  } catch {
    return [];
  }
}
