import { planRollback } from '../../lib/rollout/plan-rollback';
import { pinsText, stateOf, type Past } from './fleet';

function rolledBack(past: Past, ring: string, more: { andAfter?: boolean; isShallow?: boolean } = {}) {
  const { pins, fleet, main } = stateOf(past);
  const state = { pins, fleet, history: main.history, isShallow: more.isShallow ?? false };
  const { changes, refusals, notes } = planRollback(state, {
    pin: 'ingress',
    ring,
    andAfter: more.andAfter ?? false,
  });
  const done = changes.map((change) => `${change.ring}: ${change.from} -> ${change.to}`);
  return { done, refused: refusals.map(({ code, hint }) => `${code}: ${hint}`), notes };
}

const everywhere: Past = [
  [1, pinsText(['1.1.0', '1.1.0', '1.1.0'])],
  [50, pinsText(['1.1.0', '1.1.0', '1.0.0'])],
  [100, pinsText(['1.1.0', '1.0.0', '1.0.0'])],
  [300, pinsText(['1.0.0', '1.0.0', '1.0.0'])],
];

describe('a rollback', () => {
  it('restores the previous value of one ring', () => {
    expect(rolledBack(everywhere, 'production').done).toEqual(['production: 1.1.0 -> 1.0.0']);
  });

  it('restores the values of all later rings that got the value', () => {
    expect(rolledBack(everywhere, 'staging', { andAfter: true }).done).toEqual([
      'staging: 1.1.0 -> 1.0.0',
      'canary: 1.1.0 -> 1.0.0',
      'production: 1.1.0 -> 1.0.0',
    ]);
  });

  it('does not change rings that did not get the value', () => {
    const { done, notes } = rolledBack(everywhere.slice(1), 'staging', { andAfter: true });
    expect(done).toEqual(['staging: 1.1.0 -> 1.0.0', 'canary: 1.1.0 -> 1.0.0']);
    expect(notes).toEqual(['production keeps its own value "1.0.0"']);
  });

  it('fails on leaving later rings ahead', () => {
    expect(rolledBack(everywhere, 'canary')).toMatchObject({
      done: [],
      refused: [
        'rollback-unordered: roll them back as well: cdk8s-flux rollback ingress --ring canary --and-after',
      ],
    });
  });

  it('fails without a previous value, and says what to do in a shallow clone', () => {
    const first: Past = [[1, pinsText(['1.0.0'])]];
    expect(rolledBack(first, 'staging').refused[0]).toContain('rollback-without-former: set the value');
    expect(rolledBack(first, 'canary').refused[0]).toContain('rollback-without-former');
    expect(rolledBack(first, 'staging', { isShallow: true }).refused[0]).toContain('"fetch-depth: 0"');
  });

  it('fails in a shallow clone, in which a value that was rolled back could look like the previous one', () => {
    const values = ['1.1.0', '1.2.0', '1.1.0', '1.0.0'].map((value) => pinsText([value, '1.0.0', '1.0.0']));
    const past = values.map((text, index) => [index, text] as const);
    expect(rolledBack(past, 'staging').done).toEqual(['staging: 1.1.0 -> 1.0.0']);
    expect(rolledBack(past.slice(0, 2), 'staging', { isShallow: true })).toMatchObject({
      done: [],
      refused: [expect.stringMatching(/^history-shallow: /)],
    });
  });

  it('reports the place of a value without a previous one', () => {
    const { pins, fleet, main } = stateOf([[1, pinsText(['1.0.0'])]]);
    const request = { pin: 'ingress', ring: 'staging', andAfter: false };
    const plan = planRollback({ pins, fleet, history: main.history, isShallow: false }, request);
    expect(plan.refusals[0]?.locations).toEqual([{ file: 'pins.yaml', line: 4 }]);
  });
});
