import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { findConfig } from '../../../config/load-config';
import { findUpwards } from '../../../config/find-upwards';
import { fail } from '../../../findings/findings-error';
import { printable } from '../../../findings/printable';
import { replaceFiles, type FileReplacement } from '../../../publish/replace-files';
import { isEncryptedFile } from '../../../secrets/encrypted-documents';
import { findPublicKeys } from '../../../secrets/public-keys';
import { rotateFiles } from '../../../secrets/rotate';
import { GpgKeyring } from '../../../sops/keys/gpg-keyring';
import { findPrivateKeys } from '../../../sops/keys/private-keys';
import { SopsCommand } from '../../../sops/sops-command';
import { isBelow, repositoryPath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import type { TreeFile } from '../../../tree/tree-file';
import { EXIT } from '../../exit-code';
import type { Io } from '../../io';
import { loadProject } from '../../load-project';
import { note, printFindings } from '../../print-findings';
import { withSlashes } from '../../../plain/with-slashes';

/** Adds `cdk8s-flux secrets rotate`: new data keys for encrypted files of any repository. */
export function addSecretsRotate(secrets: Command, io: Io, exit: (code: number) => void): void {
  secrets
    .command('rotate')
    .argument('[paths...]', 'files and folders; by default the whole repository')
    .summary('renew the data keys of encrypted files')
    .description(
      'Gives encrypted files of any repository new data keys, for the same recipients. It needs a private key for each file, and writes nothing unless all of them can be renewed. Plaintext stays in memory.',
    )
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux secrets rotate                 all encrypted files
  cdk8s-flux secrets rotate apps/payments   the encrypted files in one folder`,
    )
    .action((paths: string[]) => exit(rotate(paths, io)));
}

function rotate(paths: readonly string[], io: Io): number {
  const root = repositoryRoot(io.cwd);
  const { tree } = loadProject(io.cwd, root);
  const files = selectFiles(tree, paths, root, io.cwd);
  if (files.length === 0) note('there is no encrypted YAML file to renew', io);
  const gpg = new GpgKeyring({ env: io.env });
  const { keys, findings } = findPrivateKeys({ env: io.env, gpg });
  const publicKeys = findPublicKeys(tree);
  const rotated = rotateFiles(files, { keys, publicKeys, gpg, sops: new SopsCommand({ env: io.env }) });
  printFindings([...findings, ...rotated.flatMap((file) => file.findings)], io);
  if (rotated.some(({ bytes }) => bytes === undefined)) {
    note('nothing was written; to renew the others, give their paths', io);
    return EXIT.findings;
  }
  const replacements = rotated.flatMap(({ file, bytes }, index): FileReplacement[] => {
    const before = files[index]?.bytes;
    return bytes && before ? [{ path: file, before, bytes }] : [];
  });
  const changed = replaceFiles(root, replacements);
  if (changed.length > 0) {
    printFindings(changed, io);
    note('nothing was written', io);
    return EXIT.findings;
  }
  for (const { path } of replacements) io.stdout(`renewed ${printable(path)}\n`);
  return EXIT.clean;
}

/** The root that `cdk8s-flux.yaml` sets, otherwise the top of the git repository, otherwise the folder. */
function repositoryRoot(folder: string): string {
  const git = findUpwards('.git', folder);
  return findConfig(folder)?.root ?? (git === undefined ? resolve(folder) : dirname(git));
}

function selectFiles(tree: Tree, paths: readonly string[], root: string, cwd: string): TreeFile[] {
  const encrypted = tree.files.filter(isEncryptedFile);
  if (paths.length === 0) return encrypted;
  const wanted = paths.map((given) => ({ given, path: fromRoot(given, root, cwd) }));
  for (const { given, path } of wanted) {
    if (encrypted.some((file) => isBelow(file.path, path))) continue;
    fail({
      code: 'sops-not-encrypted',
      message: `there is no encrypted YAML file at or below ${JSON.stringify(given)}`,
      hint: 'cdk8s-flux secrets lists them',
    });
  }
  return encrypted.filter((file) => wanted.some(({ path }) => isBelow(file.path, path)));
}

function fromRoot(given: string, root: string, cwd: string): string {
  const path = relative(root, isAbsolute(given) ? given : resolve(cwd, given));
  return path === '' ? '' : repositoryPath(withSlashes(path));
}
