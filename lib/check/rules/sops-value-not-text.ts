import { once } from '../../plain/once';
import { fieldPath } from '../../plain/field-path';
import { isMap } from '../../plain/plain-data';
import { typedEntries } from '../../sops/typed-entries';
import { identityOf } from '../../tree/manifest';
import { documentsOf } from '../../tree/readable-documents';
import type { TreeFile } from '../../tree/tree-file';
import { manifestFiles } from '../facts/files/manifest-files';
import type { Rule } from '../rule';

/** An encrypted entry of a Secret or ConfigMap that is decrypted to a number or a boolean. */
export const sopsValueNotText: Rule = {
  code: 'sops-value-not-text',
  standsAlone: true,
  *check(context) {
    for (const file of manifestFiles(context)) {
      if (!mayHoldTyped(file)) continue;
      for (const { object, line } of documentsOf(file)) {
        if (!isMap(object) || !isMap(object.metadata)) continue;
        for (const { path, message, hint } of typedEntries(object)) {
          const locations = [{ file: file.path, line }];
          yield { locations, object: identityOf(object), field: fieldPath(path), message, hint };
        }
      }
    }
  },
};

/** Most files contain nothing encrypted; we do not convert them to text to find out. */
const mayHoldTyped = once(({ bytes }: TreeFile): boolean => {
  const typed = /ENC\[AES256_GCM,[^\]]*,type:(?:int|float|bool|time)\]/;
  return bytes.includes('ENC[AES256_GCM') && typed.test(bytes.toString('utf8'));
});
