import fc from 'fast-check';
import { agree } from '../../lib/shared/agree';
import { operationLine } from '../../lib/shared/operation-line';
import { objectPatch } from '../../lib/shared/object-patch';
import { sharedContent } from '../../lib/shared/shared-content';
import type { ManifestObject } from '../../lib/tree/manifest';
import { parseDocuments } from '../../lib/yaml/parse';
import { printDocuments } from '../../lib/yaml/print';

const release = (spec: object): ManifestObject => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'web', namespace: 'web' },
  spec,
});
const deployment = (containers: readonly object[]): ManifestObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec: { containers } } },
});

/** The patch as printed. */
function patchOf(from: ManifestObject, to: ManifestObject, comments?: ReadonlyMap<string, string>): string {
  const patch = objectPatch(from, { object: to, comments });
  if (patch === undefined || patch === 'same') return String(patch);
  return patch.form === 'json' ? patch.operations : printDocuments([patch.document]);
}

describe('the patch between two variants of an object', () => {
  it('is a strategic merge with the differences, in the order of the object', () => {
    const from = release({ values: { replicas: 2, image: { tag: '1' }, debug: true } });
    expect(patchOf(from, release({ values: { replicas: 3, image: { tag: '1', digest: 'x' } } })))
      .toMatchInlineSnapshot(`
      "apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata:
        name: web
        namespace: web
      spec:
        values:
          replicas: 3
          image:
            digest: x
          debug: null
      "
    `);
    expect(patchOf(from, from)).toBe('same');
  });

  it('is a line for each of up to three single fields', () => {
    const from = release({ interval: '1h', values: { replicas: 2, image: { tag: '1' } } });
    const spec = {
      interval: '1h',
      values: { replicas: 3, image: { tag: '1' }, ingress: { host: 'a, {b}' } },
    };
    expect(patchOf(from, release(spec))).toBe(
      '- { op: replace, path: /spec/values/replicas, value: 3 }\n' +
        "- { op: add, path: /spec/values/ingress, value: { host: 'a, {b}' } }\n",
    );
    expect(objectPatch(from, { object: release(spec) })).toMatchObject({
      target: { kind: 'HelmRelease', name: 'web' },
    });
  });

  it.each([
    ['four fields', { a: 1, b: 2, c: 3, d: 4 }],
    ['a removed field', { a: 1, x: undefined }],
    ['a list', { a: ['b'] }],
    ['a map of two', { a: { b: 1, c: 2 } }],
    ['a text of two lines', { a: 'b\nc', d: 1 }],
    ['a key with a slash', { 'a/b': 1 }],
    ['a key that is a number', { '0': 1 }],
    ['a number that is no whole one', { a: 1.5 }],
    ['a long text', { a: 'b'.repeat(100) }],
  ])('is a strategic merge for %s', (_what, more) => {
    const from = release({ values: { x: 'y' } });
    const values = Object.fromEntries(
      Object.entries({ x: 'y', ...more }).filter(([, value]) => value !== undefined),
    );
    expect(objectPatch(from, { object: release({ values }) })).toMatchObject({ form: 'merge' });
  });

  it('means the same between braces, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('yes', '1', '~', '- a', '}', "'", '"', 'a: b', '#x', ' '),
    );
    fc.assert(
      fc.property(text, (value) => {
        const line = operationLine({ op: 'add', path: '/spec/a', value: { b: value } });
        const read = line === undefined ? undefined : parseDocuments(line, '')[0]?.value;
        if (line !== undefined || !/[\n\r]/.test(value))
          expect(read).toEqual([{ op: 'add', path: '/spec/a', value: { b: value } }]);
      }),
      { numRuns: 3000 },
    );
  });

  it('names the containers before the one that differs, because kustomize puts named ones first', () => {
    const [a, b, c] = [
      { name: 'a', image: 'a' },
      { name: 'b', image: 'b' },
      { name: 'c', image: 'c' },
    ];
    const patch = patchOf(deployment([a, b, c]), deployment([a, { ...b, image: 'b2' }, c]));
    expect(patch).toContain('containers:\n        - name: a\n        - name: b\n          image: b2\n');
    expect(patch).not.toContain('name: c');
  });

  it('is a JSON patch if a merge cannot express it: a removed container, a value that is null', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    expect(patchOf(deployment([a, b]), deployment([a]))).toContain(
      '- op: replace\n  path: /spec/template/spec/containers\n',
    );
    expect(patchOf(release({ values: {} }), release({ values: { probe: null } }))).toBe(
      '- op: add\n  path: /spec/values/probe\n  value: null\n',
    );
  });

  it('does not end in a block of lines if it is inline, because kustomize cuts off the last line end', () => {
    const [from, lines] = [release({ values: {} }), 'two\nlines\n'];
    expect(patchOf(from, release({ values: { probe: null, text: lines } }))).toContain(
      'lines\n- op: test\n  path: /kind\n  value: HelmRelease\n',
    );
    const merge = { form: 'merge', inFile: true };
    expect(objectPatch(from, { object: release({ values: { text: lines } }) })).toMatchObject(merge);
    const other = { object: release({ values: { text: lines, x: 1 } }) };
    expect(objectPatch(from, other)).toMatchObject({ form: 'merge', inFile: false });
  });

  it('sets a short list as a whole, and one entry of a long one', () => {
    const hosts = Array.from({ length: 20 }, (_, index) => ({ host: `host-${index}.example.com` }));
    const other = hosts.map((host, index) => (index === 7 ? { host: 'other' } : host));
    expect(patchOf(release({ hosts }), release({ hosts: other }))).toBe(
      '- op: replace\n  path: /spec/hosts/7/host\n  value: other\n',
    );
    expect(patchOf(release({ hosts: ['a'] }), release({ hosts: ['b'] }))).toContain('hosts:\n    - b\n');
  });

  it('has a marked field with its marker, wherever the field is in the patch', () => {
    const [a, b] = [
      { name: 'a', image: 'a:1' },
      { name: 'b', image: 'b:1' },
    ];
    const marks = new Map([['/spec/template/spec/containers/1/image', '{"$imagepolicy": "flux-system:b"}']]);
    expect(patchOf(deployment([a, b]), deployment([a, b]), marks)).toContain(
      '- name: b\n          image: b:1 # {"$imagepolicy": "flux-system:b"}\n',
    );
    const values = new Map([['/spec/values/images/0', '{"$imagepolicy": "flux-system:b"}']]);
    expect(patchOf(release({}), release({ values: { images: ['b:1'] } }), values)).toContain(
      'images:\n      - b:1 # {"$imagepolicy": "flux-system:b"}\n',
    );
  });

  it('does not exist if image automation needs a field that only a JSON patch could set', () => {
    const marks = new Map([['/spec/image', '{"$imagepolicy": "flux-system:b"}']]);
    expect(patchOf(release({ values: {} }), release({ values: { x: null }, image: 'b:1' }), marks)).toBe(
      'undefined',
    );
  });
});

describe('the shared content of clusters', () => {
  const vote = (values: readonly unknown[], inherited?: unknown): unknown =>
    agree(
      values.filter((value) => value !== undefined).map((value) => ({ value, weight: 1 })),
      { total: values.length, inherited, schema: undefined },
    );

  it('is what more than half of them have, field by field', () => {
    expect(
      vote([
        { a: 1, b: 1 },
        { a: 1, b: 2 },
        { a: 2, b: 3 },
      ]),
    ).toEqual({ a: 1 });
    expect(vote([1, 1, 2, 2])).toBeUndefined();
    expect(vote([1, 2, 3], 4)).toBe(4);
    expect(vote([{ a: 1 }, { a: 1 }, undefined])).toEqual({ a: 1 });
    expect(vote([{ a: 1 }, undefined, undefined], { a: 1 })).toBeUndefined();
    expect(vote([{}, {}, { a: 1 }])).toEqual({});
    expect(vote([{}, { a: 1 }])).toBeUndefined();
    expect(vote([{ a: 1 }, { a: 1 }, 'x', 'x'], 'z')).toBe('z');
  });

  it('is compared by entries in lists that have keys', () => {
    const entry = (image: string) => ({ value: [{ name: 'a', image, port: 1 }], weight: 1 });
    const ballots = [entry('x'), entry('y'), entry('z')];
    expect(agree(ballots, { total: 3, inherited: undefined, schema: { mergedBy: ['name'] } })).toEqual([
      { name: 'a', port: 1 },
    ]);
  });

  it('has the file and the order of fields of the most frequent variant', () => {
    const member = (file: string, data: object) => {
      const document = { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data } };
      return new Map([['x', { file, document }]]);
    };
    const members = [
      member('old.yaml', { a: 1, b: 1, c: 1 }),
      ...[1, 2].map(() => member('new.yaml', { b: 1, a: 1 })),
    ];
    const shared = sharedContent(members, new Map()).get('x');
    expect(shared?.file).toBe('new.yaml');
    expect(Object.keys(shared?.document.object.data ?? {})).toEqual(['b', 'a']);
  });

  it('does not depend on the order of the clusters', () => {
    const leaf = fc.oneof(fc.constantFrom(1, 2, 'x'), fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(2)));
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf), { minLength: 1 }), (all) => {
        expect(vote([...all].reverse())).toEqual(vote(all));
      }),
    );
  });
});
