import type { ManifestObject } from '../../../lib/tree/manifest';
import { parseDocuments } from '../../../lib/yaml/parse';
import { buildFolder, idText } from '../tree-of';
import { kustomizeCases, withBase } from './kustomize-cases';

function byIdentity(objects: readonly ManifestObject[]): ManifestObject[] {
  return [...objects].sort((a, b) => (idText(a) < idText(b) ? -1 : 1));
}

describe('a folder is built as by kustomize', () => {
  it.each(kustomizeCases().map(([each, answer]) => [each.name, each, answer] as const))(
    '%s',
    (_name, { folder, files }, answer) => {
      const { objects, findings } = buildFolder(withBase(files), folder);
      const refused = findings.some(({ severity }) => severity === 'error');
      expect(refused).toBe(answer === 'error');
      if (refused) return;
      const expected = parseDocuments(answer, 'answer').flatMap(({ value }) =>
        value ? [value as ManifestObject] : [],
      );
      expect(byIdentity(objects)).toEqual(byIdentity(expected));
    },
  );
});
