import { checkRings, compareValues } from '../../lib/rollout/check-rings';
import { missingPin } from '../../lib/rollout/missing-pin';
import { parsePins } from '../../lib/rollout/parse-pins';

const RINGS = ['staging', 'canary', 'production'];

function problems(lines: readonly string[], more = ''): readonly string[] {
  const text = `version: 1\npins:\n  a:\n${lines.map((line) => `    ${line}\n`).join('')}${more}`;
  const { pins, findings } = parsePins(text, 'pins.yaml');
  expect(findings).toEqual([]);
  return checkRings(pins, RINGS).map(
    ({ code, locations: [place], hint }) => `${place?.line}: ${code}: ${hint}`,
  );
}

describe('pins by ring', () => {
  it.each([
    ['each ring at most as new as the one before', ['staging: 2.0.0', 'canary: 1.9.0', 'production: 1.9.0']],
    ['a pin that has not reached the last rings', ['staging: 2.0.0']],
    ['what cannot be compared', ['staging: sha256-b', 'canary: sha256-c', 'production: ^3']],
    ['switches', ['staging: false', 'canary: true']],
    ['rings in another order', ['canary: 1.0.0', 'staging: 1.0.0']],
    ['the comment above the first ring', ['# renovate: a', 'staging: 1.0.0', 'canary: 1.0.0']],
  ])('accepts %s', (_, lines) => {
    expect(problems(lines)).toEqual([]);
  });

  it.each([
    ['an unknown ring', ['staging: 1.0.0', 'stagign: 1.0.0'], '5: pin-ring-unknown: did you mean "staging"?'],
    ['a ring that was skipped', ['canary: 1.0.0'], '4: pin-ring-missing: add "staging: 1.0.0"'],
    [
      'a ring that is ahead',
      ['staging: 1.9.0', 'canary: 1.10.0'],
      '5: pin-ahead-of-ring: restore the earlier value',
    ],
    [
      'a number that is ahead',
      ['staging: 1', 'canary: 2'],
      '5: pin-ahead-of-ring: restore the earlier value',
    ],
    ['a pre-release behind', ['staging: 2.0.0-rc.1', 'canary: 2.0.0'], '5: pin-ahead-of-ring'],
    [
      'the comment above a later ring',
      ['staging: 1.0.0', '# renovate: a', 'canary: 1.0.0'],
      '6: pin-automated-later',
    ],
    [
      'the comment at the end of the first ring',
      ['staging: 1.0.0 # renovate: a', 'canary: 1.0.0'],
      '5: pin-automated-later: keep the comment on its own line, directly above the first ring "staging"',
    ],
  ])('fails on %s', (_, lines, expected) => {
    const [first, ...more] = problems(lines);
    expect(first).toContain(expected);
    expect(more).toEqual([]);
  });

  it('accepts a ring that is ahead by an emergency, as long as it has that value', () => {
    const emergency = (value: string) =>
      `emergencies:\n  a:\n    production: { value: ${value}, since: 2026-03-02, reason: CVE }\n`;
    const lines = ['staging: 1.0.0', 'canary: 1.0.0', 'production: 1.0.1'];
    expect(problems(lines, emergency('1.0.1'))).toEqual([]);
    expect(problems(lines, emergency('1.0.2'))).toHaveLength(1);
  });

  it('compares only values of the same kind', () => {
    expect(compareValues('v1.2.3', '1.2.4')).toBe(-1);
    expect(compareValues('1.2.4', '1.2.3')).toBe(1);
    expect(compareValues('1.x', '1.2.3')).toBeUndefined();
    expect(compareValues('1.2.3-alpine', '1.2.3-debian')).toBeUndefined();
    expect(compareValues('1.x', '1.x')).toBe(0);
    expect(compareValues(true, false)).toBeUndefined();
  });
});

describe('a pin that the code uses', () => {
  const { pins } = parsePins('version: 1\npins:\n  podinfo: { staging: 1.0.0 }\n', 'pins.yaml');

  it.each([
    ['podinfo', 'canary', 'the pin "podinfo" has no value for the ring "canary"', /promote podinfo/],
    ['podnifo', 'staging', 'there is no pin "podnifo"', /^did you mean "podinfo"\?$/],
    ['loki', 'staging', 'there is no pin "loki"', /^add it to pins\.yaml/],
  ])('fails on %s in %s', (pin, ring, message, hint) => {
    const found = missingPin(pins, pin, ring);
    expect(found.message).toBe(message);
    expect(found.hint).toMatch(hint);
  });
});
