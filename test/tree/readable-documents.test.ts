import { documentsOf, objectsOf } from '../../lib/tree/readable-documents';
import { TreeFile } from '../../lib/tree/tree-file';

describe('what can be read of a file', () => {
  it('is all of its documents', () => {
    const file = TreeFile.fromBytes('a.yaml', 'kind: A\n---\nkind: B\n');
    expect(documentsOf(file)).toEqual([
      { object: { kind: 'A' }, line: 1 },
      { object: { kind: 'B' }, line: 3 },
    ]);
    expect(objectsOf(file)).toEqual([{ kind: 'A' }, { kind: 'B' }]);
  });

  // Another finding reports such a file.
  it('is nothing if the file is not valid YAML, or if there is none', () => {
    expect(documentsOf(TreeFile.fromBytes('a.yaml', 'a: [\n'))).toEqual([]);
    expect(objectsOf(undefined)).toEqual([]);
  });

  it('fails on a defect in the reader', () => {
    const broken = Object.defineProperty(TreeFile.fromBytes('a.yaml', ''), 'documents', {
      get: () => {
        throw new TypeError('defect');
      },
    });
    expect(() => documentsOf(broken)).toThrow('defect');
  });
});
