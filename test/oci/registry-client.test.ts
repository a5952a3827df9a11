import type { ServerResponse } from 'node:http';
import { artifactOf } from '../../lib/oci/artifact';
import { pushArtifact, tagArtifact } from '../../lib/oci/push-artifact';
import type { RegistryCredentials } from '../../lib/oci/registry/credentials';
import { RegistryClient } from '../../lib/oci/registry/registry-client';
import { FakeRegistry, type AskedOfRegistry } from './fake-registry';

const artifact = artifactOf([{ path: 'clusters/home/web.yaml', bytes: Buffer.from('a: 1\n') }]);
const credentials: RegistryCredentials = { username: 'ci', password: 'hunter2' };
const basic = `Basic ${Buffer.from('ci:hunter2').toString('base64')}`;
let registry: FakeRegistry;
let other: FakeRegistry;
let slept: number[];

beforeEach(async () => {
  registry = await new FakeRegistry().start();
  other = await new FakeRegistry().start();
  slept = [];
});
afterEach(() => Promise.all([registry.stop(), other.stop()]));

function client(given?: RegistryCredentials): RegistryClient {
  const sleep = (milliseconds: number): Promise<void> => Promise.resolve(void slept.push(milliseconds));
  const address = { registry: registry.host, repository: 'myorg/fleet' };
  return new RegistryClient(address, { credentials: given, clock: { sleep } });
}

function push(given?: RegistryCredentials, ...tags: string[]): Promise<boolean> {
  return pushArtifact(client(given), artifact, tags);
}

/** Checks that there was an answer. */
function done(_: unknown): true {
  return true;
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it succeeded',
    (error: unknown) => String(error),
  );
}

/** Asks for a token that the registry itself issues. */
function askForToken({ authorization, path }: AskedOfRegistry, response: ServerResponse): boolean {
  if (path.startsWith('/token') || authorization === 'Bearer token-1') return false;
  const challenge = `Bearer realm="http://${registry.host}/token",service="registry",scope="repository:myorg/fleet:pull,push"`;
  response.writeHead(401, { 'www-authenticate': challenge }).end();
  return true;
}

function giveToken(response: ServerResponse): true {
  response.writeHead(200).end(JSON.stringify({ token: 'token-1' }));
  return true;
}

describe('pushing an artifact', () => {
  it('stores the archive and the configuration before the manifest', async () => {
    await expect(push(undefined, 'main', 'staging')).resolves.toBe(true);
    const { layer, config, manifest } = artifact;
    expect(registry.blobs).toEqual(new Map([layer, config].map(({ digest, bytes }) => [digest, bytes])));
    expect([...registry.manifests.keys()]).toEqual(['main', manifest.digest, 'staging']);
    expect(registry.manifests.get('main')).toEqual({ type: manifest.mediaType, bytes: manifest.bytes });
    expect(registry.asked.at(-1)?.path).toBe('/v2/myorg/fleet/manifests/staging');
  });

  it('sends nothing that the registry already has', async () => {
    await push(undefined, 'main');
    registry.asked.length = 0;
    await expect(push(undefined, 'main')).resolves.toBe(false);
    expect(registry.asked.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'PUT']);
  });

  it('stores the manifest by its digest if there is no tag', async () => {
    await push();
    expect([...registry.manifests.keys()]).toEqual([artifact.manifest.digest]);
  });

  it('adds tags to an existing manifest, with the same bytes', async () => {
    await push(undefined, 'staging');
    const { digest } = await tagArtifact(client(), 'staging', ['production']);
    expect(digest).toBe(artifact.manifest.digest);
    expect(registry.manifests.get('production')).toEqual(registry.manifests.get('staging'));
  });
});

describe('logging in to a registry', () => {
  it('sends username and password if the registry asks for them', async () => {
    registry.answering = ({ authorization }, response) => {
      if (authorization === basic) return false;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end();
      return true;
    };
    await push(credentials, 'main');
    expect(registry.asked.filter(({ authorization }) => authorization === undefined)).toHaveLength(1);
  });

  it('exchanges them for a token if the registry asks for one', async () => {
    registry.answering = (asked, response) =>
      askForToken(asked, response) || (asked.path.startsWith('/token') && giveToken(response));
    await push(credentials, 'main');
    const [token, ...more] = registry.asked.filter(({ path }) => path.startsWith('/token'));
    expect(more).toEqual([]);
    expect(token).toMatchObject({
      authorization: basic,
      path: '/token?service=registry&scope=repository%3Amyorg%2Ffleet%3Apull%2Cpush',
    });
  });

  it('exchanges an identity token as in OAuth', async () => {
    registry.answering = (asked, response) =>
      askForToken(asked, response) || (asked.path.startsWith('/token') && giveToken(response));
    await push({ username: '', password: '', identityToken: 'refresh-1' }, 'main');
    const token = registry.asked.find(({ path }) => path.startsWith('/token'));
    expect(token).toMatchObject({ method: 'POST', authorization: undefined });
    expect(token?.body.toString('utf8')).toContain('grant_type=refresh_token&refresh_token=refresh-1');
  });

  it('fails without a login, and explains how to log in', async () => {
    registry.answering = (_, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end();
      return true;
    };
    await expect(push(undefined, 'main')).rejects.toThrow(/answered 401 to HEAD blobs\/.*\n.*docker login/);
  });

  it('fails once if the login is refused', async () => {
    registry.answering = (_, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end();
      return true;
    };
    await expect(push(credentials, 'main')).rejects.toThrow(/answered 401/);
    expect(registry.asked).toHaveLength(2);
  });
});

describe('a registry that fails', () => {
  it('gets the request again after a server error, and after a limit', async () => {
    let faults = 0;
    registry.answering = (_, response) => {
      faults += 1;
      if (faults > 3) return false;
      response.writeHead(faults === 2 ? 429 : 503, faults === 2 ? { 'retry-after': '2' } : {}).end();
      return true;
    };
    await push(undefined, 'main');
    expect(slept).toEqual([500, 2000, 2000]);
  });

  it('fails after four attempts', async () => {
    registry.answering = (_, response) => done(response.destroy());
    await expect(push(undefined, 'main')).rejects.toThrow(/did not answer HEAD .*: no connection/);
    expect(registry.asked).toHaveLength(4);
  });

  it('delays a request by at most half a minute', async () => {
    registry.answering = (_, response) => {
      response.writeHead(429, { 'retry-after': '99999' }).end();
      return true;
    };
    await expect(push(undefined, 'main')).rejects.toThrow(/answered 429/);
    expect(slept).toEqual([30_000, 30_000, 30_000]);
  });

  it.each(['a word', '', '{"errors":"none"}', '[]'])(
    'fails on a refusal in an unknown form: %j',
    async (body) => {
      registry.answering = (_, response) => done(response.writeHead(403).end(body));
      expect(await refusal(push(undefined, 'main'))).toContain('answered 403');
    },
  );

  it('fails if it stores other bytes', async () => {
    registry.answering = ({ method, path }, response) => {
      if (method !== 'PUT' || !path.includes('/manifests/')) return false;
      response.writeHead(201, { 'docker-content-digest': 'sha256:other' }).end();
      return true;
    };
    await expect(push(undefined, 'main')).rejects.toThrow(/artifact-digest-differs/);
  });

  it('fails if the manifest of a digest is another one', async () => {
    await push(undefined, 'main');
    const wanted = `sha256:${'0'.repeat(64)}`;
    registry.manifests.set(wanted, { type: 'x', bytes: artifact.manifest.bytes });
    await expect(tagArtifact(client(), wanted, ['production'])).rejects.toThrow(/artifact-digest-differs/);
    expect(registry.manifests.has('production')).toBe(false);
  });

  it('fails if there is no such tag', async () => {
    await expect(tagArtifact(client(), 'none', ['production'])).rejects.toThrow(
      /answered 404 to GET manifests\/none: MANIFEST_UNKNOWN: no such tag/,
    );
  });
});

describe('a hostile registry', () => {
  it('gets no credentials sent to another host by a redirect', async () => {
    registry.answering = ({ authorization, method, path }, response) => {
      if (authorization !== basic) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end();
        return true;
      }
      if (method !== 'HEAD') return false;
      response.writeHead(307, { location: `http://${other.host}${path}` }).end();
      return true;
    };
    await push(credentials, 'main');
    expect(other.asked).toHaveLength(2);
    expect(other.asked.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('gets no credentials sent to another host by the address of an upload', async () => {
    registry.answering = ({ authorization, method, path }, response) => {
      if (authorization !== basic) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end();
        return true;
      }
      if (method !== 'POST') return false;
      response.writeHead(202, { location: `http://${other.host}${path}upload` }).end();
      return true;
    };
    await push(credentials, 'main');
    expect(other.asked.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
    expect(other.asked.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it.each(['file:///etc/passwd', 'http://ci:x@127.0.0.1/', 'ftp://127.0.0.1/', 'http://'])(
    'is not followed to %s',
    async (location) => {
      registry.answering = (_, response) => done(response.writeHead(307, { location }).end());
      await expect(push(undefined, 'main')).rejects.toThrow(/redirects to an address that is not allowed/);
      expect(registry.asked).toHaveLength(1);
    },
  );

  it('is not followed forever', async () => {
    registry.answering = ({ path }, response) => done(response.writeHead(307, { location: path }).end());
    await expect(push(undefined, 'main')).rejects.toThrow(/too many redirects/);
    expect(registry.asked).toHaveLength(6);
  });

  it('is not read without end', async () => {
    registry.answering = (_, response) => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
      return true;
    };
    await expect(tagArtifact(client(), 'main', ['x'])).rejects.toThrow(/more than 4194304 bytes/);
    expect(registry.asked).toHaveLength(1);
  });

  it('cannot make us print a secret that it repeats, or a control character', async () => {
    registry.answering = ({ authorization, method }, response) => {
      if (authorization !== basic) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end();
        return true;
      }
      if (method === 'HEAD') return false;
      const message = `no hunter2, ${basic}\u001b[31m\n::error::x`;
      response.writeHead(403).end(JSON.stringify({ errors: [{ code: 'DENIED', message }] }));
      return true;
    };
    const shown = await refusal(push(credentials, 'main'));
    expect(shown).toContain('answered 403 to POST blobs/uploads/: DENIED: no ***, Basic ***');
    expect(shown).not.toMatch(/hunter2|Y2k6aHVudGVyMg/);
    expect(shown).not.toContain('\u001b');
    expect(shown).not.toMatch(/^::/m);
  });

  it('gets no token from an address without http', async () => {
    registry.answering = (_, response) => {
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="file:///etc/passwd"' }).end();
      return true;
    };
    await expect(push(credentials, 'main')).rejects.toThrow(/redirects to an address that is not allowed/);
  });
});
