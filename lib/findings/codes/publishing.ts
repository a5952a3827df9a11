import type { CodeFacts } from './code-facts';

/** Files, paths and publishing. */
export const PUBLISHING_CODES = {
  'cluster-files-left': {
    severity: 'warning',
    summary: 'The repository still has files of a cluster that the code no longer creates',
    details:
      'Synth does not remove them: Flux would delete everything that the cluster runs, and another app in the repository may create the cluster. In `cluster-resources/`, and with `output`, synth does remove them, as it removes the files of a FluxApp.',
    fix: 'If the cluster is gone, delete the folders with the command in the hint. If another app creates the cluster, accept the finding with `allow`.',
  },
  'file-case-collision': {
    severity: 'error',
    summary: 'Two paths differ only in upper and lower case. macOS and Windows would store them as one file',
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
    summary: 'Two constructs would write the same file',
    fix: 'Give one of them another id, or name its file with `setFile` or the prop `file`.',
    inCheck: true,
  },
  'file-edited': {
    severity: 'error',
    summary: 'Someone edited a file that synth wrote',
    details: 'Synth keeps the file, so that no work is lost.',
    fix: 'Put the change into the code, then run `cdk8s-flux synth --overwrite <path>`.',
  },
  'file-name-invalid': {
    severity: 'error',
    summary: 'A file name does not end in `.yaml` or `.yml`, or points outside its directory',
    details: 'Flux would not read the file, or it would belong to another directory.',
    fix: 'Use a name that ends in `.yaml` and stays in the directory.',
  },
  'file-not-ours': {
    severity: 'error',
    summary:
      'The code would write a file that already exists and that no record lists as written by cdk8s-flux',
    details:
      'The finding lists the differences by object and field, and what synth adds by default. If both contain the same objects, it says that overwriting is safe. [Moving in](moving-in.md) uses this to take a repository over.',
    fix: 'Move the file away, give the construct another id, or overwrite it with `--overwrite <path>`.',
  },
  'file-unreadable': {
    severity: 'error',
    summary: 'A file that the code names cannot be read',
    fix: 'Use the path from the folder in which synth runs.',
    inCheck: true,
  },
  'files-left-out': {
    severity: 'error',
    summary:
      'A folder has manifests that Flux applies, but the `kustomization.yaml` that synth would write does not list them',
    details:
      'Without a `kustomization.yaml`, Flux applies all manifests in a folder. With the new one, it would apply only the files that the code generates, and delete the rest from the cluster. Synth writes nothing.',
    fix: 'Describe the files in the code, list them with `kustomize: { resources: [...] }`, or delete them.',
  },
  'files-taken-in': {
    severity: 'error',
    summary: 'A folder of encrypted Secrets has manifests of someone else, which Flux would apply',
    details:
      "With `output: 'shared'` of a Fleet, a folder that has only encrypted Secrets needs no `kustomization.yaml`: Flux applies every manifest in it. Synth reports manifests that it did not write, and writes nothing.",
    fix: 'Describe the files in the code, move them to another folder, or delete them.',
  },
  'journal-ignored': {
    severity: 'warning',
    summary:
      'The journal of a run was not written by this version, or it is in the published folder of a git repository, where anyone could have committed it',
    details: 'Synth ignores it.',
    fix: 'Delete the file. If a run was killed before, synth may report the files it had written as `file-not-ours`: check them, then run again with `--overwrite <path>`.',
  },
  'link-outside-repository': {
    severity: 'error',
    summary:
      'A file would be written through a symbolic link that points outside the repository or into its git directory',
    details: 'Nothing is written at all.',
    fix: 'Replace the link with a folder.',
  },
  'merge-conflict': {
    severity: 'error',
    summary: 'A file has merge-conflict markers, and some of its lines were not written by the code',
    details: 'YAML files that the code reads are checked too.',
    fix: 'Resolve the conflict in the code, then run again with `--overwrite <path>`.',
    inCheck: true,
  },
  'owner-outside-output': {
    severity: 'error',
    summary: 'A file would be written outside the folder that `output` in `cdk8s-flux.yaml` sets',
    details: 'Without `output`, synth publishes to the `path` and the `directory` of each Cluster.',
    fix: 'Remove `output` from `cdk8s-flux.yaml`, or set it to a folder that contains the `path` and the `directory` of every Cluster.',
  },
  'path-blocked': {
    severity: 'error',
    summary:
      'Synth cannot write a file because a folder, a link or a device has its path, or a file has the path of its folder',
    details:
      'This also applies to records, and to the lock and the journal in the git directory. Synth writes nothing.',
    fix: 'Move it away, or give the construct another id. Delete whatever has the path of the lock or the journal.',
  },
  'path-invalid': {
    severity: 'error',
    summary: "A part of a path is not valid on every file system, or points into git's own folder",
    details: "Git's own folder is `.git`, in upper or lower case, or a link to it.",
    fix: 'Use letters, digits, `-`, `_` and `.`, do not end a part with `.` or a space, and do not use `.git`.',
  },
  'path-outside-repository': {
    severity: 'error',
    summary: 'A path points outside the repository',
    details:
      'Synth never writes outside the repository. For `root` in `cdk8s-flux.yaml`, the repository is the folder that contains `.git`; without git, it is the folder of the file.',
    fix: 'Use a path from the root of the repository.',
  },
  'path-reserved': {
    severity: 'error',
    summary:
      'A file would be written into a git directory, or to a path that cdk8s-flux uses for its records or state',
    details: 'Nothing is written.',
    fix: 'Choose another path for the file, or for the picture in `cdk8s-flux.yaml`.',
  },
  'publish-failed': {
    severity: 'error',
    summary: 'The file system refused an operation',
    fix: 'Fix the cause and run again: the next run completes this one.',
  },
  'publish-locked': {
    severity: 'error',
    summary: 'Another run is writing to the same repository and did not finish in time',
    fix: 'Wait for it. If there is no such process, delete the lock file that the message names.',
  },
  'record-entry-ignored': {
    severity: 'warning',
    summary: 'A record (`.cdk8s-flux.json`) lists a file that cdk8s-flux does not write from that folder',
    details:
      'A record may list manifests below its own folder and the Flux Kustomization that applies the folder. The record of the output may also list the pictures and the `.sops.yaml` that the configuration names. Synth keeps the file and removes it from the record.',
    fix: 'Delete the file if you do not need it. Find out which change put it into the record.',
  },
  'record-invalid': {
    severity: 'error',
    summary: 'The file `.cdk8s-flux.json` in a folder that synth writes to is not a record',
    details:
      'Synth would have to replace the file, so it writes nothing. In other folders this is a warning, and the file stays.',
    fix: 'Restore the file from git, or delete it.',
  },
  'record-version': {
    severity: 'error',
    summary: 'A newer version of this package wrote a record',
    details: 'An older version could misread the record and remove files.',
    fix: 'Update the package.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
