import { finding } from '../../lib/findings/finding';
import { FindingsError } from '../../lib/findings/findings-error';
import { findStep, planPromotion } from '../../lib/rollout/plan-promotion';
import type { RolloutState } from '../../lib/rollout/rollout-state';
import { pinsText, stateOf, type Past } from './fleet';

interface Asked {
  readonly pin?: string;
  readonly to?: string;
  readonly isEmergency?: boolean;
}

/** The result of a promotion: the changes, or the codes of the refusals. */
function promoted(state: RolloutState, { pin = 'ingress', to, isEmergency = false }: Asked = {}): string[] {
  const request = { pin, to, isEmergency };
  const step = findStep(state, request);
  if (!step) return ['nothing'];
  const { changes, refusals } = planPromotion(state, request, step, []);
  if (refusals.length > 0) return refusals.map(({ code, hint }) => `${code}: ${hint}`);
  return changes.map((change) => `${change.ring}: ${change.from} -> ${change.to}`);
}

function thrown(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (FindingsError.isFindingsError(error))
      return error.findings.map(({ code, hint }) => `${code}: ${hint}`).join('\n');
    throw error;
  }
  throw new Error('expected findings');
}

const soaked: Past = [
  [30, pinsText(['1.1.0', '1.0.0', '1.0.0'])],
  [300, pinsText(['1.0.0', '1.0.0', '1.0.0'])],
];
const suspended = (cluster: string) =>
  `suspended:\n  ingress:\n    ${cluster}: { since: 2026-03-09, reason: 503s }\n`;

describe('a promotion', () => {
  it('brings the value of a ring to the next one after the soak time', () => {
    expect(promoted(stateOf(soaked))).toEqual(['canary: 1.0.0 -> 1.1.0']);
    expect(promoted(stateOf(soaked), { to: 'canary' })).toEqual(['canary: 1.0.0 -> 1.1.0']);
  });

  it('reports that a ring goes back to an older value', () => {
    const state = stateOf([[300, pinsText(['1.1.0', '1.2.0', '1.2.0'])]]);
    const request = { pin: 'ingress', to: 'canary', isEmergency: false };
    const step = findStep(state, request);
    expect(step && planPromotion(state, request, step, []).notes).toEqual([
      'canary goes back from "1.2.0" to the older "1.1.0"',
    ]);
  });

  it('brings a pin to a ring that it has not reached yet', () => {
    expect(promoted(stateOf([[30, pinsText(['1.1.0'])]]))).toEqual(['canary: undefined -> 1.1.0']);
  });

  it('also brings a lower value on', () => {
    const back: Past = [[30, pinsText(['1.0.0', '1.1.0', '1.0.0'])]];
    expect(promoted(stateOf(back), { to: 'canary' })).toEqual(['canary: 1.1.0 -> 1.0.0']);
  });

  it('has nothing to do if all rings have the same value', () => {
    expect(promoted(stateOf([[1, pinsText(['1.0.0', '1.0.0', '1.0.0'])]]))).toEqual(['nothing']);
  });

  it('counts the soak time from the commit since which the ring has the value', () => {
    const early: Past = [[1, pinsText(['1.1.0', '1.0.0', '1.0.0'])], ...soaked.slice(1)];
    expect(promoted(stateOf(early))).toEqual([
      'promotion-too-early: wait 23h more; in an emergency, add --emergency --reason TEXT',
    ]);
    const touched: Past = [[1, `${soaked[0]?.[1]}# a comment\n`], ...soaked];
    expect(promoted(stateOf(touched))).toEqual(['canary: 1.0.0 -> 1.1.0']);
    const again: Past = [
      [1, pinsText(['1.1.0', '1.0.0', '1.0.0'])],
      [20, pinsText(['1.0.0', '1.0.0', '1.0.0'])],
      ...soaked,
    ];
    expect(promoted(stateOf(again))[0]).toContain('promotion-too-early: wait 23h');
  });

  it('does not count the time for which the component was suspended there', () => {
    const held: Past = [
      [5, pinsText(['1.1.0', '1.0.0', '1.0.0'])],
      [30, pinsText(['1.1.0', '1.0.0', '1.0.0'], suspended('staging'))],
      ...soaked.slice(1),
    ];
    expect(promoted(stateOf(held))[0]).toContain('promotion-too-early: wait 19h');
  });

  it('fails on a value that is not on the main branch, or differs there', () => {
    expect(promoted(stateOf(soaked, pinsText(['1.2.0', '1.0.0', '1.0.0'])))[0]).toContain(
      'promotion-too-early: merge it into main',
    );
    expect(promoted(stateOf([], pinsText(['1.2.0'])))[0]).toContain(
      'promotion-too-early: merge it into main',
    );
  });

  it('fails on a commit from the future', () => {
    expect(promoted(stateOf([[-1, pinsText(['1.1.0', '1.0.0', '1.0.0'])]]))[0]).toContain(
      'promotion-too-early',
    );
  });

  it('fails on skipping a ring', () => {
    expect(promoted(stateOf(soaked), { to: 'production' })).toEqual([
      'promotion-skips-ring: promote it to the next ring first: cdk8s-flux promote ingress --to canary; in an emergency, add --emergency --reason TEXT',
    ]);
  });

  it('fails while the component is suspended in the ring of the value', () => {
    const state = stateOf(soaked, pinsText(['1.1.0', '1.0.0', '1.0.0'], suspended('staging')));
    expect(promoted(state)).toEqual([
      'promotion-suspended: resume it first: cdk8s-flux resume ingress --cluster staging',
    ]);
    expect(promoted(state, { isEmergency: true })).toEqual([
      'promotion-suspended: resume it first: cdk8s-flux resume ingress --cluster staging',
    ]);
  });

  it('reports where the value does not arrive because the component is suspended', () => {
    const state = stateOf(soaked, pinsText(['1.1.0', '1.0.0', '1.0.0'], suspended('canary')));
    const request = { pin: 'ingress', isEmergency: false };
    const step = findStep(state, request);
    if (!step) throw new Error('expected a step');
    expect(planPromotion(state, request, step, []).notes).toEqual([
      'ingress is suspended in canary, which does not get the value until you resume it',
    ]);
  });

  it('fails on errors of check, with their places', () => {
    const state = stateOf(soaked);
    const request = { pin: 'ingress', isEmergency: true };
    const step = findStep(state, request);
    if (!step) throw new Error('expected a step');
    const error = finding({
      code: 'source-missing',
      message: 'no such source',
      locations: [{ file: 'apps/ingress.yaml', line: 3 }],
    });
    const { refusals } = planPromotion(state, request, step, [error]);
    expect(refusals).toMatchObject([
      {
        code: 'promotion-with-errors',
        details: ['source-missing at apps/ingress.yaml:3: no such source'],
      },
    ]);
  });

  it('ignores the soak time and skips rings in an emergency', () => {
    const early: Past = [[1, pinsText(['1.1.0', '1.0.0', '1.0.0'])]];
    const emergency = { isEmergency: true };
    expect(promoted(stateOf(early), emergency)).toEqual(['canary: 1.0.0 -> 1.1.0']);
    expect(promoted(stateOf(early), { ...emergency, to: 'production' })).toEqual([
      'production: 1.0.0 -> 1.1.0',
    ]);
  });

  it('never takes back a ring that an emergency brought ahead', () => {
    const emergency =
      'emergencies:\n  ingress:\n    production: { value: 1.1.0, since: 2026-03-09, reason: CVE }\n';
    const state = stateOf([[30, pinsText(['1.1.0', '1.0.0', '1.1.0'], emergency)]]);
    expect(promoted(state)).toEqual(['canary: 1.0.0 -> 1.1.0']);
    expect(thrown(() => promoted(state, { to: 'production' }))).toContain(
      'promotion-unclear: promote that value in the earlier rings',
    );
  });

  it.each<[string, Asked, string]>([
    ['an unknown pin', { pin: 'ingres' }, 'pin-unknown: did you mean "ingress"?'],
    ['an unknown ring', { to: 'canari' }, 'ring-unknown: did you mean "canary"?'],
    ['the first ring', { to: 'staging' }, 'promotion-unclear: change its value in the pins file'],
    [
      'two rings that are behind',
      {},
      'promotion-unclear: choose one: --to canary ("1.2.0" of staging), --to production ("1.1.0" of canary)',
    ],
  ])('fails on %s', (_, asked, expected) => {
    const state = stateOf([[30, pinsText(['1.2.0', '1.1.0', '1.0.0'])]]);
    expect(thrown(() => promoted(state, asked))).toContain(expected);
  });
});
