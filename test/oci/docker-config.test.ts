import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { dockerCredentials } from '../../lib/oci/registry/docker-config';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-docker-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function env(): Record<string, string | undefined> {
  return { DOCKER_CONFIG: folder, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` };
}

function config(content: unknown): void {
  writeFileSync(join(folder, 'config.json'), typeof content === 'string' ? content : JSON.stringify(content));
}

/** A Docker credential helper that runs a shell script. */
function helper(name: string, script: string): void {
  const file = join(folder, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

const auth = (text: string): string => Buffer.from(text).toString('base64');

describe('the credentials that Docker stores', () => {
  it.each<[string, unknown, string, object | undefined]>([
    [
      'in its configuration',
      { auths: { 'ghcr.io': { auth: auth('ci:a:b') } } },
      'ghcr.io',
      { username: 'ci', password: 'a:b' },
    ],
    [
      'under an address',
      { auths: { 'https://ghcr.io/v2/': { auth: auth('ci:x') } } },
      'ghcr.io',
      { username: 'ci' },
    ],
    [
      'in two fields',
      { auths: { 'ghcr.io': { username: 'ci', password: 'x' } } },
      'ghcr.io',
      { password: 'x' },
    ],
    [
      'as an identity token',
      { auths: { 'r.azurecr.io': { auth: auth('0:'), identitytoken: 't' } } },
      'r.azurecr.io',
      { identityToken: 't' },
    ],
    [
      'of Docker Hub',
      { auths: { 'https://index.docker.io/v1/': { auth: auth('ci:x') } } },
      'docker.io',
      { username: 'ci' },
    ],
    ['of another port', { auths: { 'localhost:5000': { auth: auth('ci:x') } } }, 'localhost:5001', undefined],
    [
      'of another registry',
      { auths: { 'ghcr.io': { auth: auth('ci:x') } } },
      'ghcr.io.example.com',
      undefined,
    ],
    ['in no field', { auths: { 'ghcr.io': {} } }, 'ghcr.io', undefined],
    ['in nothing of the usual form', { auths: 7, credHelpers: [] }, 'ghcr.io', undefined],
  ])('are found: %s', (_, content, registry, expected) => {
    config(content);
    const found = dockerCredentials(registry, env());
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  it('do not exist if Docker was never used', () => {
    expect(dockerCredentials('ghcr.io', env())).toBeUndefined();
  });

  it('come from a helper, which gets the registry', () => {
    config({ credHelpers: { 'ghcr.io': 'test' }, credsStore: 'none' });
    helper('test', 'read server; echo "{\\"Username\\":\\"$1-$server\\",\\"Secret\\":\\"x\\"}"');
    expect(dockerCredentials('ghcr.io', env())).toEqual({ username: 'get-ghcr.io', password: 'x' });
  });

  it('come from a helper as an identity token', () => {
    config({ credsStore: 'test' });
    helper('test', 'echo \'{"Username":"<token>","Secret":"t"}\'');
    expect(dockerCredentials('ghcr.io', env())).toMatchObject({ identityToken: 't' });
  });

  it('come from the configuration if the helper has none', () => {
    config({ credsStore: 'test', auths: { 'ghcr.io': { auth: auth('ci:x') } } });
    helper('test', 'echo "credentials not found in native keychain"; exit 1');
    expect(dockerCredentials('ghcr.io', env())).toMatchObject({ username: 'ci' });
  });

  it.each([
    ['a configuration that is not JSON', '{"auths": {"ghcr.io": {"auth": "aHVudGVyMg==', undefined],
    ['a helper that is not there', { credsStore: 'missing' }, undefined],
    ['a helper with a path in its name', { credsStore: '../test' }, undefined],
    ['a helper that fails', { credsStore: 'test' }, 'echo hunter2; exit 3'],
    ['a helper that prints something else', { credsStore: 'test' }, 'echo hunter2'],
  ])('fails for %s, and repeats none of it', (_, content, script) => {
    config(content);
    if (script !== undefined) helper('test', script);
    try {
      dockerCredentials('ghcr.io', env());
      throw new Error('it did not fail');
    } catch (error) {
      expect(String(error)).toContain('registry-credentials-unreadable');
      if (_.includes('path')) expect(String(error)).toContain('is not a valid name for a credential helper');
      expect(String(error)).not.toMatch(/hunter2|aHVudGVyMg/);
    }
  });
});
