import type { CodeFacts } from './code-facts';

/** Renames and moves. */
export const MOVE_CODES = {
  'move-unclear': {
    severity: 'error',
    summary:
      'The argument of `cdk8s-flux move` is ambiguous: several Kustomizations have the name, or apply the object',
    fix: 'Add the namespace, or choose one cluster with `--cluster`.',
  },
  'move-uneditable': {
    severity: 'error',
    summary: '`cdk8s-flux move` cannot change a file without touching other parts of it',
    details: 'For example, other places share a value behind a YAML alias.',
    fix: 'Make the change by hand, or replace the alias with the value first.',
  },
  'move-unknown': {
    severity: 'error',
    summary: '`cdk8s-flux move` got a Kustomization, a path or an object that the repository does not have',
    fix: 'Use a name from the hint, or a path from the root of the repository.',
  },
  'move-unsafe': {
    severity: 'error',
    summary: '`cdk8s-flux move` finds no sequence of commits that keeps everything in the cluster',
    details: 'Each plan is evaluated as Flux would; the message lists what would be lost or broken.',
    fix: 'First make the two sides equal, for example in their namespace, or move something smaller.',
  },
} as const satisfies Record<string, CodeFacts>;
