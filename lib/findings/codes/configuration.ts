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
    summary: '`app` or `output` in `cdk8s.yaml` is missing or is no text, or the file is not a group of keys',
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
    summary:
      '`cdk8s-flux.yaml` or `cdk8s.yaml` cannot be read: its permissions forbid it, or it is a symbolic link, a folder, a FIFO or a device',
    details:
      'Links are refused even within the repository, because anyone who proposes a change could point one at a key of yours.',
    fix: 'Put a regular file there that you may read.',
  },
  'finding-unknown': {
    severity: 'error',
    summary: '`cdk8s-flux explain` got a code that is not the code of a finding',
    fix: 'Copy the code from the finding; `cdk8s-flux explain` lists all codes.',
  },
  'option-invalid': {
    severity: 'error',
    summary: 'An option of a command has a value that is not allowed',
    fix: 'The message says what is; `--help` of the command has examples.',
  },
  'package-missing': {
    severity: 'error',
    summary: 'A command needs a package that is not installed, since few projects need it',
    fix: 'Install it as the hint says.',
  },
  'project-file-exists': {
    severity: 'error',
    summary: '`cdk8s-flux init` would write a file that is there already with another content',
    details: 'Nothing is written. A file that is equal is no hindrance.',
    fix: 'Move the files that the message names away, or name another folder.',
  },
  'project-name-invalid': {
    severity: 'error',
    summary:
      '`cdk8s-flux init` got a name that a cluster and an npm package cannot both have, or the name of the folder comes to none',
    fix: 'Give a name of lower-case letters, digits and `-` with `--name`.',
  },
  'project-not-at-root': {
    severity: 'error',
    summary: '`cdk8s-flux init` got a folder inside of a git repository that is not its root',
    details: 'Flux reads paths from the root of a repository, and CI pipelines are found there.',
    fix: 'Run the command at the root, or run `git init` in the folder first.',
  },
  'project-unwritable': {
    severity: 'error',
    summary: '`cdk8s-flux init` could not write a file',
    details: 'What was written before is removed again.',
    fix: 'Make the folder writable, or name another one.',
  },
  'reencrypt-unmatched': {
    severity: 'error',
    summary: '`--reencrypt` names a path at or below which the run encrypts no secret',
    details:
      'Nothing is published, and the command exits with 2. Files that the sops command made are not encrypted by synth; `cdk8s-flux secrets rotate` renews them.',
    fix: 'Give the path of a secret, or of a folder above it, from the root of the repository.',
  },
  'scratch-folder-unsafe': {
    severity: 'error',
    summary: 'The output that `cdk8s.yaml` names cannot be emptied on each run',
    details:
      'It holds or lies in what must be kept, lies outside the repository or in `.git`, is a symbolic link, or holds files that neither cdk8s nor synth wrote. `cdk8s-flux synth` removes only the files that its marker `.cdk8s-flux-scratch` lists, while the cdk8s CLI deletes the whole folder.',
    fix: 'Write `output: dist/manifests` in `cdk8s.yaml`, or move the files that the finding names. Where cdk8s deleted files already, the hint has the line that restores them.',
  },
  'scratch-folder-unwritable': {
    severity: 'error',
    summary: 'The output that `cdk8s.yaml` names cannot be written or emptied',
    details: 'Nothing is published.',
    fix: 'Make the folder writable, or name another one.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
