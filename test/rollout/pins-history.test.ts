import { PinsHistory } from '../../lib/rollout/pins-history';

/** A history from the values of a ring, the newest first, an hour apart. */
function historyOf(...values: readonly (string | undefined)[]): PinsHistory {
  const versions = values.map((value, index) => ({
    commit: `commit-${index}`,
    time: (values.length - index) * 3600,
    ...(value !== undefined && { text: `version: 1\npins:\n  a: { staging: ${value} }\n` }),
  }));
  return new PinsHistory(versions, 'pins.yaml');
}
const has = (value: string) => (pins: { value(pin: string, ring: string): unknown }) =>
  pins.value('a', 'staging') === value;

describe('the history of pins', () => {
  it('shows since when a ring has its value without a break', () => {
    const history = historyOf('1.1.0', '1.1.0', '1.0.0', '1.1.0');
    expect(history.since(has('1.1.0'))).toMatchObject({ commit: 'commit-1', time: 3 * 3600 });
    expect(history.since(has('1.0.0'))).toBeUndefined();
    expect(history.newest.value('a', 'staging')).toBe('1.1.0');
  });

  it('is empty without a file', () => {
    expect(historyOf().since(() => true)).toBeUndefined();
    expect(historyOf().newest.names).toEqual([]);
    expect(historyOf(undefined, '1.0.0').newest.names).toEqual([]);
  });

  it.each([
    ['the one before', ['3.0.0', '2.0.0', '1.0.0'], '2.0.0'],
    ['the one before what was rolled back', ['2.0.0', '3.0.0', '2.0.0', '1.0.0'], '1.0.0'],
    ['the one before what was rolled back twice', ['1.0.0', '2.0.0', '3.0.0', '2.0.0', '1.0.0'], undefined],
    ['the one before what came again', ['3.0.0', '2.0.0', '3.0.0', '2.0.0'], '2.0.0'],
    ['nothing where there was no other', ['1.0.0', '1.0.0'], undefined],
    ['nothing where the pin is new', ['1.0.0', undefined], undefined],
  ])('knows the previous value: %s', (_, values, former) => {
    expect(historyOf(...values).former('a', 'staging')).toBe(former);
  });
});
