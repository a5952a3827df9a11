import { once } from '../../../plain/once';
import { FindingsError } from '../../../findings/findings-error';
import type { ManifestObject } from '../../../tree/manifest';
import type { TreeFile } from '../../../tree/tree-file';
import { isMap, listOf, type PlainMap } from '../../../plain/plain-data';
import { directoryOf } from '../../../tree/path';
import { isKustomizationFile } from '../../sources/folder-listing';
import type { BuildLog } from '../build-log';
import { MERGE_KEY, withoutLostKeys } from './lost-keys';
import { hasBlank, withBlanks } from './printed-scalars';
import { newResource, type Resource } from '../resource';

/** A key with a meaning in JavaScript, but not in Kubernetes. */
const ODD_KEY = '__proto__';

/** The annotation of objects that are configuration for local tools. */
export const LOCAL_CONFIG = 'config.kubernetes.io/local-config';

/** Whether a file may have such a key: then its documents have to be searched. */
export const holdsOddKey = once((file: TreeFile) => file.bytes.includes(ODD_KEY));

const mayLoseKeys = once((file: TreeFile) => file.bytes.includes(MERGE_KEY));

/**
 * The documents of a file as plain maps with their lines, or `undefined` where the file cannot be used; the log says
 * why. Empty documents are left out.
 */
export function loadDocuments(file: TreeFile, log: BuildLog): { value: unknown; line: number }[] | undefined {
  try {
    const documents = file.documents.map(({ object, line = 1 }) => ({ value: object as unknown, line }));
    if (holdsOddKey(file) && documents.some(({ value }) => hasOddKey(value))) {
      log.error(
        'yaml-key-odd',
        `a key has the name ${JSON.stringify(ODD_KEY)}, which kustomize cannot build`,
        { file: file.path },
        { hint: 'rename the key' },
      );
      return undefined;
    }
    return documents;
  } catch (error) {
    if (FindingsError.isFindingsError(error)) log.findings.push(...error.findings);
    else log.error('yaml-invalid', String(error), { file: file.path });
    return undefined;
  }
}

/** A document without the keys that kustomize leaves out, which are reported. */
function withoutLost(
  { value, line }: { readonly value: unknown; readonly line: number },
  { path: file }: TreeFile,
  log: BuildLog,
): { value: unknown; line: number } {
  const kept = withoutLostKeys(value);
  if (kept !== value) {
    const name = JSON.stringify(MERGE_KEY);
    const message = `kustomize leaves out the key ${name} in quotes, with its value`;
    const hint = `write ${MERGE_KEY} without quotes to merge another mapping; otherwise rename the key`;
    log.warning('yaml-key-odd', message, { file, line }, { hint });
  }
  return { value: kept, line };
}

/** The Kubernetes objects of a file; lists are taken apart. */
export function loadManifests(file: TreeFile, log: BuildLog): Resource[] {
  const resources: Resource[] = [];
  for (const { value, line } of manifestsOf(file, log)) {
    if (isEmpty(value)) continue;
    for (const item of itemsOf(value)) {
      const problem = defectOf(item);
      if (problem === undefined)
        resources.push({
          ...newResource(item as ManifestObject, { file: file.path, line }),
          hasBlanks: !file.isPrinted && hasBlank(item),
        });
      else log.error('manifest-invalid', problem, { file: file.path, line }, { hint: hintFor(file) });
    }
  }
  return resources;
}

/** The documents as kustomize prints them. Our own printer writes nothing that is read differently. */
function manifestsOf(file: TreeFile, log: BuildLog): readonly { value: unknown; line: number }[] {
  const documents = loadDocuments(file, log) ?? [];
  const printed = file.isPrinted ? documents : withBlanks(documents, file.bytes.toString('utf8'), file.path);
  return mayLoseKeys(file) ? printed.map((one) => withoutLost(one, file, log)) : printed;
}

function hintFor({ path }: TreeFile): string {
  return isKustomizationFile(path)
    ? `list its folder, ${JSON.stringify(directoryOf(path))}, instead of this file`
    : 'make it a Kubernetes object; if the file is not for Flux, add a kustomization.yaml that does not list it';
}

/** The items of a `List` (of any kind that ends in `List`), or the value itself. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (
    isMap(value) &&
    typeof value.kind === 'string' &&
    value.kind.endsWith('List') &&
    Array.isArray(value.items)
  ) {
    return listOf(value.items).flatMap(itemsOf);
  }
  return [value];
}

function defectOf(value: unknown): string | undefined {
  if (!isMap(value)) return 'a document is not a Kubernetes object: it is not a map';
  if (typeof value.kind !== 'string' || value.kind === '')
    return 'a document is not a Kubernetes object: it has no kind';
  if (typeof value.apiVersion !== 'string' || value.apiVersion === '')
    return `a ${value.kind} has no apiVersion`;
  const metadata = value.metadata;
  if (!isMap(metadata) || metadata.name === undefined || metadata.name === null || metadata.name === '') {
    return `a ${value.kind} has no metadata.name`;
  }
  return undefined;
}

/** Empty documents, which kustomize skips. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function hasOddKey(value: unknown): boolean {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const current = pending.pop();
    if (typeof current !== 'object' || current === null) continue;
    if (Object.hasOwn(current, ODD_KEY)) return true;
    for (const child of Array.isArray(current) ? current : Object.values(current as PlainMap))
      pending.push(child);
  }
  return false;
}
