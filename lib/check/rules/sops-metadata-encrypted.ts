import { isMap } from '../../plain/plain-data';
import { documentsOf } from '../../tree/readable-documents';
import type { TreeFile } from '../../tree/tree-file';
import { textsWith } from '../../plain/text-walk';
import { fieldPath } from '../../plain/field-path';
import { builtPaths } from '../facts/files/built-paths';
import { manifestFiles } from '../facts/files/manifest-files';
import type { Rule, RuleFinding } from '../rule';

const CIPHERTEXT = 'ENC[AES256_GCM,';
const PLAIN_FIELDS = ['apiVersion', 'kind', 'metadata'];

/** An encrypted object of which Flux cannot tell what it is. */
export const sopsMetadataEncrypted: Rule = {
  code: 'sops-metadata-encrypted',
  standsAlone: true,
  *check(context) {
    const built = builtPaths(context);
    for (const file of manifestFiles(context)) {
      if (file.bytes.includes(CIPHERTEXT)) yield* encryptedIn(file, built.has(file.path));
    }
  },
};

function* encryptedIn(file: TreeFile, isBuilt: boolean): Iterable<RuleFinding> {
  for (const { object, line } of documentsOf(file)) {
    // Other encrypted files have no such fields, and may be encrypted completely.
    if (!isMap(object) || object.sops === undefined || object.apiVersion === undefined) continue;
    if (object.kind === undefined || !isMap(object.metadata)) continue;
    const [first] = PLAIN_FIELDS.flatMap((field) => textsWith(object[field], CIPHERTEXT, [field]));
    if (!first) continue;
    yield {
      locations: [{ file: file.path, line }],
      field: fieldPath(first.path),
      ...(isBuilt
        ? { message: 'is encrypted, so Flux cannot identify the object, and the build fails' }
        : { severity: 'info', message: 'is encrypted, so a Kustomization that applies the file would fail' }),
      hint: 'encrypt the file again with encrypted_regex: ^(data|stringData)$ in the rule of .sops.yaml, or with --encrypted-regex',
    };
  }
}
