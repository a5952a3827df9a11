import { isMap } from '../../plain/plain-data';
import type { TreeFile } from '../../tree/tree-file';
import { textsWith } from '../../plain/text-walk';
import { fieldPath } from '../../plain/field-path';
import { manifestFiles } from '../facts/files/manifest-files';
import type { Rule, RuleFinding } from '../rule';

const CIPHERTEXT = 'ENC[AES256_GCM,';
const PLAIN_FIELDS = ['apiVersion', 'kind', 'metadata'];

/** An encrypted object of which Flux cannot tell what it is. */
export const sopsMetadataEncrypted: Rule = {
  code: 'sops-metadata-encrypted',
  standsAlone: true,
  *check(context) {
    for (const file of manifestFiles(context)) {
      if (file.bytes.includes(CIPHERTEXT)) yield* encryptedIn(file);
    }
  },
};

function* encryptedIn(file: TreeFile): Iterable<RuleFinding> {
  for (const { object, line } of documentsOf(file)) {
    // Other encrypted files have no such fields, and may be encrypted completely.
    if (!isMap(object) || object.sops === undefined || object.apiVersion === undefined) continue;
    if (object.kind === undefined || !isMap(object.metadata)) continue;
    const [first] = PLAIN_FIELDS.flatMap((field) => textsWith(object[field], CIPHERTEXT, [field]));
    if (!first) continue;
    yield {
      locations: [{ file: file.path, line }],
      field: fieldPath(first.path),
      message: 'is encrypted, so Flux cannot identify the object, and the build fails',
      hint: 'add encrypted_regex: ^(data|stringData)$ to the rule in .sops.yaml, and encrypt the file again',
    };
  }
}

function documentsOf(file: TreeFile): TreeFile['documents'] {
  try {
    return file.documents;
  } catch {
    // Invalid YAML is reported elsewhere.
    return [];
  }
}
