import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail } from '../../findings/findings-error';
import { mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { readFile } from '../../tree/read-file';
import type { RegistryCredentials } from './credentials';

const MAX_CONFIG_BYTES = 1024 * 1024;
const HELPER_TIMEOUT = 30_000;
const DOCKER_HUB = 'https://index.docker.io/v1/';

/** The name that a helper returns if the secret is an identity token. */
const TOKEN_USER = '<token>';

/**
 * The credentials that `docker login` keeps for a registry, in its configuration or with a helper.
 *
 * @returns undefined where it keeps none
 * @throws FindingsError `registry-credentials-unreadable`
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export function dockerCredentials(
  registry: string,
  env: Readonly<Record<string, string | undefined>>,
): RegistryCredentials | undefined {
  const file = join(env.DOCKER_CONFIG ?? join(env.HOME ?? homedir(), '.docker'), 'config.json');
  const config = readConfig(file);
  if (!config) return undefined;
  const helper = ownEntry(mapOf(config.credHelpers), registry) ?? config.credsStore;
  const name = textOf(helper);
  const found = name === undefined ? undefined : askHelper(name, serverOf(registry), env);
  return found ?? storedCredentials(mapOf(config.auths), registry);
}

function readConfig(file: string): PlainMap | undefined {
  const { bytes, problem } = readFile(file, { maxBytes: MAX_CONFIG_BYTES });
  if (problem?.isMissing) return undefined;
  if (problem) return unreadable(file, problem.message);
  try {
    return mapOf(JSON.parse(bytes.toString('utf8')));
  } catch {
    // The parser's message quotes the file, which contains credentials.
    return unreadable(file, 'is not valid JSON');
  }
}

function storedCredentials(auths: PlainMap, registry: string): RegistryCredentials | undefined {
  const key = Object.keys(auths).find((name) => hostOf(name) === hostOf(serverOf(registry)));
  if (key === undefined) return undefined;
  const { auth, username, password, identitytoken } = mapOf(auths[key]);
  const text = Buffer.from(textOf(auth) ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = text.indexOf(':');
  const [user, secret] =
    colon >= 0
      ? [text.slice(0, colon), text.slice(colon + 1)]
      : [textOf(username) ?? '', textOf(password) ?? ''];
  const identityToken = textOf(identitytoken);
  if (user === '' && secret === '' && identityToken === undefined) return undefined;
  return { username: user, password: secret, ...(identityToken && { identityToken }) };
}

/** Runs `docker-credential-<name>`, as Docker does. */
function askHelper(
  name: string,
  server: string,
  env: Readonly<Record<string, string | undefined>>,
): RegistryCredentials | undefined {
  const program = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name)) return unreadable(program, 'is not a valid name for a credential helper');
  const { status, stdout, error } = spawnSync(program, ['get'], {
    // Windows looks for programs in the working folder first, where a repository could contain one.
    ...{ cwd: dirname(process.execPath), env: { ...env }, input: server, timeout: HELPER_TIMEOUT },
    ...{ maxBuffer: MAX_CONFIG_BYTES, windowsHide: true, stdio: ['pipe', 'pipe', 'ignore'] },
  });
  const problem = (error as NodeJS.ErrnoException | undefined)?.code;
  // A helper may answer without reading its input.
  if (error && problem !== 'EPIPE')
    return unreadable(program, `cannot be run: ${problem ?? 'unknown error'}`);
  const output = stdout.toString('utf8');
  if (status !== 0) {
    if (/credentials not found|no credentials|not found/i.test(output)) return undefined;
    return unreadable(program, `failed with exit code ${String(status)}`);
  }
  const { Username: username, Secret: secret } = parsedHelper(program, output);
  const [user, password] = [textOf(username) ?? '', textOf(secret) ?? ''];
  if (password === '') return undefined;
  return user === TOKEN_USER
    ? { username: '', password: '', identityToken: password }
    : { username: user, password };
}

function parsedHelper(program: string, output: string): PlainMap {
  try {
    return mapOf(JSON.parse(output));
  } catch {
    return unreadable(program, 'did not print JSON');
  }
}

function unreadable(what: string, why: string): never {
  return fail({
    code: 'registry-credentials-unreadable',
    message: `cannot read the credentials for the registry: ${JSON.stringify(what)} ${why}`,
    hint: 'run docker login again, or use --username and --password-stdin',
  });
}

function ownEntry(map: PlainMap, name: string): unknown {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Docker stores the credentials for Docker Hub under an old address. */
function serverOf(registry: string): string {
  return /^(?:index\.|registry-1\.)?docker\.io$/.test(registry) ? DOCKER_HUB : registry;
}

function hostOf(server: string): string {
  return server
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/s, '')
    .toLowerCase();
}
