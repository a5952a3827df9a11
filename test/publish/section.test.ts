import { fingerprint } from '../../lib/publish/content';
import { SECTION_BEGIN, SECTION_END, sectionOf, withSection } from '../../lib/publish/section';

const page = (chart: string, around = 'text'): Buffer =>
  Buffer.from(`${around}\n${SECTION_BEGIN}\n${chart}\n${SECTION_END}\n${around}\n`);

describe('the section of a Markdown file', () => {
  it('is between the marker lines, whatever is around it', () => {
    expect(sectionOf(page('chart'), 'docs/a.md')?.toString()).toBe('\nchart\n');
    expect(withSection(page('chart'), 'docs/a.MD', 'other\n')?.toString()).toBe(
      `text\n${SECTION_BEGIN}\n\nother\n\n${SECTION_END}\ntext\n`,
    );
  });

  it.each([
    ['without an end', Buffer.from(SECTION_BEGIN)],
    ['whose end comes first', Buffer.from(`${SECTION_END}\n${SECTION_BEGIN}`)],
    ['without markers', Buffer.from('text')],
  ])('does not exist in a file %s', (_, bytes) => {
    expect(sectionOf(bytes, 'a.md')).toBeUndefined();
    expect(withSection(bytes, 'a.md', 'chart')).toBeUndefined();
  });

  it('may begin at the start of the file', () => {
    const bytes = Buffer.from(`${SECTION_BEGIN}old${SECTION_END}`);
    expect(sectionOf(bytes, 'a.md')?.toString()).toBe('old');
    expect(withSection(bytes, 'a.md', 'new')?.toString()).toBe(`${SECTION_BEGIN}\n\nnew\n\n${SECTION_END}`);
  });

  it('is not between an end and the begin below it, of two sections the first', () => {
    const bytes = Buffer.from(`${SECTION_END}${SECTION_BEGIN}1${SECTION_END}${SECTION_BEGIN}2${SECTION_END}`);
    expect(sectionOf(bytes, 'a.md')?.toString()).toBe('1');
  });

  it.each(['\n', '\r\n'])('has the line endings %j of its file', (end) => {
    const text = page('old').toString().replaceAll('\n', end);
    const written = withSection(Buffer.from(text), 'a.md', 'one\ntwo\n')?.toString();
    expect(written?.split(end)).toEqual([
      'text',
      SECTION_BEGIN,
      '',
      'one',
      'two',
      '',
      SECTION_END,
      'text',
      '',
    ]);
    expect(written?.replaceAll(end, '')).not.toMatch(/[\r\n]/);
  });

  it('is the only part of the file in a record', () => {
    const known = fingerprint(page('chart'), 'a.md');
    expect(fingerprint(page('chart', 'edited'), 'a.md')).toBe(known);
    expect(fingerprint(page('edited'), 'a.md')).not.toBe(known);
    expect(fingerprint(Buffer.from(page('chart').toString().replaceAll('\n', '\r\n')), 'a.md')).toBe(known);
  });

  it('does not exist in a manifest, which may contain the same lines', () => {
    expect(fingerprint(page('chart', 'edited'), 'a.yaml')).not.toBe(fingerprint(page('chart'), 'a.yaml'));
  });
});
