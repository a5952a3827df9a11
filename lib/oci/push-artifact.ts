import type { Artifact } from './artifact';
import type { RegistryClient, StoredManifest } from './registry/registry-client';

/**
 * Stores an artifact: first what its manifest names, so that a tag never leads to something that is not there.
 *
 * @param tags - the tags that lead to it from now on; without one, only its digest does
 * @returns whether the archive was sent, as the registry did not have it
 * @throws FindingsError `registry-request-failed`, `artifact-digest-differs`
 */
export async function pushArtifact(
  client: RegistryClient,
  { layer, config, manifest }: Artifact,
  tags: readonly string[],
): Promise<boolean> {
  const isNew = await client.putBlob(layer);
  await client.putBlob(config);
  for (const reference of tags.length > 0 ? tags : [manifest.digest])
    await client.putManifest(manifest, reference);
  return isNew;
}

/**
 * Lets more tags lead to an artifact that a registry has.
 *
 * @param reference - its tag or digest
 * @throws FindingsError `registry-request-failed`, `artifact-digest-differs`
 */
export async function tagArtifact(
  client: RegistryClient,
  reference: string,
  tags: readonly string[],
): Promise<StoredManifest> {
  const found = await client.getManifest(reference);
  for (const tag of tags) await client.putManifest(found, tag);
  return found;
}
