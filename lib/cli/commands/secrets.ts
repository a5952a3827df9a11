import { resolve } from 'node:path';
import type { Command } from 'commander';
import { inventory, type InventoryItem } from '../../sops/inventory/inventory';
import { loadTree } from '../../tree/load-tree';
import { EXIT } from '../exit-code';
import { formatOption } from '../format-option';
import type { Io } from '../io';
import { printFindings } from '../print-findings';

interface SecretsOptions {
  readonly format: 'text' | 'json';
}

/** Adds `cdk8s-flux secrets`: what is secret in any repository, for whom, and what is not although it should be. */
export function addSecrets(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('secrets')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('list the secrets of a repository, and for whom they are encrypted')
    .description(
      'Lists every Secret and every file of sops in any repository with its recipients, and finds plaintext and stale recipients. It needs no key and decrypts nothing.',
    )
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux secrets                  the repository in this folder
  cdk8s-flux secrets --format json    for other programs`,
    )
    .action((dir: string, options: SecretsOptions) => exit(secrets(dir, options, io)));
}

function secrets(dir: string, options: SecretsOptions, io: Io): number {
  const loaded = loadTree(resolve(io.cwd, dir));
  const { items, findings } = inventory(loaded.tree);
  const all = [...loaded.findings, ...findings];
  if (options.format === 'json') io.stdout(`${JSON.stringify({ secrets: items, findings: all }, null, 2)}\n`);
  else {
    for (const item of items) io.stdout(formatItem(item));
    printFindings(all, io);
  }
  return all.some(({ severity }) => severity !== 'info') ? EXIT.findings : EXIT.clean;
}

function formatItem({ file, identity, encrypted, recipients }: InventoryItem): string {
  const name = identity
    ? [identity.kind, identity.namespace, identity.name].filter(Boolean).join('/')
    : 'unknown';
  const readers = encrypted ? recipients.map((recipient) => `  ${recipient}\n`).join('') : '  plain text\n';
  return `${file} ${name}\n${readers}`;
}
