import { parseDocuments } from '../../lib/yaml/parse';
import { printDocuments } from '../../lib/yaml/print';

describe('printDocuments', () => {
  it('prints documents in block style, apiVersion, kind, metadata and spec first', () => {
    const documents = [
      {
        object: {
          spec: { list: ['a', ['b', 'c'], { d: 1, e: null }], none: {}, empty: [] },
          kind: 'K',
          apiVersion: 'v1',
          text: 'a\nb\n',
        },
        header: 'made by hand',
      },
      { object: { apiVersion: 'v1', kind: 'Other' } },
    ];
    const text = printDocuments(documents);
    expect(text).toMatchInlineSnapshot(`
     "# made by hand
     apiVersion: v1
     kind: K
     spec:
       list:
         - a
         - - b
           - c
         - d: 1
           e: null
       none: {}
       empty: []
     text: |
       a
       b
     ---
     apiVersion: v1
     kind: Other
     "
    `);
    expect(parseDocuments(text, 'a.yaml').map(({ value }) => value)).toEqual(
      documents.map(({ object }) => object),
    );
  });
});
