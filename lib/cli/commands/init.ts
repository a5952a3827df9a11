import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { gitTop } from '../../config/find-upwards';
import { realPath } from '../../config/real-path';
import { fail, throwErrors } from '../../findings/findings-error';
import { shellQuoted } from '../../findings/shell-quoted';
import { CI_KINDS, PROJECT_KINDS, type CiKind, type ProjectKind } from '../../init/init-options';
import { nextSteps } from '../../init/next-steps';
import { projectFiles } from '../../init/project-files';
import { projectName } from '../../init/project-name';
import { writeProject } from '../../init/write-project';
import { readRecipients } from '../../sops/keys/recipients';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { packageVersion } from '../package-version';

interface InitFlags {
  readonly kind: ProjectKind;
  readonly ci: CiKind;
  readonly name?: string;
  readonly sops: readonly string[];
}

/** Adds `cdk8s-flux init`: the files of a new project. */
export function addInit(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('init')
    .argument('[dir]', 'the folder: a new one, an empty one or an empty git repository', '.')
    .summary('write the files of a new project')
    .description(
      'Writes the files of a new project: code in TypeScript, tests, settings, a CI pipeline. Replaces no file, and needs no network.',
    )
    .addOption(
      new Option('--kind <kind>', 'one cluster, or a staging cluster and production clusters in two regions')
        .choices(PROJECT_KINDS)
        .default('cluster'),
    )
    .addOption(new Option('--ci <ci>', 'the CI pipeline to write').choices(CI_KINDS).default('github'))
    .option('--name <name>', 'the name of the project (default: from the name of the folder)')
    .option(
      '--sops <recipient>',
      'an age recipient or PGP fingerprint to encrypt secrets for; you can repeat the option',
      (recipient: string, others: readonly string[]) => [...others, recipient],
      [],
    )
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux init home                          one cluster, in the new folder "home"
  cdk8s-flux init --kind fleet --ci gitlab      several clusters, in the current folder
  cdk8s-flux init home --sops age1...           with .sops.yaml`,
    )
    .action((dir: string, flags: InitFlags) => exit(init(dir, flags, io)));
}

function init(dir: string, flags: InitFlags, io: Io): number {
  const folder = resolve(io.cwd, dir);
  checkFolder(folder);
  const { recipients, findings } = readSops(flags.sops);
  throwErrors(findings);
  const options = { ...flags, name: projectName(folder, flags.name), recipients, version: packageVersion() };
  const { written, equal } = writeProject(folder, projectFiles(options));
  for (const path of written) io.stdout(`  ${path}\n`);
  const there = equal.length === 0 ? '' : `, ${equal.length} already up to date`;
  io.stdout(`${written.length} files written to ${folder}${there}\n\n`);
  const isRepository = existsSync(join(folder, '.git'));
  io.stdout(nextSteps({ ...options, folder: relative(io.cwd, folder) || '.', isRepository }));
  return EXIT.clean;
}

/** Flux reads paths from the root of a repository, and pipelines are there too. */
function checkFolder(folder: string): void {
  const top = gitTop(nearestFolder(folder));
  if (top === undefined || top === realPath(folder)) return;
  fail({
    code: 'project-not-at-root',
    message: `${JSON.stringify(folder)} is inside the git repository ${JSON.stringify(top)}, but a project must be at the root of its repository`,
    hint: `run the command there, or first make the folder its own repository: git init ${shellQuoted(folder)}`,
  });
}

/** The nearest folder that exists. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** Age recipients begin with `age1`; everything else is a fingerprint, or is refused. */
function readSops(given: readonly string[]): ReturnType<typeof readRecipients> {
  const isPgp = (text: string): boolean => /^(?:0x)?[0-9a-f\s]+$/i.test(text);
  return readRecipients({
    age: given.filter((text) => !isPgp(text)),
    pgp: given.filter(isPgp).map((fingerprint) => ({ fingerprint })),
  });
}
