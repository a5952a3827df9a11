import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestObject } from '../../../lib/tree/manifest';
import { parseDocuments } from '../../../lib/yaml/parse';
import { answersOf } from '../../tools/answers';
import { buildFolder, idText } from '../tree-of';

interface Case {
  readonly name: string;
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
}

const BASE = join(__dirname, '../answers/base');
const base = Object.fromEntries(
  readdirSync(BASE).map((name) => [`base/${name}`, readFileSync(join(BASE, name), 'utf8')]),
);

function byIdentity(objects: readonly ManifestObject[]): ManifestObject[] {
  return [...objects].sort((a, b) => (idText(a) < idText(b) ? -1 : 1));
}

describe('a folder is built as by kustomize', () => {
  it.each(
    answersOf<Case, string>('graph/kustomize').map(([each, answer]) => [each.name, each, answer] as const),
  )('%s', (_name, { folder, files }, answer) => {
    const { objects, findings } = buildFolder({ ...base, ...files }, folder);
    const refused = findings.some(({ severity }) => severity === 'error');
    expect(refused).toBe(answer === 'error');
    if (refused) return;
    const expected = parseDocuments(answer, 'answer').flatMap(({ value }) =>
      value ? [value as ManifestObject] : [],
    );
    expect(byIdentity(objects)).toEqual(byIdentity(expected));
  });
});
