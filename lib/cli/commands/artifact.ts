import type { Command } from 'commander';
import type { Io } from '../io';
import { addArtifactBuild } from './artifact/build';
import { addArtifactPush } from './artifact/push';
import { addArtifactTag } from './artifact/tag';

/** Adds `cdk8s-flux artifact`: what Flux reads of a repository, as an artifact in a registry. */
export function addArtifact(program: Command, io: Io, exit: (code: number) => void): void {
  const artifact = program
    .command('artifact')
    .summary('push the files that Flux reads to a container registry, and tag them')
    .description(
      'Creates an artifact from the files that Flux reads in a repository: the same files give the same bytes on every machine. Clusters sync from it with an OCIRepository.',
    )
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux artifact build -o fleet.tgz                   only the archive
  cdk8s-flux artifact push oci://ghcr.io/myorg/fleet:main
  cdk8s-flux artifact tag oci://ghcr.io/myorg/fleet:main --tag production`,
    )
    .helpCommand(false);
  for (const add of [addArtifactBuild, addArtifactPush, addArtifactTag]) add(artifact, io, exit);
}
