import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { artifactOf } from '../../lib/oci/artifact';
import { pushArtifact, tagArtifact } from '../../lib/oci/push-artifact';
import { RegistryClient } from '../../lib/oci/registry/registry-client';
import { skipped } from '../tools/find-tool';
import { buildGoProgram } from '../tools/go-program';

const built = buildGoProgram(join(__dirname, 'oracle'));

/** What the source-controller finds at an address. */
interface Fetched {
  readonly digest: string;
  readonly configType: string;
  readonly layerType: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

describe('an artifact in a real registry', () => {
  if ('reason' in built) return skipped('is what the source-controller unpacks', built.reason);
  let server: ChildProcess;
  let registry: string;
  beforeAll(async () => {
    server = spawn(built.binary, ['serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    registry = line.toString('utf8').trim();
  });
  afterAll(async () => {
    server.stdin?.end();
    await once(server, 'exit');
  });

  it('is unpacked by the source-controller unchanged', async () => {
    const texts = {
      'clusters/home/web.yaml': 'a: 1\n',
      [`apps/${'nested/'.repeat(40)}äpfel.yaml`]: 'b: 2\n'.repeat(5000),
      'apps/empty.yaml': '',
    };
    const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
    const artifact = artifactOf(files, { revision: 'sha1:abc' });
    const client = new RegistryClient({ registry, repository: 'myorg/fleet' });
    await pushArtifact(client, artifact, ['main']);
    await tagArtifact(client, 'main', ['production']);
    const input = JSON.stringify({ url: `${registry}/myorg/fleet:production` });
    const fetched = JSON.parse(execFileSync(built.binary, ['fetch'], { input }).toString('utf8')) as Fetched;
    expect(fetched).toEqual({
      digest: artifact.manifest.digest,
      configType: 'application/vnd.cncf.flux.config.v1+json',
      layerType: 'application/vnd.cncf.flux.content.v1.tar+gzip',
      annotations: { 'org.opencontainers.image.revision': 'sha1:abc' },
      files: texts,
    });
  });
});
