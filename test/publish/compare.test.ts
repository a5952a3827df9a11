import { compare, isOurs, keptReason } from '../../lib/publish/judge';
import { conflictSides } from '../../lib/publish/conflict';
import { fingerprint, normalised, sameContent } from '../../lib/publish/content';
import { marksOf, maskMarks, sameMarkers, withCommittedMarks } from '../../lib/publish/marks';
import { SECTION_BEGIN, SECTION_END } from '../../lib/publish/section';
import { TreeFile } from '../../lib/tree/tree-file';

const PATH = 'out/a.yaml';
const image = (value: string, more = '') => `a: 1\nimage: ${value} # {"$imagepolicy": "ns:p"}\n${more}`;

function planned(content: string, options: { madeFrom?: Buffer; path?: string } = {}) {
  const { madeFrom, path = PATH } = options;
  const file = TreeFile.fromBytes(path, content, { madeFrom });
  return { file, hash: fingerprint(file.bytes, path), marks: marksOf(file.bytes) };
}

/** What a record knows if it lists the file with these contents. */
function known(...contents: readonly string[]) {
  const hashes = contents.map((content) => fingerprint(Buffer.from(content), PATH));
  const marks = new Map<string, string[]>();
  for (const content of contents)
    for (const [policy, value] of marksOf(Buffer.from(content)))
      marks.set(policy, [...(marks.get(policy) ?? []), value]);
  return { owners: ['out'], hashes, marks };
}

const judged = (found: string, wanted: ReturnType<typeof planned>, record?: ReturnType<typeof known>) => {
  const verdict = compare(Buffer.from(found), wanted, record);
  return verdict.action === 'keep' ? verdict.reason : verdict.action;
};

const conflict = (ours: string, theirs: string) => `<<<<<<< a\n${ours}=======\n${theirs}>>>>>>> b\n`;

describe('a file whose content differs from the code', () => {
  it.each([
    ['as planned, but for line endings', 'a: 1\r\n', 'a: 1\n', undefined, 'same'],
    ['as we wrote it', 'a: 1\n', 'a: 2\n', known('a: 1\n'), 'write'],
    ['as we wrote it, with other line endings', 'a: 1\r\n', 'a: 2\n', known('a: 1\n'), 'write'],
    ['as we wrote it before a merge', 'a: 1\n', 'a: 3\n', known('a: 2\n', 'a: 1\n'), 'write'],
    ['edited, as long as it was', 'a: 9\n', 'a: 2\n', known('a: 1\n'), 'file-edited'],
    ['edited, shorter than it was', 'a:\n', 'a: 2\n', known('a: 1\n'), 'file-edited'],
    ['edited, longer than it was', 'a: 1\nb: 1\n', 'a: 2\n', known('a: 1\n'), 'file-edited'],
    ['not ours', 'a: 1\n', 'a: 2\n', undefined, 'file-not-ours'],
    ['not ours, and empty', '', 'a: 2\n', undefined, 'file-not-ours'],
    ['empty, and was ours', '', 'a: 2\n', known('a: 1\n'), 'write'],
    [
      'a conflict of what we wrote',
      conflict('a: 1\n', 'a: 2\n'),
      'a: 3\n',
      known('a: 1\n', 'a: 2\n'),
      'write',
    ],
    ['a conflict with what is planned', conflict('a: 1\n', 'a: 3\n'), 'a: 3\n', known('a: 1\n'), 'write'],
    [
      'a conflict of which a side is unknown',
      conflict('a: 1\n', 'a: 9\n'),
      'a: 3\n',
      known('a: 1\n'),
      'merge-conflict',
    ],
    [
      'a conflict of which the other side is unknown',
      conflict('a: 9\n', 'a: 1\n'),
      'a: 3\n',
      known('a: 1\n'),
      'merge-conflict',
    ],
    [
      'a conflict that does not fit together',
      '<<<<<<< a\n>>>>>>> b\n',
      'a: 3\n',
      known('a: 1\n'),
      'merge-conflict',
    ],
    ['a conflict, not ours', conflict('a: 1\n', 'a: 3\n'), 'a: 3\n', undefined, 'merge-conflict'],
  ])('%s', (_name, found, wanted, record, expected) => {
    expect(judged(found, planned(wanted), record)).toBe(expected);
  });

  it('is written if it was generated from the existing file, or if there is nothing between its marker lines', () => {
    const madeFrom = Buffer.from('a: 9\n');
    expect(judged('a: 9\n', planned('a: 2\n', { madeFrom }), known('a: 1\n'))).toBe('write');
    expect(judged('a: 8\n', planned('a: 2\n', { madeFrom }), known('a: 1\n'))).toBe('file-edited');
    expect(judged('a: 9\n', planned('a: 2\n', { madeFrom }), undefined)).toBe('file-not-ours');
    const page = (section: string) => `# t\n${SECTION_BEGIN}${section}${SECTION_END}\n`;
    const wanted = planned(page('\n\nx\n\n'), { path: 'README.md' });
    expect(judged(page('\n \n'), wanted)).toBe('write');
    expect(judged(page('\ny\n'), wanted)).toBe('file-not-ours');
    expect(judged('# t\n', wanted)).toBe('file-not-ours');
  });

  it('keeps what image automation committed, and is equal if nothing else changed', () => {
    const record = known(image('v1'));
    expect(judged(image('v2'), planned(image('v1')), record)).toBe('same');
    const verdict = compare(Buffer.from(image('v2')), planned(image('v1', 'b: 1\n')), record);
    expect(verdict).toEqual({ action: 'write', bytes: Buffer.from(image('v2', 'b: 1\n')) });
    expect(judged(image('v2', 'hand: 1\n'), planned(image('v1', 'b: 1\n')), record)).toBe('file-edited');
    expect(judged(image('v2'), planned(image('v1')), undefined)).toBe('file-not-ours');
  });

  it('is equal if kyaml has changed its layout, with the same objects and markers', () => {
    const record = known(image('v1', 'l: [1, 2]\n'));
    const wanted = planned(image('v1', 'l: [1, 2]\n'));
    expect(judged(image('v2', 'l:\n- 1\n- 2\n'), wanted, record)).toBe('same');
    expect(judged(image('v2', 'l:\n- 1\n- 3\n'), wanted, record)).toBe('file-edited');
    expect(judged(image('v2', 'l: [\n'), wanted, record)).toBe('file-edited');
    expect(judged('a: 1\nimage: v1\nl: [1, 2]\n', wanted, record)).toBe('file-edited');
    expect(judged('l: [1]\n', planned('l:\n- 1\n'), known('l: [2]\n'))).toBe('file-edited');
  });

  it('has a reason why it is kept', () => {
    expect([keptReason(Buffer.from('a'), known('b')), keptReason(Buffer.from('a'), undefined)]).toEqual([
      'file-edited',
      'file-not-ours',
    ]);
    expect(isOurs(Buffer.from('a: 1\n'), PATH, known('a: 1\n'))).toBe(true);
    expect(isOurs(Buffer.from('a: 2\n'), PATH, known('a: 1\n'))).toBe(false);
    expect(isOurs(Buffer.from('a: 2\n'), PATH, known(), planned('a: 2\n'))).toBe(true);
  });
});

describe('a merge conflict', () => {
  const sides = (text: string) => conflictSides(Buffer.from(text))?.map((side) => side.toString());

  it.each([
    ['no markers', 'a\n', undefined],
    ['only a beginning', '<<<<<<< a\n', undefined],
    ['only an end', '>>>>>>> a\n', undefined],
    ['markers within lines', 'x <<<<<<< a\nx >>>>>>> b\n', undefined],
    ['both sides', 'x\n<<<<<<< a\n1\n=======\n2\n>>>>>>> b\ny', ['x\n1\ny', 'x\n2\ny']],
    ['the ancestor', '<<<<<<< a\n1\n||||||| o\n0\n=======\n2\n>>>>>>> b\n', ['1\n', '2\n']],
    ['an ancestor without a name', '<<<<<<< a\n1\n|||||||\n0\n=======\n2\n>>>>>>> b\n', ['1\n', '2\n']],
    [
      'line ends of Windows',
      '<<<<<<< a\r\n1\r\n|||||||\r\n0\r\n=======\r\n2\r\n>>>>>>> b\r\n',
      ['1\r\n', '2\r\n'],
    ],
    [
      'two conflicts',
      '<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n<<<<<<< a\n3\n=======\n4\n>>>>>>> b\n',
      ['1\n3\n', '2\n4\n'],
    ],
    ['a nested beginning', '<<<<<<< a\n<<<<<<< a\n=======\n>>>>>>> b\n', []],
    ['an end without a middle', '<<<<<<< a\n1\n>>>>>>> b\n', []],
    ['no end', '<<<<<<< a\n1\n=======\n2\nx >>>>>>> b\n', []],
    ['an end before the beginning', '>>>>>>> b\n<<<<<<< a\n', []],
    [
      'signs of a middle and an ancestor elsewhere',
      '=======\n|||||||\n<<<<<<< a\n1\n=======\n=======\n|||||||\n>>>>>>> b\n',
      ['=======\n|||||||\n1\n', '=======\n|||||||\n=======\n|||||||\n'],
    ],
    [
      'eight signs',
      '<<<<<<< a\n<<<<<<<< x\n========\n=======\n2\n>>>>>>> b\n',
      ['<<<<<<<< x\n========\n', '2\n'],
    ],
    ['bytes that are not UTF-8', '<<<<<<< a\nä\n=======\n2\n>>>>>>> b\n', ['ä\n', '2\n']],
  ])('with %s has these sides', (_name, text, expected) => {
    expect(sides(text)).toEqual(expected);
  });
});

describe('marked fields', () => {
  const marks = (text: string) => Object.fromEntries(marksOf(Buffer.from(text)));

  it.each([
    ['none', 'a: b # {"$other": "x"}\n', {}],
    ['a value', 'a: b # {"$imagepolicy": "ns:p"}\n', { 'ns:p': 'b' }],
    ['an item of a list', '- b # {"$imagepolicy": "ns:p"}\n', { 'ns:p': 'b' }],
    ['a key in a list', '  - - a: b #{"$imagepolicy":"ns:p"}\n', { 'ns:p': 'b' }],
    ['quotes', `a: 'it''s' # {"$imagepolicy": "p"}\nb: "x" # {"$imagepolicy": "q"}\n`, { p: "it's", q: 'x' }],
    [
      'quoted keys',
      `"a: #": 1 # {"$imagepolicy": "p"}\n'b: #': 2 # {"$imagepolicy": "q"}\n`,
      { p: '1', q: '2' },
    ],
    [
      'one policy twice',
      'a: 1 # {"$imagepolicy": "p"}\nb: 2 # {"$imagepolicy": "p"}\n',
      { p: '1', 'p#2': '2' },
    ],
    ['values with colons', 'a: b:c # {"$imagepolicy": "p"} x\n', { p: 'b:c' }],
    ['no blank before the comment', 'a: b# {"$imagepolicy": "p"}\n', {}],
  ])('with %s', (_name, text, expected) => {
    expect(marks(text)).toEqual(expected);
  });

  it('are left out of a record’s fingerprint, and nothing else is', () => {
    expect(maskMarks(Buffer.from('x\n')).toString()).toBe('x\n');
    expect(maskMarks(Buffer.from(image('v1'))).toString()).toBe(image('').replace('image:  #', 'image:  #'));
    expect(fingerprint(Buffer.from(image('v1')), PATH)).toBe(fingerprint(Buffer.from(image('v2')), PATH));
    expect(fingerprint(Buffer.from(image('v1')), PATH)).not.toBe(
      fingerprint(Buffer.from(image('v1', 'b: 1\n')), PATH),
    );
  });

  it.each([
    ['the code kept its value', 'v1', 'v2', ['v1'], 'v2'],
    ['the code has another value', 'v3', 'v2', ['v1'], 'v3'],
    ['the code has a value of either branch', 'v1', 'v2', ['v0', 'v1'], 'v2'],
    ['the record knows no marks', 'v1', 'v2', [], 'v1'],
    ['both are the same, quoted otherwise', '"v1"', "'v1'", ['v1'], '"v1"'],
  ])('have the committed value if %s', (_name, code, committed, recorded, expected) => {
    const record = recorded.length === 0 ? new Map() : new Map([['ns:p', recorded]]);
    const [a, b] = [code, committed].map((value) => Buffer.from(image(value)));
    expect(withCommittedMarks(a!, b!, record).toString()).toBe(image(expected));
  });

  it('are the same markers in the same order', () => {
    const same = (a: string, b: string) => sameMarkers(Buffer.from(a), Buffer.from(b));
    const [p, q] = ['p', 'q'].map((policy) => `a: 1 # {"$imagepolicy": "${policy}"}\n`) as [string, string];
    expect([same(p + q, p + q), same(p + q, q + p), same(p, p + q), same('', '')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('contents', () => {
  it.each([
    ['a\r\nb\r\n', 'a\nb\n', true],
    ['a\nb\n', 'a\r\nb\r\n', false],
    ['a\r\n', 'b\n', false],
    ['a\rb', 'a\nb', false],
    ['ä\r\n', 'ä\n', true],
    ['a', 'a', true],
  ])('%j is the same as %j: %s', (found, wanted, expected) => {
    expect(sameContent(Buffer.from(found), Buffer.from(wanted))).toBe(expected);
  });

  it('have one form, whatever line endings git wrote', () => {
    expect(normalised(Buffer.from('ä\r\nb\rc\r\n')).toString()).toBe('ä\nb\rc\n');
    expect(fingerprint(Buffer.from('a\r\n'), PATH)).toBe(fingerprint(Buffer.from('a\n'), PATH));
    expect(fingerprint(Buffer.from('a\n'), PATH)).toMatch(/^[0-9a-f]{64}$/);
  });
});
