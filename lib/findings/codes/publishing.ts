import type { CodeFacts } from './code-facts';

/** Files, paths and publishing. */
export const PUBLISHING_CODES = {
  'cluster-files-left': {
    severity: 'warning',
    summary: 'Files of a cluster that the code does not make any more lie beside those of its clusters',
    details:
      'Synth does not remove them: Flux would delete all that the cluster runs, and another app of the repository may make the cluster. In `cluster-resources/`, and with `output`, they are removed as those of a FluxApp are.',
    fix: 'Delete the folders with the command of the hint when the cluster is gone. Accept the finding with `allow` when another app makes the cluster.',
  },
  'file-case-collision': {
    severity: 'error',
    summary: 'Two paths differ only in the case of letters. macOS and Windows would store one file for both',
    fix: 'Give one of them another id, or another file name.',
    inCheck: true,
  },
  'file-changed': {
    severity: 'error',
    summary: 'An encrypted file changed on disk while `cdk8s-flux secrets rotate` was renewing it',
    details: 'Nothing is written.',
    fix: 'Run the command again.',
  },
  'file-collision': {
    severity: 'error',
    summary: 'Two constructs want one file, and only one of them could be stored',
    fix: 'Give one of them another id, or name its file with `setFile` or the prop `file`.',
    inCheck: true,
  },
  'file-edited': {
    severity: 'error',
    summary: 'A file of ours was changed by hand after the last synth',
    details: "It is kept, because a person's work must not be lost.",
    fix: 'Put the change into the code, then run `cdk8s-flux synth --overwrite <path>`.',
  },
  'file-name-invalid': {
    severity: 'error',
    summary: 'A file name does not end in `.yaml` or `.yml`, or leads out of its directory',
    details: 'Flux would not read it, or another owner would.',
    fix: 'Give a name that ends in `.yaml` and stays in the directory.',
  },
  'file-not-ours': {
    severity: 'error',
    summary: 'The code wants a file that is there already, and no record says that cdk8s-flux wrote it',
    details:
      'The finding lists what differs, by object and field, and what synth adds by itself. When both hold the same objects, it says that overwriting is safe; [moving in](moving-in.md) takes a repository over this way.',
    fix: 'Move the file away, give the construct another id, or overwrite it with `--overwrite <path>`.',
  },
  'file-unreadable': {
    severity: 'error',
    summary: 'A file that the code names cannot be read',
    fix: 'Give the path from the folder in which synth runs.',
    inCheck: true,
  },
  'files-left-out': {
    severity: 'error',
    summary:
      'A folder has manifests that Flux applies, and the `kustomization.yaml` that synth is about to write does not list them',
    details:
      'Without a `kustomization.yaml`, Flux applies all manifests in a folder. With the new one it would apply only what the code makes, and delete the rest from the cluster. Nothing is written.',
    fix: 'Describe the files in the code, list them with `kustomize: { resources: [...] }`, or delete them.',
  },
  'journal-ignored': {
    severity: 'warning',
    summary:
      'A file where synth keeps the journal of a run is not a journal of this version, or it is in the published folder of a git repository, where a clone could have put it',
    details: 'Synth goes on without it.',
    fix: 'Delete the file. When a run was killed before, files that it had written may be reported as `file-not-ours`: look at them, then run again with `--overwrite <path>`.',
  },
  'link-outside-repository': {
    severity: 'error',
    summary:
      'A file would be written through a symbolic link that leads out of the repository, or into its git directory',
    details: 'Nothing is written at all.',
    fix: 'Replace the link by a folder.',
  },
  'merge-conflict': {
    severity: 'error',
    summary: 'A file has merge-conflict markers, and not all of its lines were written by the code',
    details: 'A YAML file that is read in reports it too.',
    fix: 'Resolve the conflict in the code, then run again with `--overwrite <path>`.',
    inCheck: true,
  },
  'owner-outside-output': {
    severity: 'error',
    summary: 'A file would be written outside of the folder that `output` in `cdk8s-flux.yaml` names',
    details: 'Without `output`, synth publishes to the `path` and the `directory` of each Cluster.',
    fix: 'Remove `output` from `cdk8s-flux.yaml`, or set it to a folder that holds the `path` and the `directory` of every Cluster.',
  },
  'path-blocked': {
    severity: 'error',
    summary:
      'A folder, a link or a device stands where a file is to be written, or a file where a folder is needed',
    details:
      'The same goes for records, and for the lock and the journal in the git directory. Nothing is written at all.',
    fix: 'Move it away, or give the construct another id. Delete what stands in place of the lock or the journal.',
  },
  'path-invalid': {
    severity: 'error',
    summary:
      'A segment of a path cannot be stored by every file system, or leads into the folder that git keeps its own files in',
    details: 'That is `.git`, in any spelling, or a link to it.',
    fix: 'Use letters, digits, `-`, `_` and `.`, end no segment in `.` or a space, and name no folder in `.git`.',
  },
  'path-outside-repository': {
    severity: 'error',
    summary: 'A path leads out of the repository',
    details:
      'Nothing outside of it is ever written. For `root` in `cdk8s-flux.yaml`, the repository is the folder that holds `.git`; without git, it is the folder of the file.',
    fix: "Give a path from the repository's root.",
  },
  'path-reserved': {
    severity: 'error',
    summary:
      'A file is to be written into a git directory, or where cdk8s-flux keeps its records and its state',
    details: 'Nothing is written.',
    fix: 'Give the file, or the picture in `cdk8s-flux.yaml`, another path.',
  },
  'publish-failed': {
    severity: 'error',
    summary: 'The file system refused an operation',
    fix: 'Mend the cause and run again: the next run completes what this one began.',
  },
  'publish-locked': {
    severity: 'error',
    summary: 'Another run writes to the same repository and did not end in time',
    fix: 'Wait for it. When there is no such process, delete the lock file that the message names.',
  },
  'record-entry-ignored': {
    severity: 'warning',
    summary: 'A record (`.cdk8s-flux.json`) lists a file that cdk8s-flux does not write from that folder',
    details:
      'A record lists manifests below its own folder, the Flux Kustomization that applies the folder, and at the output the pictures and the `.sops.yaml` that the configuration names. Synth leaves the file alone, and writes the record again without it.',
    fix: 'Delete the file if you do not need it. Look at the change that put it into the record.',
  },
  'record-invalid': {
    severity: 'error',
    summary: 'The file `.cdk8s-flux.json` in a folder that synth writes to is not a record',
    details:
      'Nothing is written, since synth would have to replace it. In other folders it is a warning, and the file stays.',
    fix: 'Restore the file from git, or delete it.',
  },
  'record-version': {
    severity: 'error',
    summary: 'A newer version of this package wrote an ownership record',
    details: 'An older one could misread it and remove files.',
    fix: 'Update the package.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
