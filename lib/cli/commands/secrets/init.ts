import { FLUX_NAMESPACE } from '../../../kinds/names';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { findProject } from '../../../config/project';
import { fail, throwErrors } from '../../../findings/findings-error';
import { shellQuoted } from '../../../findings/shell-quoted';
import {
  checkPrivateKeyFile,
  isAge,
  keyFileExists,
  KEY_PAIR_KINDS,
  makeKeyPair,
  privateKeyText,
  writeNewFile,
  type KeyPairKind,
} from '../../../secrets/key-pair';
import { EXIT } from '../../exit-code';
import type { Io } from '../../io';
import { withSlashes } from '../../../plain/with-slashes';

interface InitOptions {
  readonly type: KeyPairKind;
  readonly privateKey?: string;
  readonly publicKey?: string;
  readonly secret?: string;
  readonly namespace: string;
}

/** Adds `cdk8s-flux secrets init`: a key pair for a cluster, and what to do with both halves. */
export function addSecretsInit(secrets: Command, io: Io, exit: (code: number) => void): void {
  secrets
    .command('init')
    .argument('<name>', 'the cluster that the key pair is for')
    .summary('create a key pair for a cluster')
    .description(
      'Creates a key pair for a cluster. The private key goes to a file outside git that only you can read; the public key goes into the repository (PGP) or into your code (age). Prints what to do next.',
    )
    .addOption(new Option('--type <type>', 'the kind of key').choices(KEY_PAIR_KINDS).default('age'))
    .option(
      '--private-key <file>',
      'the file of the private key (default: cdk8s-flux/<name>.agekey or .asc in the folder of your configuration)',
    )
    .option(
      '--public-key <file>',
      'the file of a PGP public key (default: keys/<name>.asc in the repository)',
    )
    .option('--secret <name>', 'the Secret in the cluster (default: sops-age or sops-gpg)')
    .option('--namespace <name>', 'the namespace of that Secret', FLUX_NAMESPACE)
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux secrets init home                    an age key
  cdk8s-flux secrets init home --type pgp-rsa     a PGP key (RSA, 4096 bits)`,
    )
    .action((name: string, options: InitOptions) => exit(init(name, options, io)));
}

function init(name: string, options: InitOptions, io: Io): number {
  checkName(name);
  const { root } = findProject(io.cwd);
  const privateFile =
    options.privateKey === undefined
      ? defaultFile(name, options.type, io)
      : resolve(io.cwd, options.privateKey);
  const publicFile = isAge(options.type)
    ? undefined
    : options.publicKey === undefined
      ? join(root, 'keys', `${name}.asc`)
      : resolve(io.cwd, options.publicKey);
  throwErrors([
    ...checkPrivateKeyFile(privateFile),
    ...(publicFile !== undefined && existsSync(publicFile) ? [keyFileExists(publicFile)] : []),
  ]);
  const made = makeKeyPair(options.type, name);
  writeNewFile(privateFile, privateKeyText(options.type, made, new Date()), 0o600);
  if (publicFile !== undefined) writeNewFile(publicFile, made.publicKey, 0o644);
  const publicPath = publicFile && withSlashes(relative(root, publicFile));
  io.stdout(nextSteps({ name, options, privateFile, publicPath, id: made.id }));
  return EXIT.clean;
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9][-._A-Za-z0-9]{0,62}$/.test(name)) return;
  fail({
    code: 'key-name-invalid',
    message: `got the name ${JSON.stringify(name)}; expected letters, digits, "-", "_" and ".", at most 63`,
    hint: 'give the name of the cluster, for example: cdk8s-flux secrets init home',
  });
}

function defaultFile(name: string, type: KeyPairKind, { env }: Io): string {
  const folder = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
  return join(folder, 'cdk8s-flux', `${name}.${isAge(type) ? 'agekey' : 'asc'}`);
}

interface Made {
  readonly name: string;
  readonly options: InitOptions;
  readonly privateFile: string;
  readonly publicPath?: string;
  readonly id: string;
}

function nextSteps({ name, options, privateFile, publicPath, id }: Made): string {
  const age = isAge(options.type);
  const secret = options.secret ?? (age ? 'sops-age' : 'sops-gpg');
  const file = shellQuoted(privateFile);
  const recipient = age ? `age: '${id}'` : `pgp: [{ fingerprint: '${id}', publicKeyFile: '${publicPath}' }]`;
  const named = options.secret === undefined ? '' : `, secretName: '${secret}'`;
  const needs =
    options.type === 'age-pq' ? '\nPost-quantum keys need Flux 2.9 and sops 3.12, or newer.\n' : '';
  const byHand = age ? `export SOPS_AGE_KEY_FILE=${file}` : `gpg --import ${file}`;
  return `private key: ${privateFile}
public key:  ${age ? id : `${publicPath} (${id})`}

In your code, encrypt for the cluster ${JSON.stringify(name)}:
  sops: { ${recipient}${named} },

Create the Secret with the private key in the cluster:
  kubectl create secret generic ${secret} --namespace=${options.namespace} --from-file=${age ? 'age.agekey' : 'sops.asc'}=${file}

Back up the private key, for example in a password manager: if the cluster is lost, nobody can decrypt the
secrets without it. Then remove it from this machine, or keep it to compare and edit secrets here:
  ${byHand}
${needs}`;
}
