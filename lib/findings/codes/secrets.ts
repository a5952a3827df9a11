import type { CodeFacts } from './code-facts';

/** Secrets. */
export const SECRETS_CODES = {
  'decryption-missing': {
    authorHint:
      "put the secret into a FluxApp, which sets decryption, or set decryption: { provider: 'sops', secretRef: { name: 'sops-age' } }",
    severity: 'error',
    summary: 'A Kustomization applies encrypted objects but has no `decryption`, or no PGP key for them',
    fix: 'Set `decryption` of the Kustomization, or read the file with `SopsSecret.fromFile`, which sets it.',
    inCheck: true,
  },
  'key-file-exists': {
    severity: 'error',
    summary: 'The file for a key pair already exists',
    details: 'The command never overwrites a key.',
    fix: 'Use the existing key, or choose another file.',
  },
  'key-in-repository': {
    severity: 'error',
    summary: 'A private key would be written into a git repository that does not ignore the file',
    fix: 'Choose a file outside the repository, or one that `.gitignore` matches.',
  },
  'key-name-invalid': {
    severity: 'error',
    summary: 'The name of a key pair is not a valid file name',
    fix: 'Use letters, digits, `-`, `_` and `.`.',
  },
  'plaintext-secret': {
    authorHint:
      "make it a SopsSecret, whose values come from outside: values: { password: SecretValue.env('PASSWORD') }; what was in git is public: change the value",
    severity: 'error',
    summary:
      'The repository contains a Secret, or a credential in Helm values, a variable or a ConfigMap, in plain text',
    inCheck: true,
    atSynth: 'skip',
  },
  'secret-combine-failed': {
    severity: 'error',
    summary: 'The function that combines values of a secret threw',
    details: 'The error message is not shown because it may contain the values.',
    fix: 'Call the function with made-up values to see why.',
  },
  'secret-command-empty': {
    severity: 'error',
    summary: '`SecretValue.command` got an empty command',
    fix: 'Pass the program and its arguments.',
  },
  'secret-entry-invalid': {
    severity: 'error',
    summary: 'An entry of a secret has a key or value that Kubernetes refuses',
    fix: 'Use letters, digits, `-`, `_` and `.` in keys.',
  },
  'secret-generate-invalid': {
    severity: 'error',
    summary: '`SecretValue.generate` got options that it cannot satisfy',
    fix: 'Follow the hint of the finding.',
  },
  'secret-in-entry-path': {
    severity: 'error',
    summary: 'A secret would be written into the entry path, which Flux applies without decrypting',
    fix: 'Put it into a FluxApp.',
  },
  'secret-literal': {
    severity: 'warning',
    summary: 'A secret value is in the code, so everyone with access to the repository can read it',
    fix: 'Take it from the environment, a file or a command.',
  },
  'secret-source-in-git': {
    severity: 'warning',
    summary: 'A value of a secret is read from a file that git does not ignore',
    details: 'The next `git add` would make it public.',
    fix: 'Add the file to `.gitignore`, or move it out of the repository.',
  },
  'secret-too-large': {
    severity: 'error',
    summary: 'A secret is larger than Kubernetes allows',
    fix: 'Split it.',
  },
  'secret-value-invalid': {
    severity: 'error',
    summary: 'A value of a secret is not a `SecretValue`; it is probably the secret itself',
    fix: "State where the value comes from, for example `SecretValue.env('TOKEN')`.",
  },
  'secret-value-missing': {
    severity: 'error',
    summary: 'A value is not set in this environment, and no committed file has it',
    fix: 'Set it, for example the environment variable that the message names.',
  },
  'secret-value-shared': {
    severity: 'info',
    summary: 'Several environments share a value',
    details: 'Anyone who can read it in one environment can use it in the other.',
    fix: 'Give each environment its own value.',
  },
  'sops-command-needed': {
    severity: 'error',
    summary:
      'A file must change that has cloud keys, ssh keys or key groups, which only the sops command supports',
    fix: 'Install sops and log in to where its keys are.',
  },
  'sops-config-invalid': {
    severity: 'warning',
    summary: '`.sops.yaml` has no valid creation rules',
    fix: 'Correct the line that the message names.',
  },
  'sops-entries-differ': {
    severity: 'error',
    summary:
      'The committed file has other entries than the code, and this machine has neither the private key nor all values',
    fix: 'Run where the private key is, or where all values are.',
  },
  'sops-identity-differs': {
    severity: 'error',
    summary: 'A SOPS file was added with a name or namespace that its object does not have',
    fix: 'Correct the name in the code, or in the file.',
  },
  'sops-key-missing': {
    severity: 'error',
    summary: 'A data key cannot be renewed because this machine has no private key for it',
    fix: 'Provide the key in `SOPS_AGE_KEY_FILE` or the gpg keyring, or list only files that can be renewed.',
  },
  'sops-key-unusable': {
    severity: 'warning',
    summary: 'A private key cannot be read or unlocked',
    fix: 'Check the file and its passphrase.',
  },
  'sops-key-worker': {
    severity: 'error',
    summary: 'The thread that encrypts data keys failed or did not answer',
    fix: 'Check with `npm ls age-encryption openpgp` that both packages are installed.',
  },
  'sops-library-missing': {
    severity: 'error',
    summary: 'A PGP key is used, but the package `openpgp` is not installed',
    fix: 'Install it with `npm install openpgp`. Secrets for age recipients do not need it.',
  },
  'sops-merge-conflict': {
    severity: 'error',
    summary: 'An encrypted file has merge-conflict markers',
    fix: 'Keep one side completely, then run synth.',
  },
  'sops-metadata-encrypted': {
    severity: 'error',
    summary: 'The `apiVersion`, `kind` or `metadata` of an object are encrypted',
    inCheck: true,
  },
  'sops-metadata-invalid': {
    severity: 'error',
    summary: "The file's SOPS metadata is incomplete or not valid",
    fix: 'Restore the file from git.',
  },
  'sops-metadata-locked': {
    severity: 'error',
    summary:
      "The metadata changed, and the file's MAC covers it, so the private key is needed to renew the MAC",
    fix: 'Run where the private key is.',
  },
  'sops-no-recipients': {
    severity: 'error',
    summary: 'A secret has no recipients to encrypt for',
    fix: 'Set `sops` of the Cluster, or add a `.sops.yaml`.',
  },
  'sops-not-a-secret': {
    severity: 'error',
    summary: 'The encrypted file contains an object that is not a Secret',
    fix: 'Read it with `SopsSecret.fromFile`.',
  },
  'sops-not-encrypted': {
    severity: 'error',
    summary: 'A file that should be encrypted by SOPS is not encrypted',
    fix: 'Encrypt it, and change the value if it was ever in git.',
  },
  'sops-plaintext-leaked': {
    severity: 'error',
    summary: 'A value that should be encrypted is in plain text',
    fix: 'Encrypt it, and change the value: it may be in git.',
  },
  'sops-private-key': {
    severity: 'error',
    summary: 'A private key is used instead of a public key',
    fix: 'Use the public key, and replace the private one: it may be in git.',
  },
  'sops-recipient-invalid': {
    severity: 'error',
    summary: 'A recipient is not a valid key',
    fix: 'Copy the public key again.',
  },
  'sops-recipient-unsupported': {
    severity: 'error',
    summary: 'A recipient has a type that only the sops command supports',
    fix: 'Use age or PGP, or install sops.',
  },
  'sops-recipient-unusable': {
    severity: 'error',
    summary: 'The data key cannot be encrypted for a recipient',
    fix: 'Check that its key can encrypt and has not expired.',
  },
  'sops-recipients-stale': {
    severity: 'warning',
    summary: 'The committed file is encrypted for other recipients than the code sets',
    fix: 'Run synth where a private key is.',
  },
  'sops-regex-invalid': {
    severity: 'error',
    summary: "An expression in `.sops.yaml` or in a file's metadata is not a valid regular expression",
    fix: "Use Go's syntax.",
  },
  'sops-renewed': {
    severity: 'info',
    summary: 'The file had to change without a private key, so synth encrypted every value again',
    fix: 'Make sure that all values on this machine are correct.',
  },
  'sops-reserved-key': {
    severity: 'error',
    summary: 'An object has a field `sops`, which SOPS uses for its own data',
    fix: 'Rename the field.',
  },
  'sops-rule-no-regex': {
    severity: 'warning',
    summary: 'A rule of `.sops.yaml` does not limit which values of a manifest to encrypt',
    inCheck: true,
    atSynth: 'skip',
  },
  'sops-several-documents': {
    severity: 'error',
    summary: 'An encrypted file contains several documents',
    fix: 'Put each document into its own file.',
  },
  'sops-tampered': {
    severity: 'error',
    summary: "A value or the file's MAC is not valid: someone changed the file after it was encrypted",
    fix: 'Restore the file from git, or encrypt it again.',
  },
  'sops-unsupported-yaml': {
    severity: 'error',
    summary: 'An encrypted file uses YAML features that SOPS does not preserve, such as anchors',
    fix: 'Write it in plain YAML and encrypt it again.',
  },
  'sops-unverified': {
    severity: 'warning',
    summary:
      'Synth kept the committed file because there is no private key to compare it with the values on this machine',
    details:
      'The message names the values. A changed value is not published, and `synth --check` exits with 1.',
    fix: "Run where the private key is. If a value changed, raise the secret's `revision`.",
  },
  'sops-value-not-text': {
    severity: 'error',
    summary:
      'An entry of a Secret or ConfigMap is an encrypted number or boolean, which the API server refuses',
    inCheck: true,
  },
  'sops-yaml-invalid': {
    severity: 'error',
    summary: 'An encrypted file is not valid YAML',
    fix: 'Restore it from git.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
