import { createHash } from 'node:crypto';
import type * as Fflate from 'fflate';
import { lazy } from '../plain/lazy';
import { tarOf, type ArchivedFile } from './tar';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- most commands do not need it
const fflate = lazy(() => require('fflate') as typeof Fflate);

/** What Flux calls the parts of its artifacts. @see https://fluxcd.io/flux/cmd/flux_push_artifact/ */
export const CONFIG_TYPE = 'application/vnd.cncf.flux.config.v1+json';
/** The media type of the archive. */
export const CONTENT_TYPE = 'application/vnd.cncf.flux.content.v1.tar+gzip';
/** The media type of the manifest. */
export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

/** What an artifact says of where it comes from. */
export interface ArtifactFacts {
  /**
   * When the commit was made, as RFC 3339 has it. Not when the artifact was made: that would differ each time.
   *
   * @default - not said
   */
  readonly created?: string;
  /**
   * The address of the Git repository.
   *
   * @default - not said
   */
  readonly source?: string;
  /**
   * The branch and the commit, as Flux writes them: `main@sha1:<commit>`.
   *
   * @default - not said
   */
  readonly revision?: string;
  /**
   * More annotations.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Bytes of a registry, with what they are named by. */
export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** An artifact as a registry keeps it. */
export interface Artifact {
  /** The archive. */
  readonly layer: Blob;
  readonly config: Blob;
  readonly manifest: Blob;
}

/** The archive of an artifact: equal bytes for equal files, on every machine and version of Node. */
export function archiveOf(files: readonly ArchivedFile[]): Buffer {
  return gzipped(tarOf(files));
}

/** An artifact as `flux push artifact` makes it, with bytes that depend on the files and the facts alone. */
export function artifactOf(files: readonly ArchivedFile[], facts: ArtifactFacts = {}): Artifact {
  const tar = tarOf(files);
  const layer = blobOf(CONTENT_TYPE, gzipped(tar));
  const config = blobOf(CONFIG_TYPE, jsonBytes(configOf(digestOf(tar))));
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: descriptorOf(config),
    layers: [descriptorOf(layer)],
    annotations: annotationsOf(facts),
  };
  return { layer, config, manifest: blobOf(MANIFEST_TYPE, jsonBytes(manifest)) };
}

/** The digest of bytes as registries write it. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * Compressed in JavaScript: the zlib of Node gives other bytes with another version or processor. The header has no
 * name and no time; its byte for the system says "unknown".
 */
function gzipped(tar: Buffer): Buffer {
  const bytes = Buffer.from(fflate().gzipSync(tar, { level: 6, mem: 8, mtime: 0 }));
  bytes[9] = 0xff;
  return bytes;
}

/** The configuration that image tools expect. They compare the digest with that of the archive before compression. */
function configOf(diffId: string): object {
  const created = '0001-01-01T00:00:00Z';
  return {
    architecture: '',
    created,
    history: [{ created }],
    os: '',
    rootfs: { type: 'layers', diff_ids: [diffId] },
    config: {},
  };
}

function annotationsOf({ created, source, revision, annotations }: ArtifactFacts): Record<string, string> {
  const known = {
    ...(created !== undefined && { 'org.opencontainers.image.created': created }),
    ...(source !== undefined && { 'org.opencontainers.image.source': source }),
    ...(revision !== undefined && { 'org.opencontainers.image.revision': revision }),
    ...annotations,
  };
  return Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function blobOf(mediaType: string, bytes: Buffer): Blob {
  return { mediaType, digest: digestOf(bytes), bytes };
}

function descriptorOf({ mediaType, digest, bytes }: Blob): object {
  return { mediaType, size: bytes.length, digest };
}

function jsonBytes(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
