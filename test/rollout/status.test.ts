import { describeAge } from '../../lib/rollout/age';
import { formatStatus } from '../../lib/rollout/format-status';
import { fleetStatus } from '../../lib/rollout/status';
import { pinsText, stateOf } from './fleet';

const MORE = `emergencies:
  ingress:
    production: { value: 1.2.1, since: 2026-03-09, reason: CVE-2026-1 }
suspended:
  ingress:
    eu: { since: 2026-03-08, reason: 503s }
    us: { since: 2026-03-08, reason: 503s }
`;
const HELD = MORE.slice(MORE.indexOf('suspended'));

describe('the status of a fleet', () => {
  const state = stateOf([
    [10, pinsText(['1.2.0', '1.1.0', '1.2.1'], MORE)],
    [50, pinsText(['1.1.0', '1.1.0', '1.1.0'], HELD)],
    [300, pinsText(['1.1.0', '1.1.0', '1.1.0'])],
  ]);

  it('shows which ring runs what since when, and what differs and why', () => {
    expect(formatStatus(fleetStatus(state), state.now)).toMatchInlineSnapshot(`
      "PIN      staging      canary       production
      ingress  1.2.0 (10h)  1.1.0 (12d)  1.2.1

      ingress: canary is behind staging; 1.2.0 may be promoted in 14h
      ingress: production got 1.2.1 by an emergency promotion on 2026-03-09: CVE-2026-1
      ingress: suspended in eu, us (production) with ingress 1.1.0 since 2026-03-08: 503s
      "
    `);
  });

  it('shows a ring that is ahead without an emergency, and does not call it behind', () => {
    const ahead = stateOf([[10, pinsText(['1.2.0', '1.1.0', '1.3.0'])]]);
    expect(formatStatus(fleetStatus(ahead), ahead.now)).toContain(
      'ingress: production has 1.3.0, ahead of canary with 1.1.0; see check\n',
    );
    const [rings] = fleetStatus(ahead).pins.map((pin) => pin.rings);
    expect(rings?.[2]).toMatchObject({ ahead: { ring: 'canary', value: '1.1.0' } });
    expect(rings?.[2]).not.toHaveProperty('behind');
  });

  it('groups suspended clusters by reason', () => {
    const two = HELD.replace(
      'us: { since: 2026-03-08, reason: 503s }',
      'us: { since: 2026-03-08, reason: load }',
    );
    const held = stateOf([[10, pinsText(['1.1.0', '1.1.0', '1.1.0'], two)]]);
    expect(fleetStatus(held).suspended).toMatchObject([
      { clusters: ['eu'], reason: '503s' },
      { clusters: ['us'], reason: 'load' },
    ]);
  });

  it('is data for programs', () => {
    const { rings, pins, suspended } = fleetStatus(state);
    expect(rings[2]).toEqual({ name: 'production', soak: '0s', clusters: ['eu', 'us'] });
    expect(pins[0]?.rings[1]).toEqual({
      ring: 'canary',
      value: '1.1.0',
      since: '2026-02-26T00:00:00Z',
      behind: { ring: 'staging', value: '1.2.0', promotableAt: '2026-03-11T02:00:00Z' },
    });
    expect(suspended).toMatchObject([
      { component: 'ingress', clusters: ['eu', 'us'], held: { ingress: '1.1.0' } },
    ]);
  });

  it('has no ages without a history', () => {
    const { pins, fleet, now } = state;
    const text = formatStatus(fleetStatus({ pins, fleet, now }), now);
    expect(text).toContain('ingress  1.2.0    1.1.0   1.2.1');
    expect(text).toContain('canary is behind staging; 1.2.0 has an unknown age\n');
    expect(text).toContain('suspended in eu, us (production) since 2026-03-08: 503s');
  });

  it('has no text below the table if everything is in order', () => {
    const fine = stateOf([[300, pinsText(['1.1.0', '1.1.0', '1.1.0'])]]);
    expect(formatStatus(fleetStatus(fine), fine.now).split('\n')).toHaveLength(3);
  });

  it.each([
    [0, '0s'],
    [59, '59s'],
    [61, '1m'],
    [3600 * 25, '1d1h'],
    [3600 * 24 * 3 + 3600, '3d'],
    [3660, '1h1m'],
  ])('writes %s seconds as %s', (seconds, text) => {
    expect(describeAge(seconds)).toBe(text);
  });
});
