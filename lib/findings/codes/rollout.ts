import type { CodeFacts } from './code-facts';

/** Rings, pins and promotion. */
export const ROLLOUT_CODES = {
  'component-suspended': {
    severity: 'info',
    summary: 'A component is suspended in some clusters, so changes do not reach them',
    fix: 'If this is intended, you do not need to do anything. `cdk8s-flux resume` resumes it.',
    inCheck: true,
    atSynth: 'skip',
  },
  'component-unknown': {
    severity: 'error',
    summary:
      '`cdk8s-flux suspend` or `resume` got an unknown component, or one that is not deployed in the cluster',
    fix: 'Use a name from the hint.',
  },
  'fleet-file-invalid': {
    severity: 'error',
    summary: 'The file `fleet.json`, which describes the fleet for commands, cannot be read',
    fix: 'Run `npx cdk8s-flux synth`, which writes it.',
    inCheck: true,
    atSynth: 'skip',
  },
  'fleet-missing': {
    severity: 'error',
    summary: 'The repository has no file `fleet.json`, which lists the rings and components of the fleet',
    details: 'In `check`: `pins.yaml` has pins, but the rings are unknown.',
    fix: 'Describe the fleet in code, and run `npx cdk8s-flux synth`, which writes the file.',
    inCheck: true,
    atSynth: 'skip',
  },
  'history-shallow': {
    severity: 'error',
    summary:
      'The clone lacks a part of the history, so the command does not know since when a ring has its value, or what its earlier value was',
    fix: 'Fetch the whole history: `fetch-depth: 0` for `actions/checkout`, `GIT_DEPTH: 0` in GitLab, `git fetch --unshallow`.',
  },
  'main-branch-missing': {
    severity: 'error',
    summary: 'There is no main branch whose history shows how long a value has run',
    fix: 'Fetch it, or name the branch that Flux applies with `--branch`.',
  },
  'pin-ahead-of-ring': {
    severity: 'error',
    summary: 'A ring has a newer version than the ring before it, and no emergency is recorded',
    details:
      'A version should reach a ring only after it has run in the one before, so that a mistake stops there. Values that are not versions are not compared.',
    fix: 'Restore the earlier value, and promote the new one ring by ring. In an emergency, use `cdk8s-flux promote --emergency --reason TEXT`.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-automated-later': {
    severity: 'error',
    summary: 'A comment makes Renovate update a pin in a ring that is not the first',
    details:
      'Renovate updates the line below its comment. It would open one pull request for all rings, so all rings would get a version at the same time.',
    fix: 'Keep the comment on its own line, directly above the first ring.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-emergency': {
    severity: 'info',
    summary:
      'An emergency promotion brought a value to a ring before the earlier rings had it, or before the soak time was over',
    fix: 'Promote the value in the earlier rings too. Once they have it, the next promotion of the pin removes the entry.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-missing': {
    severity: 'error',
    summary:
      'The code uses a pin that the pins file does not have, or that has no value for the ring of a cluster',
    fix: 'Add the pin to the file, or promote it to the ring with `cdk8s-flux promote`.',
    inCheck: true,
    atSynth: 'skip',
  },
  'pin-ring-missing': {
    severity: 'error',
    summary: 'A pin has a value for a later ring but not for an earlier one',
    fix: 'Add the value of the earlier ring. A pin may omit only a ring that it has not reached yet, and all later ones.',
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
    fix: 'Use a name from the hint.',
  },
  'pins-invalid': {
    severity: 'error',
    summary: 'The pins file has a key, a name or a value that is not allowed',
    fix: 'Use what the message allows; see [promotion](promotion.md).',
    inCheck: true,
    atSynth: 'skip',
  },
  'pins-uncommitted': {
    severity: 'error',
    summary: 'The pins file has uncommitted changes, with which the command would mix its own',
    fix: 'Commit the changes, or discard them with `git restore`.',
  },
  'pins-uneditable': {
    severity: 'error',
    summary: 'A command cannot change the pins file without touching other parts of it',
    details: 'For example, other places share a value behind a YAML alias.',
    fix: 'Make the change by hand, or replace the alias with the value first.',
  },
  'promotion-skips-ring': {
    severity: 'error',
    summary: 'A promotion would skip a ring, so a later ring would run the value first',
    fix: 'Promote the value ring by ring. In an emergency, use `--emergency --reason TEXT`.',
  },
  'promotion-suspended': {
    severity: 'error',
    summary: 'A component is suspended in the ring from which you promote, so the value does not run there',
    fix: 'Resume it, and let the value run there.',
  },
  'promotion-too-early': {
    severity: 'error',
    summary: 'A value has not been in its ring for the soak time, or is not on the main branch yet',
    details:
      'The soak time counts from the committer date of the commit on the main branch that gave the ring the value, or that resumed its components.',
    fix: 'Wait. In an emergency, use `--emergency --reason TEXT`.',
  },
  'promotion-unclear': {
    severity: 'error',
    summary: '`cdk8s-flux promote` cannot determine to which ring to promote a value',
    fix: 'Name the ring with `--to`.',
  },
  'promotion-with-errors': {
    severity: 'error',
    summary: '`check` finds errors in components that use a pin, in the ring from which you promote',
    fix: 'Fix them; `cdk8s-flux check` shows the details.',
  },
  'ring-unknown': {
    severity: 'error',
    summary: 'A command got a ring that the fleet does not have',
    fix: 'Use a name from the hint.',
  },
  'rollback-unordered': {
    severity: 'error',
    summary: 'A rollback of one ring would leave later rings ahead of it',
    fix: 'Add `--and-after`, which rolls them back as well.',
  },
  'rollback-without-former': {
    severity: 'error',
    summary: 'The history of the pins file has no earlier value for a ring',
    fix: 'Set the value by hand in the pins file.',
  },
  'suspension-unknown': {
    severity: 'warning',
    summary:
      'The pins file suspends a component that the fleet does not have, or in a cluster where the component is not deployed',
    fix: 'Remove the entry, or correct the name.',
    inCheck: true,
    atSynth: 'skip',
  },
  'floating-version-shared': {
    severity: 'warning',
    summary: 'More clusters than `rollout.maxClusters` allows share a version that changes without a commit',
    inCheck: true,
  },
  'rollout-too-wide': {
    severity: 'error',
    summary: 'A change reaches more clusters at once than `rollout.maxClusters` allows',
    details:
      '`cdk8s-flux diff` counts the clusters in which one component changes: the same object, objects that come from one line of the repository, or objects with the same chart or image. It uses the limit of the base.',
    fix: 'Change some clusters first, and the others once these are healthy. If you want to change all clusters at once, raise the limit in a separate, earlier change.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
