import type { CodeFacts } from './code-facts';

/** Rings, pins and promotion. */
export const ROLLOUT_CODES = {
  'fleet-file-invalid': {
    severity: 'error',
    summary: 'The file `fleet.json`, which says what commands must know of a fleet, cannot be read',
    fix: 'Run `npx cdk8s-flux synth`, which writes it.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-ahead-of-ring': {
    severity: 'error',
    summary: 'A ring has a newer version than the ring before it, and no emergency says why',
    details:
      'A version reaches a ring only after it has run in the one before, so that a fault stops there. What is not a version is not compared.',
    fix: 'Set the pin back, and promote it ring by ring; in an emergency use `cdk8s-flux promote --emergency --reason TEXT`.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-automated-later': {
    severity: 'error',
    summary: 'A comment has Renovate update a pin in a ring that is not the first',
    details:
      'Renovate reads a comment together with the line below it. It would open one pull request for all rings, and no ring would run a version before the next one.',
    fix: 'Keep the comment on a line of its own, directly above the first ring.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-missing': {
    severity: 'error',
    summary: 'The code asks for a pin that the pins file does not have, or not for the ring of a cluster',
    fix: 'Add the pin to the file, or bring it to the ring with `cdk8s-flux promote`.',
  },
  'pin-ring-missing': {
    severity: 'error',
    summary: 'A pin has a value for a later ring and none for an earlier one',
    fix: 'Add the value of the earlier ring. A ring that a pin has not reached yet, and those after it, may be left out.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-ring-unknown': {
    severity: 'error',
    summary: 'A pin has a value for a ring that the fleet does not have',
    fix: 'Use the name of a ring in the message, or remove the line.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pins-invalid': {
    severity: 'error',
    summary: 'The pins file has a key, a name or a value that is not allowed',
    fix: 'The message says what is; see [promotion](promotion.md).',
    inCheck: true,
    atSynth: 'skip',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
