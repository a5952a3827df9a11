import { CORE_SCHEMA, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { parseDocuments } from '../../lib/yaml/parse';

/** Readers of YAML in JavaScript, each from a text to its documents. */
export const READERS: ReadonlyArray<readonly [string, (text: string) => unknown[]]> = [
  ['parseDocuments', (text) => parseDocuments(text, 'test.yaml').map(({ value }) => value)],
  ['js-yaml as YAML 1.2', (text) => loadAll(text, { schema: CORE_SCHEMA, maxDepth: 1100 })],
  ['js-yaml as YAML 1.1', (text) => loadAll(text, { schema: YAML11_SCHEMA, maxDepth: 1100 })],
  ['yaml as YAML 1.2', (text) => readByYaml(text, '1.2')],
  ['yaml as YAML 1.1', (text) => readByYaml(text, '1.1')],
];

function readByYaml(text: string, version: '1.1' | '1.2'): unknown[] {
  const documents = parseAllDocuments(text, { version });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as unknown;
  });
}
