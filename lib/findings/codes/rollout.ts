import type { CodeFacts } from './code-facts';

/** Rings, pins and promotion. */
export const ROLLOUT_CODES = {
  'component-suspended': {
    severity: 'info',
    summary: 'A component is suspended in some clusters, so that changes do not reach them',
    fix: 'Nothing, as long as it is meant; `cdk8s-flux resume` ends it.',
    inCheck: true,
    atSynth: 'skip',
  },
  'component-unknown': {
    severity: 'error',
    summary:
      '`cdk8s-flux suspend` or `resume` got a component that the fleet does not have, or not in a cluster',
    fix: 'Use a name of the hint.',
  },
  'fleet-file-invalid': {
    severity: 'error',
    summary: 'The file `fleet.json`, which says what commands must know of a fleet, cannot be read',
    fix: 'Run `npx cdk8s-flux synth`, which writes it.',
    inCheck: true,
    atSynth: 'skip',
  },
  'fleet-missing': {
    severity: 'error',
    summary: 'The repository has no file `fleet.json`, which says what rings and components there are',
    details: 'In `check`: `pins.yaml` has pins, but nothing says which rings they go through.',
    fix: 'Describe the fleet in code, and run `npx cdk8s-flux synth`, which writes the file.',
    inCheck: true,
    atSynth: 'skip',
  },
  'history-shallow': {
    severity: 'error',
    summary:
      'The clone lacks the beginning of the history, so that it cannot be said since when a ring has its value, or what it had before',
    fix: 'Fetch the whole history: `fetch-depth: 0` for `actions/checkout`, `GIT_DEPTH: 0` in GitLab, `git fetch --unshallow`.',
  },
  'main-branch-missing': {
    severity: 'error',
    summary: 'There is no main branch on which a value could have run',
    fix: 'Fetch it, or name the branch that Flux applies with `--branch`.',
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
  'pin-emergency': {
    severity: 'info',
    summary: 'A ring got a value before the rings before it, or before the soak time was over',
    fix: 'Promote the value in the rings before. The next promotion of the pin removes an entry that is over.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-missing': {
    severity: 'error',
    summary: 'The code asks for a pin that the pins file does not have, or not for the ring of a cluster',
    fix: 'Add the pin to the file, or bring it to the ring with `cdk8s-flux promote`.',
    inCheck: true,
    atSynth: 'skip',
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
  'pin-unknown': {
    severity: 'error',
    summary: 'A command got a pin that the pins file does not have',
    fix: 'Use a name of the hint.',
  },
  'pins-invalid': {
    severity: 'error',
    summary: 'The pins file has a key, a name or a value that is not allowed',
    fix: 'The message says what is; see [promotion](promotion.md).',
    inCheck: true,
    atSynth: 'skip',
  },
  'pins-uncommitted': {
    severity: 'error',
    summary: 'The pins file has changes that are not committed, which a command would mix with its own',
    fix: 'Commit them, or drop them with `git restore`.',
  },
  'pins-uneditable': {
    severity: 'error',
    summary: 'A command cannot change the pins file without touching other parts of it',
    details: 'A value behind a YAML alias, for example, is shared with others.',
    fix: 'Make the change by hand, or write the value out first.',
  },
  'promotion-skips-ring': {
    severity: 'error',
    summary: 'A promotion would skip a ring, which then would not run the value before the next one',
    fix: 'Promote the value ring by ring; in an emergency use `--emergency --reason TEXT`.',
  },
  'promotion-suspended': {
    severity: 'error',
    summary:
      'A component is suspended in the ring from which a value would be promoted, so that it does not run there',
    fix: 'Resume it, and let the value run there.',
  },
  'promotion-too-early': {
    severity: 'error',
    summary: 'A value has not been in its ring for the soak time, or is not on the main branch yet',
    details:
      'What counts is the committer date of the commit on the main branch since which the ring has the value and its components are not suspended.',
    fix: 'Wait; in an emergency use `--emergency --reason TEXT`.',
  },
  'promotion-unclear': {
    severity: 'error',
    summary: '`cdk8s-flux promote` cannot tell to which ring a value shall go on',
    fix: 'Name the ring with `--to`.',
  },
  'promotion-with-errors': {
    severity: 'error',
    summary:
      '`check` finds errors in the objects that a pin decides, in the ring from which its value would be promoted',
    fix: 'Fix them; `cdk8s-flux check` shows them whole.',
  },
  'ring-unknown': {
    severity: 'error',
    summary: 'A command got a ring that the fleet does not have',
    fix: 'Use a name of the hint.',
  },
  'rollback-unordered': {
    severity: 'error',
    summary: 'A rollback of one ring would leave later rings ahead of it',
    fix: 'Add `--and-after`, which rolls them back as well.',
  },
  'rollback-without-former': {
    severity: 'error',
    summary: 'The history of the pins file has no earlier value for a ring',
    fix: 'Write the value that it should have into the pins file.',
  },
  'suspension-unknown': {
    severity: 'warning',
    summary:
      'The pins file suspends a component that the fleet does not have, or in a cluster where it is not deployed',
    fix: 'Remove the entry, or correct the name.',
    inCheck: true,
    atSynth: 'skip',
  },
  'floating-version-shared': {
    severity: 'warning',
    summary:
      'A version that moves without a commit is shared by more clusters than `rollout.maxClusters` allows',
    inCheck: true,
  },
  'rollout-too-wide': {
    severity: 'error',
    summary: 'A change reaches more clusters at once than `rollout.maxClusters` allows',
    details:
      '`cdk8s-flux diff` counts in how many clusters an object changes, and what comes from one line of the repository or has the same chart or image. The limit is the one of the base.',
    fix: 'Change it in some clusters first, and in the others once these are well. If all clusters are meant, raise the limit in a change of its own before.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
