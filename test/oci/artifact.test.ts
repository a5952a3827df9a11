import { gunzipSync } from 'node:zlib';
import { archiveOf, artifactOf, digestOf } from '../../lib/oci/artifact';
import { tarOf } from '../../lib/oci/tar';

/** A tree with files that an archive may get wrong: long text, repeated text, letters beyond ASCII, an empty file. */
const files = [
  { path: 'clusters/home/web.yaml', bytes: Buffer.from('apiVersion: v1\nkind: ConfigMap\n'.repeat(200)) },
  {
    path: 'apps/home/web/podinfo.yaml',
    bytes: Buffer.from([...Array(5000).keys()].map((n) => `key-${(n * 7919) % 104729}: ${n}\n`).join('')),
  },
  { path: `apps/home/${'nested/'.repeat(30)}äpfel.yaml`, bytes: Buffer.from('name: Äpfel\n') },
  { path: 'apps/home/empty.yaml', bytes: Buffer.alloc(0) },
];

describe('the archive of an artifact', () => {
  // The same on every version of Node: see docs/adr/0061. A change here is a change for every user.
  it('has these bytes', () => {
    expect(digestOf(tarOf(files))).toMatchInlineSnapshot(
      `"sha256:7e1ead8cad1e544aa69dc1002cbd767f974fe1bb43ccb7d34ac3e48453658ebb"`,
    );
    expect(digestOf(archiveOf(files))).toMatchInlineSnapshot(
      `"sha256:3e39edd845fb5333e93b2991e06ac6d099f29ec58e347bc6b515339ef13df180"`,
    );
  });

  it('is gzip, without a name, a time and a system', () => {
    const archive = archiveOf(files);
    expect(archive.subarray(0, 8)).toEqual(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]));
    expect(archive[9]).toBe(0xff);
    expect(gunzipSync(archive)).toEqual(tarOf(files));
  });
});

describe('an artifact', () => {
  const facts = {
    created: '2026-01-02T03:04:05Z',
    source: 'https://github.com/myorg/fleet',
    revision: 'sha1:0123456789012345678901234567890123456789',
  };

  it('has the form that Flux gives to its artifacts', () => {
    const { layer, config, manifest } = artifactOf(files, facts);
    expect(JSON.parse(manifest.bytes.toString('utf8'))).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.cncf.flux.config.v1+json',
        size: config.bytes.length,
        digest: digestOf(config.bytes),
      },
      layers: [
        {
          mediaType: 'application/vnd.cncf.flux.content.v1.tar+gzip',
          size: layer.bytes.length,
          digest: digestOf(archiveOf(files)),
        },
      ],
      annotations: {
        'org.opencontainers.image.created': facts.created,
        'org.opencontainers.image.revision': facts.revision,
        'org.opencontainers.image.source': facts.source,
      },
    });
    expect(manifest.digest).toBe(digestOf(manifest.bytes));
    expect(JSON.parse(config.bytes.toString('utf8'))).toMatchObject({
      rootfs: { type: 'layers', diff_ids: [digestOf(tarOf(files))] },
    });
  });

  it('is the same for the same files and facts, and contains nothing unknown', () => {
    expect(artifactOf([...files].reverse(), facts)).toEqual(artifactOf(files, facts));
    expect(JSON.parse(artifactOf(files).manifest.bytes.toString('utf8'))).toHaveProperty('annotations', {});
  });
});
