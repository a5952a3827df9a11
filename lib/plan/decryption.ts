import { BOOTSTRAP_NAME, FLUX_NAMESPACE } from '../kinds/names';
import type { Finding } from '../findings/finding';
import { authorView } from '../flux/directory';
import { decryptionMissing, decrypts, isEncryptedObject } from '../sops/decryption-guard';
import { identityOf, type ManifestDocument, type ManifestObject } from '../tree/manifest';
import type { DirectoryFiles } from './files-by-directory';

/**
 * Encrypted objects that were taken in as plain manifests, where nothing turns decryption on. It is told by the
 * Kustomization as it is printed, so that patches count.
 */
export function findUndecrypted(placed: readonly DirectoryFiles[]): Finding[] {
  const encrypted = placed.flatMap(({ directory, files }) =>
    files
      .filter((file) => file.isPrinted)
      .flatMap((file) =>
        file.documents.flatMap((document) =>
          isEncryptedObject(document.object) ? [{ directory, file, document }] : [],
        ),
      ),
  );
  if (encrypted.length === 0) return [];
  const kustomizations = printedKustomizations(placed);
  return encrypted.flatMap(({ directory, file, document }) => {
    // We cannot judge what Flux does not apply, or what another repository's Kustomization applies.
    if (directory?.parent !== undefined && directory.kustomization === undefined) return [];
    const applying =
      directory?.kustomization && kustomizations.get(authorView(directory.kustomization).node.path)?.object;
    if (applying && decrypts(applying)) return [];
    return [
      decryptionMissing({
        object: identityOf(document.object),
        kustomization: applying ? nameOf(applying) : `${FLUX_NAMESPACE}/${BOOTSTRAP_NAME}`,
        locations: [{ file: file.path, constructPath: document.constructPath }],
        hint: applying
          ? 'add the file with SopsSecret.fromFile, or set decryption in the props of the FluxApp'
          : 'add it to a FluxApp with SopsSecret.fromFile: Flux applies the entry path without decryption',
      }),
    ];
  });
}

function printedKustomizations(placed: readonly DirectoryFiles[]): Map<string, ManifestDocument> {
  const documents = placed.flatMap(({ files }) =>
    files.filter((file) => file.isPrinted).flatMap((file) => file.documents),
  );
  return new Map(
    documents.flatMap((document) =>
      document.object.kind === 'Kustomization' && document.constructPath !== undefined
        ? [[document.constructPath, document] as const]
        : [],
    ),
  );
}

function nameOf({ metadata }: ManifestObject): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}
