import type { CodeFacts } from './code-facts';

/** Configuration and commands. */
export const CONFIGURATION_CODES = {
  'app-failed': {
    severity: 'error',
    summary:
      'The command in `cdk8s.yaml` failed without a finding, or succeeded without synthesizing anything',
    fix: 'Run the command directly to see what is wrong. Make sure that the program ends with `app.synth()`.',
  },
  'cdk8s-config-invalid': {
    severity: 'error',
    summary: '`app` or `output` in `cdk8s.yaml` is missing or not a string, or the file is not a YAML map',
    fix: 'Set both to strings.',
  },
  'cdk8s-config-missing': {
    severity: 'error',
    summary: 'There is no `cdk8s.yaml` in the folder or above it, so synth does not know how to run the app',
    fix: 'Create one; see [getting started](getting-started.md).',
  },
  'cluster-unknown': {
    severity: 'error',
    summary: '`--cluster` names a cluster that the app or the repository does not have',
    fix: 'Use one of the clusters in the hint.',
  },
  'config-invalid': {
    severity: 'error',
    summary: 'A setting has a value that is not allowed',
    fix: 'Use a value that the message allows; see [configuration](configuration.md).',
  },
  'config-unknown-key': {
    severity: 'error',
    summary: 'A key is unknown',
    details: 'This is an error because a mistyped key would otherwise be ignored silently.',
    fix: 'Use the name that the hint suggests, or remove the key.',
  },
  'config-unreadable': {
    severity: 'error',
    summary:
      '`cdk8s-flux.yaml` or `cdk8s.yaml` cannot be read: its permissions forbid it, or it is a symbolic link, a folder, a FIFO or a device',
    details:
      'Links are refused even inside the repository, because anyone who proposes a change could point one at your private key.',
    fix: 'Replace it with a regular file that you can read.',
  },
  'finding-unknown': {
    severity: 'error',
    summary: '`cdk8s-flux explain` got an unknown code',
    fix: 'Copy the code from the finding; `cdk8s-flux explain` lists all codes.',
  },
  'option-invalid': {
    severity: 'error',
    summary: 'An option of a command has a value that is not allowed',
    fix: 'Use a value that the message allows; `--help` of the command has examples.',
  },
  'package-missing': {
    severity: 'error',
    summary: 'A command needs an optional package that is not installed',
    fix: 'Install it with the command in the hint.',
  },
  'project-file-exists': {
    severity: 'error',
    summary: '`cdk8s-flux init` would write a file that already exists with other content',
    details: 'Nothing is written. A file with equal content is fine.',
    fix: 'Move away the files that the message names, or choose another folder.',
  },
  'project-name-invalid': {
    severity: 'error',
    summary:
      '`cdk8s-flux init` got a name that is not valid for both a cluster and an npm package, or cannot derive one from the name of the folder',
    fix: 'Set `--name` to a name of lowercase letters, digits and `-`.',
  },
  'project-not-at-root': {
    severity: 'error',
    summary: '`cdk8s-flux init` got a folder inside a git repository that is not its root',
    details: 'Flux counts paths from the root of the repository, and code hosts look for CI pipelines there.',
    fix: 'Run the command at the root, or run `git init` in the folder first.',
  },
  'project-unwritable': {
    severity: 'error',
    summary: '`cdk8s-flux init` could not write a file',
    details: 'The command removes the files that it has already written.',
    fix: 'Make the folder writable, or choose another one.',
  },
  'reencrypt-unmatched': {
    severity: 'error',
    summary: '`--reencrypt` got a path that is not an encrypted secret of this run, or a folder without one',
    details:
      'The command exits with 2 and publishes nothing. Synth does not encrypt files that the sops command wrote; renew them with `cdk8s-flux secrets rotate`.',
    fix: 'Use the path of a secret, or of a folder above it, from the root of the repository.',
  },
  'scratch-folder-unsafe': {
    severity: 'error',
    summary: 'The output folder in `cdk8s.yaml` cannot be emptied safely',
    details:
      'The folder contains or is inside something that must be kept, is outside the repository or in `.git`, is a symbolic link, or contains files that neither cdk8s nor synth wrote. `cdk8s-flux synth` removes only the files that its marker `.cdk8s-flux-scratch` lists, but the cdk8s CLI deletes the whole folder.',
    fix: 'Set `output: dist/manifests` in `cdk8s.yaml`, or move the files that the finding names. If cdk8s has already deleted files, the hint has the command that restores them.',
  },
  'scratch-folder-unwritable': {
    severity: 'error',
    summary: 'The output folder in `cdk8s.yaml` cannot be written or emptied',
    details: 'Nothing is published.',
    fix: 'Make the folder writable, or choose another one.',
  },
  'watch-failed': {
    severity: 'error',
    summary: '`synth --watch` cannot watch the folders of the project',
    details: 'Linux limits how many folders and programs may watch files at the same time.',
    fix: 'Close other programs that watch files, raise the limits, or use `synth` without `--watch`.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
