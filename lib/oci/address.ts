import { fail } from '../findings/findings-error';

/** Where an artifact is: `oci://<registry>/<repository>[:<tag>][@<digest>]`. */
export interface ArtifactAddress {
  /** The host of the registry, and its port where one is given. */
  readonly registry: string;
  readonly repository: string;
  /**
   * The tag.
   *
   * @default - none is named
   */
  readonly tag?: string;
  /**
   * The digest of the manifest.
   *
   * @default - none is named
   */
  readonly digest?: string;
}

/** @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const REGISTRY = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
const FORMS = {
  host: { test: REGISTRY, what: 'a valid host' },
  repository: { test: REPOSITORY, what: 'a valid repository name' },
  tag: { test: TAG, what: 'a valid tag' },
  digest: { test: DIGEST, what: 'a valid digest' },
};
const EXAMPLE = 'oci://ghcr.io/myorg/fleet:main';

/**
 * Reads the address of an artifact.
 *
 * @throws FindingsError `artifact-address-invalid`
 */
export function parseAddress(text: string): ArtifactAddress {
  // Text before an @ in the first part would be credentials, which are not repeated.
  if (!text.startsWith('oci://')) return refuse(text.split(/[/@]/)[0] ?? '', 'it must start with oci://');
  const [, host = '', rest = ''] = /^oci:\/\/([^/]*)\/?(.*)$/s.exec(text) ?? [];
  if (host.includes('@')) return refuse('oci://...', 'it must not contain credentials');
  const [name, digest] = cut(rest, '@');
  const [repository, tag] = cut(name, ':');
  const parts = { host, repository, tag, digest };
  for (const [part, form] of Object.entries(FORMS) as [keyof typeof FORMS, (typeof FORMS)['host']][]) {
    const value = parts[part];
    if (value !== undefined && !form.test.test(value))
      return refuse(text, `${JSON.stringify(value)} is not ${form.what}`);
  }
  return { registry: host, repository, ...(tag && { tag }), ...(digest && { digest }) };
}

/** A text before and after a separator. */
function cut(text: string, separator: string): [before: string, behind?: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Checks the tag that an option gives.
 *
 * @throws FindingsError `artifact-address-invalid`
 */
export function checkTag(tag: string): string {
  if (TAG.test(tag)) return tag;
  return fail({
    code: 'artifact-address-invalid',
    message: `${JSON.stringify(tag)} is not a valid tag`,
    hint: 'use at most 128 letters, digits, ".", "_" and "-", and start with a letter, a digit or "_"',
  });
}

/** Whether a host, with or without a port, is this machine. */
export function isLoopback(registry: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(registry);
}

function refuse(given: string, why: string): never {
  return fail({
    code: 'artifact-address-invalid',
    message: `${JSON.stringify(given)} is not a valid artifact address: ${why}`,
    hint: `use lower-case letters in the repository name, and letters, digits, ".", "_" and "-" in the tag, for example ${EXAMPLE}`,
  });
}
