import type { CodeFacts } from './code-facts';

/** Configuration and commands. */
export const CONFIGURATION_CODES = {
  'app-failed': {
    severity: 'error',
    summary:
      'The command that `cdk8s.yaml` names ended in another way than by a finding, or ended well and synthesized nothing',
    fix: 'Run that command by itself to see what is wrong; see that the program ends with `app.synth()`.',
  },
  'cdk8s-config-invalid': {
    severity: 'error',
    summary: '`app` or `output` in `cdk8s.yaml` is missing or is no text',
    fix: 'Write both as text.',
  },
  'cdk8s-config-missing': {
    severity: 'error',
    summary: 'There is no `cdk8s.yaml` in the folder or above it, so that nothing says how to run the app',
    fix: 'Write one; see [getting started](getting-started.md).',
  },
  'cluster-unknown': {
    severity: 'error',
    summary: '`--cluster` names a cluster that the app or the repository does not have',
    fix: 'Use one of those in the hint.',
  },
  'config-invalid': {
    severity: 'error',
    summary: 'A setting has a value that is not allowed',
    fix: 'The message says what is; see [configuration](configuration.md).',
  },
  'config-unknown-key': {
    severity: 'error',
    summary: 'A key has no meaning here',
    details: 'Mistyped keys would otherwise be without effect in silence.',
    fix: 'Use the name that the hint suggests, or remove the key.',
  },
  'config-unreadable': {
    severity: 'error',
    summary: '`cdk8s-flux.yaml` is there but cannot be read',
    fix: 'Check its permissions.',
  },
  'package-missing': {
    severity: 'error',
    summary: 'A command needs a package that is not installed, since few projects need it',
    fix: 'Install it as the hint says.',
  },
  'scratch-folder-unsafe': {
    severity: 'error',
    summary: 'The output of cdk8s, which it deletes before each run, holds or lies in what must be kept',
    fix: 'Write `output: dist/manifests` in `cdk8s.yaml`. The hint has the line that restores deleted files.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
