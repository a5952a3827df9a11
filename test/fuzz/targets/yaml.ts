import { isDeepStrictEqual } from 'node:util';
import { isMap } from '../../../lib/plain/plain-data';
import { fieldPositions } from '../../../lib/yaml/field-positions';
import { parseDocuments } from '../../../lib/yaml/parse';
import { printDocuments } from '../../../lib/yaml/print';
import { singleText } from './single-text';

/** The YAML reader; the data that it read must be the same after it is printed. */
export const yaml = singleText(
  'yaml',
  ({ manifests }) => manifests,
  (text) => {
    const documents = parseDocuments(text, 'input.yaml');
    fieldPositions(text);
    const objects = documents.map(({ value }) => value).filter(isMap);
    const printed = printDocuments(objects.map((object) => ({ object })));
    const again = parseDocuments(printed, 'printed.yaml').map(({ value }) => value);
    const same = objects.length === 0 || isDeepStrictEqual(again, objects);
    if (!same)
      throw new Error(`reads otherwise once it is printed: ${JSON.stringify(printed.slice(0, 2_000))}`);
  },
);
