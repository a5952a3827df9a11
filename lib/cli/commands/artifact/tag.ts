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
    .summary('add tags to an artifact in the registry')
    .description(
      'Adds tags to an artifact that is in the registry, and prints its address with the digest. Each cluster that follows one of the tags applies the artifact at its next sync.',
    )
    .requiredOption('--tag <tags...>', 'the tags');
  addRegistryOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux artifact tag oci://ghcr.io/myorg/fleet:staging --tag production
                              the artifact that staging runs now
  cdk8s-flux artifact tag oci://ghcr.io/myorg/fleet@sha256:3f5c... --tag production
                              this exact artifact`,
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
      message: 'the address needs a tag or a digest',
      hint: `add one of them, for example oci://${address.registry}/${address.repository}:staging`,
    });
  }
  const { digest } = await withProgress(`asking ${address.registry}`, io, () =>
    tagArtifact(client, reference, tags),
  );
  note(`tags: ${tags.join(', ')}`, io);
  io.stdout(`${address.registry}/${address.repository}@${digest}\n`);
  return EXIT.clean;
}
