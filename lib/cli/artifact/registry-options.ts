import type { Command } from 'commander';
import { fail } from '../../findings/findings-error';
import { checkTag, parseAddress, type ArtifactAddress } from '../../oci/address';
import type { RegistryCredentials } from '../../oci/registry/credentials';
import { dockerCredentials } from '../../oci/registry/docker-config';
import { RegistryClient } from '../../oci/registry/registry-client';
import type { Io } from '../io';

/** The options that say how a registry is reached. */
export interface RegistryCommandOptions {
  readonly tag?: readonly string[];
  readonly username?: string;
  readonly passwordStdin?: true;
  readonly insecure?: true;
}

/** Adds the options that say how a registry is reached. */
export function addRegistryOptions(command: Command): Command {
  return command
    .option(
      '--username <name>',
      'the account, together with --password-stdin (default: the account of docker login)',
    )
    .option('--password-stdin', 'read the password or token from stdin')
    .option('--insecure', 'connect to the registry without TLS; always on for a registry on this machine');
}

/** Where an artifact goes to, with the tags that lead to it. */
export interface Target {
  readonly address: ArtifactAddress;
  readonly tags: readonly string[];
  readonly client: RegistryClient;
}

/**
 * Reads an address and the options beside it.
 *
 * @throws FindingsError `artifact-address-invalid`, `option-invalid`, `registry-credentials-unreadable`
 */
export function targetOf(text: string, options: RegistryCommandOptions, io: Io): Target {
  const address = parseAddress(text);
  const tags = [...new Set((options.tag ?? []).map(checkTag))];
  const credentials = credentialsOf(address.registry, options, io);
  return { address, tags, client: new RegistryClient(address, { credentials, insecure: options.insecure }) };
}

function credentialsOf(
  registry: string,
  { username, passwordStdin }: RegistryCommandOptions,
  io: Io,
): RegistryCredentials | undefined {
  if (username === undefined && !passwordStdin) return dockerCredentials(registry, io.env);
  const password = passwordStdin ? io.readStdin?.().replace(/\r?\n$/, '') : undefined;
  if (username !== undefined && password !== undefined && password !== '') return { username, password };
  return fail({
    code: 'option-invalid',
    field: '--username',
    message: '--username and --password-stdin need each other, and the password must not be empty',
    hint: 'pipe it: echo "$TOKEN" | cdk8s-flux artifact push ... --username ci --password-stdin',
  });
}
