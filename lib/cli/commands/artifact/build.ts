import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fail } from '../../../findings/findings-error';
import { plural } from '../../../findings/summary';
import { archiveOf, digestOf } from '../../../oci/artifact';
import { addContentsOptions, readyContents, type ContentsOptions } from '../../artifact/contents-options';
import { EXIT } from '../../exit-code';
import type { Io } from '../../io';
import { note } from '../../print-findings';

interface BuildOptions extends ContentsOptions {
  readonly output: string;
}

/** Adds `cdk8s-flux artifact build`: the archive of an artifact, as a file. */
export function addArtifactBuild(artifact: Command, io: Io, exit: (code: number) => void): void {
  addContentsOptions(
    artifact
      .command('build')
      .summary('write the archive of an artifact to a file')
      .description(
        'Writes the files that Flux reads in the repository to a tar archive, and prints its digest. The same files give the same bytes.',
      )
      .option('-o, --output <file>', 'the file to write', 'artifact.tgz'),
  )
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux artifact build                       what Flux reads, in artifact.tgz
  cdk8s-flux artifact build --at v1.4.0           as it was in a tag of git
  cdk8s-flux artifact build --path deploy -o deploy.tgz
                                                  a whole folder, which becomes the root`,
    )
    .action((options: BuildOptions) => exit(build(options, io)));
}

function build(options: BuildOptions, io: Io): number {
  const ready = readyContents(options, io);
  if (!ready) return EXIT.findings;
  const bytes = archiveOf(ready.files);
  write(resolve(io.cwd, options.output), bytes, options.output);
  note(
    `${plural(ready.files.length, 'file')}, ${bytes.length} bytes in ${JSON.stringify(options.output)}`,
    io,
  );
  io.stdout(`${digestOf(bytes)}\n`);
  return EXIT.clean;
}

function write(file: string, bytes: Buffer, given: string): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    fail({
      code: 'option-invalid',
      field: '--output',
      message: `cannot write ${JSON.stringify(given)}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
      hint: 'use a file in an existing folder',
    });
  }
}
