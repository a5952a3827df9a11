import { Option, type Command } from 'commander';
import { fail } from '../../../findings/findings-error';
import { plural } from '../../../findings/summary';
import { artifactOf, type Artifact } from '../../../oci/artifact';
import { pushArtifact } from '../../../oci/push-artifact';
import { addContentsOptions, readyContents, type ContentsOptions } from '../../artifact/contents-options';
import {
  addRegistryOptions,
  targetOf,
  type RegistryCommandOptions,
  type Target,
} from '../../artifact/registry-options';
import { EXIT } from '../../exit-code';
import type { Io } from '../../io';
import { note } from '../../print-findings';
import { withProgress } from '../../progress';

interface PushOptions extends ContentsOptions, RegistryCommandOptions {
  readonly source?: string;
  readonly revision?: string;
  readonly format: 'text' | 'json';
}

/** Adds `cdk8s-flux artifact push`: what Flux reads, in a registry. */
export function addArtifactPush(artifact: Command, io: Io, exit: (code: number) => void): void {
  const command = artifact
    .command('push')
    .argument('<address>', 'the address to push to, with a tag: oci://ghcr.io/myorg/fleet:main')
    .summary('push the files that Flux reads to a container registry')
    .description(
      'Pushes the files that Flux reads in the repository as an artifact, and prints its address with the digest. It pushes nothing if check finds errors, if there are secrets in plain text, or if files are not committed.',
    )
    .option('--tag <tags...>', 'more tags for the artifact')
    .option('--source <url>', 'the address of the Git repository (default: the remote "origin")')
    .option('--revision <text>', 'the revision that Flux reports (default: the commit)')
    .addOption(
      new Option('--format <format>', 'the format of the output').choices(['text', 'json']).default('text'),
    );
  addRegistryOptions(addContentsOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux artifact push oci://ghcr.io/myorg/fleet:main
  cdk8s-flux artifact push oci://ghcr.io/myorg/fleet:1.4.0 --tag staging
  cdk8s-flux artifact push oci://ghcr.io/myorg/edge:main --cluster edge
                                          only the files that one cluster reads
  cosign sign --yes "$(cdk8s-flux artifact push oci://ghcr.io/myorg/fleet:main)"
                                          push, and sign what was pushed`,
    )
    .action(async (address: string, options: PushOptions) => exit(await push(address, options, io)));
}

async function push(text: string, options: PushOptions, io: Io): Promise<number> {
  const target = targetOf(text, options, io);
  const { address } = target;
  if (address.digest !== undefined) {
    fail({
      code: 'artifact-address-invalid',
      message: 'the address must not have a digest, because the files determine the digest',
      hint: `remove the digest: oci://${address.registry}/${address.repository}:main`,
    });
  }
  const ready = readyContents(options, io);
  if (!ready) return EXIT.findings;
  const { source, revision } = options;
  const facts = {
    ...ready.facts,
    ...(source !== undefined && { source }),
    ...(revision !== undefined && { revision }),
  };
  const artifact = artifactOf(ready.files, facts);
  const tags = [...new Set([...(address.tag === undefined ? [] : [address.tag]), ...target.tags])];
  const what = `pushing to ${address.registry}`;
  const isNew = await withProgress(what, io, () => pushArtifact(target.client, artifact, tags));
  const size = `${plural(ready.files.length, 'file')}, ${artifact.layer.bytes.length} bytes`;
  note(`${isNew ? 'pushed' : 'the registry already had'} ${size}; tags: ${tags.join(', ') || 'none'}`, io);
  io.stdout(printed(target, artifact, tags, options), options.format === 'json' ? 'data' : 'text');
  return EXIT.clean;
}

function printed(
  { address }: Target,
  { manifest, layer }: Artifact,
  tags: readonly string[],
  { format }: PushOptions,
): string {
  const repository = `${address.registry}/${address.repository}`;
  if (format === 'text') return `${repository}@${manifest.digest}\n`;
  return `${JSON.stringify({ repository, digest: manifest.digest, tags, layer: layer.digest }, null, 2)}\n`;
}
