import { isBefore, isFrom } from '../../../lib/check/providers/chart-version';

describe('the versions of a chart that a text allows', () => {
  it.each([
    ['1.14.5', true],
    ['v1.14.5', true],
    ['1.14.x', true],
    ['~1.14.0', true],
    ['1.14.0-alpha.1', true],
    ['0.20', true],
    ['1.15.0', false],
    ['1.15.x', false],
    ['2.0.0', false],
    ['^1.14.0', false],
    ['>=1.14.0', false],
    ['1.x', false],
    ['1', false],
    ['>=1.0.0 <1.14.0', false],
    ['latest', false],
    [undefined, false],
  ])('%s are all before 1.15: %s', (version, expected) => {
    expect(isBefore(version, '1.15')).toBe(expected);
  });

  it.each([
    ['1.15.0', true],
    ['1.15.x', true],
    ['^1.15.2', true],
    ['>=1.16.0', true],
    ['2', true],
    ['*', true],
    [undefined, true],
    ['1.14.9', false],
    ['^1.14.0', false],
    ['1.x', false],
    ['>=1.15.0 <2', false],
    ['?', false],
  ])('%s are all 1.15 or later: %s', (version, expected) => {
    expect(isFrom(version, '1.15')).toBe(expected);
  });
});
