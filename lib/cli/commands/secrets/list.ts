import type { Command } from 'commander';
import { siftAllowed } from '../../../config/allowance';
import { printable, printableJson } from '../../../findings/printable';
import { isAssumption } from '../../../graph/entries/assumptions';
import { Masker } from '../../../mask/masker';
import { inventory, type InventoryItem } from '../../../secrets/inventory';
import type { SecretReader } from '../../../secrets/readers';
import { GpgKeyring } from '../../../sops/keys/gpg-keyring';
import { findPrivateKeys } from '../../../sops/keys/private-keys';
import { EXIT } from '../../exit-code';
import { formatOption } from '../../format-option';
import type { Io } from '../../io';
import { loadProject } from '../../load-project';
import { projectGraph } from '../../project-graph';
import { note, printFindings } from '../../print-findings';

interface ListOptions {
  readonly format: 'text' | 'json';
}

/** Adds `cdk8s-flux secrets [dir]`: what is secret, for whom, and what is not although it should be. */
export function addSecretsList(secrets: Command, io: Io, exit: (code: number) => void): void {
  secrets
    .command('list', { isDefault: true })
    .argument('[dir]', 'the root of the repository', '.')
    .summary('list the secrets of a repository and their recipients')
    .description(
      'Lists every Secret and every file of sops in any repository with its recipients and the clusters that apply it, and finds plaintext, stale recipients, and objects that nothing decrypts. It needs no key. With a private key, it also finds values that environments share. It never prints a value.',
    )
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux secrets                  the repository in this folder
  cdk8s-flux secrets --format json    for other programs`,
    )
    .action((dir: string, options: ListOptions) => exit(list(dir, options, io)));
}

function list(dir: string, options: ListOptions, io: Io): number {
  const { project, tree, findings } = loadProject(io.cwd, dir);
  // A list of secrets is no reason to ask for a passphrase.
  const gpg = new GpgKeyring({ env: io.env, asks: false });
  const found = findPrivateKeys({ env: io.env, gpg });
  const graph = projectGraph({ project, tree });
  const listed = inventory(tree, { graph, keys: found.keys });
  const told = [...graph.findings.filter(isAssumption), ...findings, ...found.findings, ...listed.findings];
  const masker = Masker.of(graph, tree);
  const all = masker.findings(siftAllowed(told, project.allow).kept);
  if (options.format === 'json') {
    io.stdout(printableJson({ secrets: masker.data(listed.items), findings: all }), 'data');
  } else {
    printFindings(all.filter(isAssumption), io);
    for (const item of listed.items) io.stdout(formatItem(masker.data(item)));
    if (listed.items.length === 0) note('the repository has no Secrets and no encrypted files', io);
    printFindings(
      all.filter((found) => !isAssumption(found)),
      io,
    );
  }
  return all.some(({ severity }) => severity !== 'info') ? EXIT.findings : EXIT.clean;
}

function formatItem({ file, identity, encrypted, recipients, readers }: InventoryItem): string {
  const name = identity
    ? [identity.kind, identity.namespace, identity.name].filter(Boolean).join('/')
    : 'unknown';
  const lines = [...(encrypted ? recipients : ['plain text']), ...readers.map(formatReader)];
  return [`${file} ${name}`, ...lines.map((line) => `  ${line}`)]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function formatReader({ cluster, kustomization, decrypts, keySecret }: SecretReader): string {
  const how = decrypts ? `decrypts it with ${keySecret ?? 'keys of the controller'}` : 'does not decrypt it';
  return `cluster ${cluster}: ${kustomization} ${how}`;
}
