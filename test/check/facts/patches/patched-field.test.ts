import {
  partsOfField,
  placeOfField,
  placeOfRemoval,
  placeOfValue,
} from '../../../../lib/check/facts/patches/patched-field';

const object = {
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name: 'thing' },
  spec: { list: [{ name: 'c' }, { name: 'b', x: 1 }], map: { '8080': 'a' } },
};
const placeIn = (content: unknown, field: string, kind?: string) =>
  placeOfField({ content, kind }, object, partsOfField(field));

describe('the place of a field in a patch', () => {
  it.each([
    [
      'an item that was inserted, then moved',
      [{ op: 'add', path: '/spec/list/0', value: { name: 'b', x: 1 } }],
      [0],
    ],
    [
      'an item that was replaced elsewhere',
      [{ op: 'replace', path: '/spec/list/0', value: { name: 'b', x: 1 } }],
      undefined,
    ],
    ['a key that looks like a position', [{ op: 'add', path: '/spec/map/8080', value: 'a' }], undefined],
    [
      'the second operation',
      [
        { op: 'test', path: '/spec' },
        { op: 'add', path: '/spec/list/-', value: { name: 'b', x: 1 } },
      ],
      [1],
    ],
    ['no operation', ['a', null, 4], undefined],
    [
      'an item by its name',
      { kind: 'Thing', spec: { list: [{ name: 'a' }, { name: 'b', x: 1 }] } },
      ['spec', 'list', 1, 'x'],
    ],
    ['another kind', { kind: 'Other', spec: { list: [{ name: 'b', x: 1 }] } }, undefined],
    ['another value', { kind: 'Thing', spec: { list: [{ name: 'b', x: 2 }] } }, undefined],
    ['no list', { kind: 'Thing', spec: { list: 'b' } }, undefined],
  ])('is found for %s', (_, content, place) => {
    expect(placeIn(content, 'spec.list[1].x')).toEqual(place);
  });

  it('is an operation on an item of a list that the field is', () => {
    const append = (name: string) => [{ op: 'add', path: '/spec/list/-', value: { name } }];
    expect(placeIn(append('c'), 'spec.list')).toEqual([0]);
    expect(placeIn(append('d'), 'spec.list')).toBeUndefined();
  });

  it('is not in a patch for another kind', () => {
    const content = [{ op: 'add', path: '/spec/list/1/x', value: 1 }];
    expect(placeIn(content, 'spec.list[1].x', 'Other')).toBeUndefined();
    expect(placeIn(content, 'spec.list[1].x', 'Thing')).toEqual([0]);
    expect(
      placeOfRemoval({ content: [{ op: 'remove', path: '/spec/y' }], kind: 'Other' }, object, ['spec', 'y']),
    ).toBeUndefined();
  });
});

describe('the place of a value in other content', () => {
  it('is that of the item with the same key', () => {
    expect(
      placeOfValue({ spec: { list: [{ name: 'b', x: 1 }] } }, object, partsOfField('spec.list[1]')),
    ).toEqual(['spec', 'list', 0]);
  });

  it.each([['no field'], ['another object']])('is unknown for %s', (what) => {
    expect(placeOfValue(what, object, what === 'no field' ? [] : ['spec'])).toBeUndefined();
  });
});
