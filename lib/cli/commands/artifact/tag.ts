import type { Command } from 'commander';
import { fail } from '../../../findings/findings-error';
import { tagArtifact } from '../../../oci/push-artifact';
import { addRegistryOptions, targetOf, type RegistryCommandOptions } from '../../artifact/registry-options';
import { EXIT } from '../../exit-code';
import type { Io } from '../../io';
import { note } from '../../print-findings';
import { withProgress } from '../../progress';

/** Adds `cdk8s-flux artifact tag`: promotion by tags. */
export function addArtifactTag(artifact: Command, io: Io, exit: (code: number) => void): void {
  const command = artifact
    .command('tag')
    .argument('<address>', 'the artifact: oci://ghcr.io/myorg/fleet, with a tag or a digest')
    .summary('let more tags lead to an artifact that was pushed')
    .description(
      'Lets tags lead to an artifact that is in the registry, and prints its address with the digest. Every cluster that follows a tag applies the artifact at its next sync.',
    )
    .requiredOption('--tag <tags...>', 'the tags');
  addRegistryOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux artifact tag oci://ghcr.io/myorg/fleet:staging --tag production
                              what staging runs now
  cdk8s-flux artifact tag oci://ghcr.io/myorg/fleet@sha256:3f5c... --tag production
                              exactly this artifact`,
    )
    .action(async (address: string, options: RegistryCommandOptions) =>
      exit(await tag(address, options, io)),
    );
}

async function tag(text: string, options: RegistryCommandOptions, io: Io): Promise<number> {
  const { address, tags, client } = targetOf(text, options, io);
  const reference = address.digest ?? address.tag;
  if (reference === undefined) {
    return fail({
      code: 'artifact-address-invalid',
      message: 'the address names no artifact: it has neither a tag nor a digest',
      hint: `add one: oci://${address.registry}/${address.repository}:staging`,
    });
  }
  const { digest } = await withProgress(`asking ${address.registry}`, io, () =>
    tagArtifact(client, reference, tags),
  );
  note(`tags: ${tags.join(', ')}`, io);
  io.stdout(`${address.registry}/${address.repository}@${digest}\n`);
  return EXIT.clean;
}
