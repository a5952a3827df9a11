import type { CodeFacts } from './code-facts';

/** Renames and moves. */
export const MOVE_CODES = {
  'move-unclear': {
    severity: 'error',
    summary:
      '`cdk8s-flux move` cannot tell what is meant: several Kustomizations have the name, or apply what is to be moved',
    fix: 'Name the namespace too, or one cluster with `--cluster`.',
  },
  'move-uneditable': {
    severity: 'error',
    summary: '`cdk8s-flux move` cannot change a file without touching other parts of it',
    details: 'A value behind a YAML alias, for example, is shared with others.',
    fix: 'Make the change by hand, or write the value out first.',
  },
  'move-unknown': {
    severity: 'error',
    summary: '`cdk8s-flux move` got a Kustomization, a path or an object that the repository does not have',
    fix: 'Use a name of the hint, or a path from the root of the repository.',
  },
  'move-unsafe': {
    severity: 'error',
    summary: 'No sequence of commits that `cdk8s-flux move` knows keeps everything in the cluster',
    details: 'Each plan is evaluated as Flux would; the message lists what would be lost or broken.',
    fix: 'Make the two sides alike first, for example their namespace, or move something smaller.',
  },
} as const satisfies Record<string, CodeFacts>;
