import type { CodeFacts } from './code-facts';

/** Secrets. */
export const SECRETS_CODES = {
  'decryption-missing': {
    authorHint:
      "put the secret into a FluxApp, which decrypts it, or set decryption: { provider: 'sops', secretRef: { name: 'sops-age' } }",
    severity: 'error',
    summary: 'A Kustomization applies encrypted objects and has no `decryption`',
    fix: 'Set `decryption` of the Kustomization, or take the file in with `SopsSecret.fromFile`, which does.',
    inCheck: true,
  },
  'key-file-exists': {
    severity: 'error',
    summary: 'A key pair was to be written where there is a file already',
    details: 'No key is ever overwritten.',
    fix: 'Use the key that is there, or give another file.',
  },
  'key-in-repository': {
    severity: 'error',
    summary: 'A private key was to be written into a git repository that would take it up',
    fix: 'Give a file outside, or one that `.gitignore` leaves out.',
  },
  'key-name-invalid': {
    severity: 'error',
    summary: 'The name of a key pair cannot name a file',
    fix: 'Use letters, digits, `-`, `_` and `.`.',
  },
  'plaintext-secret': {
    authorHint:
      "make it a SopsSecret, whose values come from outside: values: { password: SecretValue.env('PASSWORD') }; what was in git is public: change the value",
    severity: 'error',
    summary: 'A Secret, or a credential among Helm values, stands in the repository in plain text',
    inCheck: true,
    atSynth: 'skip',
  },
  'secret-combine-failed': {
    severity: 'error',
    summary: 'The function that combines values of a secret threw',
    details: 'Its message is not shown, since it may quote them.',
    fix: 'Call the function with made-up values to see why.',
  },
  'secret-command-empty': {
    severity: 'error',
    summary: 'A command that is to give a value was given no words',
    fix: 'Give the program and its arguments.',
  },
  'secret-entry-invalid': {
    severity: 'error',
    summary: 'An entry of a secret has a key or value that Kubernetes refuses',
    fix: 'Use letters, digits, `-`, `_` and `.` in keys.',
  },
  'secret-generate-invalid': {
    severity: 'error',
    summary: 'A generated value was asked for with options that cannot be met',
    fix: 'Do as the message says.',
  },
  'secret-in-entry-path': {
    severity: 'error',
    summary: 'A secret would be written into the entry path, which Flux applies without decrypting',
    fix: 'Put it into a FluxApp.',
  },
  'secret-literal': {
    severity: 'warning',
    summary: 'A secret value is written in the code, where git shows it',
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
    summary: 'A secret is larger than Kubernetes stores',
    fix: 'Split it.',
  },
  'secret-value-invalid': {
    severity: 'error',
    summary: 'A value of a secret is not a `SecretValue`, but most likely the secret itself',
    fix: "Say where the value comes from, for example `SecretValue.env('TOKEN')`.",
  },
  'secret-value-missing': {
    severity: 'error',
    summary: 'A value is not there in this environment, and no committed file has it',
    fix: 'Set it, for example the environment variable that the message names.',
  },
  'secret-value-shared': {
    severity: 'info',
    summary: 'Environments have one value in common',
    details: 'Whoever reads it in one can use it in the other.',
    fix: 'Give each environment a value of its own.',
  },
  'sops-command-needed': {
    severity: 'error',
    summary:
      'The file has keys of a cloud, ssh keys or key groups, and must change, which the sops command has to do',
    fix: 'Install sops and log in where its keys are.',
  },
  'sops-config-invalid': {
    severity: 'warning',
    summary: '`.sops.yaml` cannot be read as creation rules',
    fix: 'Mend the line that is named.',
  },
  'sops-entries-differ': {
    severity: 'error',
    summary:
      'The committed file has other entries than the code, and there is neither a key nor every value here',
    fix: 'Run where the private key is, or where all values are.',
  },
  'sops-identity-differs': {
    severity: 'error',
    summary: 'A file of sops was taken in under another name or namespace than its object has',
    fix: 'Correct the name in the code, or in the file.',
  },
  'sops-key-missing': {
    severity: 'error',
    summary: 'A data key was to be renewed, and no private key that opens it is here',
    fix: 'Give the key in `SOPS_AGE_KEY_FILE` or the gpg keyring, or name the files that can be renewed.',
  },
  'sops-key-unusable': {
    severity: 'warning',
    summary: 'A private key could not be read or opened',
    fix: 'Check the file, and its passphrase.',
  },
  'sops-key-worker': {
    severity: 'error',
    summary: 'The thread that wraps data keys failed or gave no answer',
    fix: 'Check with `npm ls age-encryption openpgp` that they are installed.',
  },
  'sops-library-missing': {
    severity: 'error',
    summary: 'A PGP key is used, and the package `openpgp` is not installed',
    fix: 'Install it with `npm install openpgp`. Secrets for age recipients do not need it.',
  },
  'sops-merge-conflict': {
    severity: 'error',
    summary: 'An encrypted file has merge-conflict markers',
    fix: 'Take one side whole, then run synth.',
  },
  'sops-metadata-encrypted': {
    severity: 'error',
    summary: 'The `apiVersion`, `kind` or `metadata` of an object are encrypted',
    inCheck: true,
  },
  'sops-metadata-invalid': {
    severity: 'error',
    summary: 'What sops keeps in the file about itself is incomplete or malformed',
    fix: 'Restore the file from git.',
  },
  'sops-metadata-locked': {
    severity: 'error',
    summary: "The metadata changed, and the file's MAC covers it, so that a key is needed to renew it",
    fix: 'Run where the private key is.',
  },
  'sops-no-recipients': {
    severity: 'error',
    summary: 'There is nobody to encrypt for',
    fix: "Give the cluster's recipients in `sops`, or a `.sops.yaml`.",
  },
  'sops-not-a-secret': {
    severity: 'error',
    summary: 'The encrypted file holds an object of another kind than Secret',
    fix: 'Take it in with `SopsSecret.fromFile`.',
  },
  'sops-not-encrypted': {
    severity: 'error',
    summary: 'A file that should be encrypted by sops is not',
    fix: 'Encrypt it, and change the value when it was in git.',
  },
  'sops-plaintext-leaked': {
    severity: 'error',
    summary: 'A value that should be encrypted stands in plain in the file',
    fix: 'Encrypt it, and change the value: it may be in git.',
  },
  'sops-private-key': {
    severity: 'error',
    summary: 'A private key stands where a public one belongs',
    fix: 'Give the public key, and replace the private one: it may be in git.',
  },
  'sops-recipient-invalid': {
    severity: 'error',
    summary: 'A recipient is no key in its form',
    fix: 'Copy the public key again.',
  },
  'sops-recipient-unsupported': {
    severity: 'error',
    summary: 'A recipient is of a kind that only the sops command can use',
    fix: 'Use age or PGP, or install sops.',
  },
  'sops-recipient-unusable': {
    severity: 'error',
    summary: 'The data key could not be encrypted for a recipient',
    fix: 'Check that its key can encrypt and has not expired.',
  },
  'sops-recipients-stale': {
    severity: 'warning',
    summary: 'The committed file is encrypted for others than the code says',
    fix: 'Run synth where a private key is.',
  },
  'sops-regex-invalid': {
    severity: 'error',
    summary: "An expression in `.sops.yaml` or in a file's metadata is no regular expression",
    fix: "Write it in Go's syntax.",
  },
  'sops-renewed': {
    severity: 'info',
    summary: 'The file had to change without a private key, so every value was encrypted anew',
    fix: 'Make sure that all values here are the right ones.',
  },
  'sops-reserved-key': {
    severity: 'error',
    summary: 'An object has a field `sops`, which is where sops keeps its own data',
    fix: 'Rename the field.',
  },
  'sops-rule-no-regex': {
    severity: 'warning',
    summary: 'A rule of `.sops.yaml` does not say which values of a manifest to encrypt',
    inCheck: true,
    atSynth: 'skip',
  },
  'sops-several-documents': {
    severity: 'error',
    summary: 'An encrypted file holds several documents',
    fix: 'Give each its own file.',
  },
  'sops-tampered': {
    severity: 'error',
    summary: "A value or the file's MAC does not fit: it was changed after it was encrypted",
    fix: 'Restore the file from git, or encrypt it anew.',
  },
  'sops-unsupported-yaml': {
    severity: 'error',
    summary: 'An encrypted file uses YAML that sops does not keep, such as anchors',
    fix: 'Write it in plain YAML and encrypt it anew.',
  },
  'sops-unverified': {
    severity: 'warning',
    summary:
      'The committed file is kept, and there is no private key to compare it with the values that are here',
    details: 'The values are named. A changed value is not published, and `synth --check` exits with 1.',
    fix: "Run where the private key is. When a value changed, raise the secret's revision.",
  },
  'sops-value-not-text': {
    severity: 'error',
    summary: 'A number or boolean was encrypted as an entry of a Secret, and the API server refuses it',
    inCheck: true,
  },
  'sops-yaml-invalid': {
    severity: 'error',
    summary: 'An encrypted file is no YAML',
    fix: 'Restore it from git.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
