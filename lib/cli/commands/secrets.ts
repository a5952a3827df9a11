import type { Command } from 'commander';
import type { Io } from '../io';
import { addSecretsInit } from './secrets/init';
import { addSecretsList } from './secrets/list';
import { addSecretsRotate } from './secrets/rotate';

/** Adds `cdk8s-flux secrets`: what is secret in any repository, and the keys to it. */
export function addSecrets(program: Command, io: Io, exit: (code: number) => void): void {
  const secrets = program
    .command('secrets')
    .summary('list the secrets of a repository, create keys, and renew data keys')
    .description(
      'Lists the secrets of any repository (you can omit `list`), creates keys, and renews data keys.',
    )
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux secrets                the secrets of the repository in this folder
  cdk8s-flux secrets init home      a key pair for the cluster "home"
  cdk8s-flux secrets rotate apps    new data keys for what is encrypted in a folder`,
    )
    .helpCommand(false);
  for (const add of [addSecretsList, addSecretsInit, addSecretsRotate]) add(secrets, io, exit);
}
