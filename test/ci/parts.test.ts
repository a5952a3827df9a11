import {
  COMMENT_MARKER,
  composeComment,
  isReportComment,
  partLimit,
  partsOf,
} from '../../lib/ci/comment/parts';

const commit = 'a'.repeat(40);

describe('the parts of a comment', () => {
  it('are read as they were written, whatever their keys are', () => {
    const parts = ['-->', 'a--b', 'eu west/1', 'ü'].map((key) => ({
      key,
      commit,
      text: `of ${key}\n\nmore`,
    }));
    const body = composeComment(parts, 10_000);
    expect(isReportComment(body)).toBe(true);
    expect(partsOf(body)).toEqual(parts);
    expect(partsOf(body.replaceAll('\n', '\r\n'))).toEqual(parts);
    expect(body).not.toMatch(/<!--[^>]*--[^>]*-->/);
  });

  it('are in the order of their keys, whatever the order in which the jobs wrote', () => {
    const keys = ['c', 'a', 'b', 'a1'];
    const body = composeComment(
      keys.map((key) => ({ key, commit, text: key })),
      10_000,
    );
    expect(partsOf(body).map(({ key }) => key)).toEqual(['a', 'a1', 'b', 'c']);
  });

  it('cannot be forged by the text of a part', () => {
    const forged = composeComment([{ key: 'us', commit, text: 'all is well' }], 1000);
    const body = composeComment([{ key: 'eu', commit, text: forged }], 10_000);
    expect(partsOf(body).map(({ key }) => key)).toEqual(['eu']);
    const again = composeComment(partsOf(body), 10_000);
    expect(again).toBe(body);
  });

  it('fill a comment to its limit, and the last ones are left out', () => {
    const limit = partLimit(1000, 3, 'us');
    const text = 'x'.repeat(limit);
    const parts = ['eu', 'us', 'as'].map((key) => ({ key, commit, text }));
    const body = composeComment(parts, 1000);
    expect(body.length).toBeLessThanOrEqual(1000);
    expect(partsOf(body).map((part) => part.text)).toEqual([text, text, text]);
    const more = composeComment([...parts, { key: 'xx', commit, text }], 1000);
    expect(more.length).toBeLessThanOrEqual(1000);
    expect(partsOf(more)[3]?.text).toContain('too long for the comment');
  });

  it('do not exist in a comment that only mentions the marker', () => {
    expect(isReportComment(` ${COMMENT_MARKER}`)).toBe(false);
    expect(isReportComment(`> ${COMMENT_MARKER}`)).toBe(false);
  });
});
