import type { Command } from 'commander';
import { findProject } from '../../config/project';
import { installHook, uninstallHook, type HookChange } from '../../hooks/install-hook';
import { summaryOfFindings } from '../../findings/summary';
import { Git } from '../../revisions/git';
import { EXIT } from '../exit-code';
import { checkStaged, environmentOfHook, unstagedOutput } from '../hook/staged';
import type { Io } from '../io';
import { pathFromTop } from '../path-from-top';
import { note, printFindings } from '../print-findings';
import { synthOnce } from '../synth-once';
import { isBad } from './check';

const WORDS: Readonly<Record<HookChange['outcome'], string>> = {
  written: 'written',
  unchanged: 'already runs cdk8s-flux',
  removed: 'removed',
  absent: 'does not exist',
};

/** Adds `cdk8s-flux hook`: the hook of git that checks before a commit. */
export function addHook(program: Command, io: Io, exit: (code: number) => void): void {
  const hook = program
    .command('hook')
    .summary('check before each commit with a git hook')
    .description(
      'Installs, removes or runs the hook that checks before a commit. It never changes another hook: with lefthook, husky, pre-commit or a hook of your own, it prints the lines to add.',
    )
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux hook install           check before each commit from now on
  cdk8s-flux hook run               what the hook does
  cdk8s-flux hook uninstall         remove the hook`,
    )
    .helpCommand(false);
  hook
    .command('install')
    .summary('write the hook into .git/hooks')
    .description('Writes the pre-commit hook of this clone, unless there is one.')
    .action(() => {
      const git = Git.of(io.cwd, io.env);
      exit(told(installHook(git, projectFolder(git, io)), io));
    });
  hook
    .command('uninstall')
    .summary('remove the hook that install wrote')
    .description('Removes the pre-commit hook of this clone, if cdk8s-flux wrote it.')
    .action(() => exit(told(uninstallHook(Git.of(io.cwd, io.env)), io)));
  hook
    .command('run')
    .summary('check what is staged')
    .description(
      'Does what the hook does: runs synth --check on the working tree, if there is a cdk8s.yaml, and then checks the staged files. Exits with 1 on errors and warnings that the last commit does not have.',
    )
    .action(async () => exit(await runHook(io)));
}

/** The folder of the project, from the top of the repository. */
function projectFolder(git: Git, { cwd }: Io): string {
  return pathFromTop(git.top, findProject(cwd).root);
}

function told({ outcome, file }: HookChange, io: Io): number {
  io.stdout(`${file}: ${WORDS[outcome]}\n`);
  return EXIT.clean;
}

async function runHook(outside: Io): Promise<number> {
  const io: Io = { ...outside, env: environmentOfHook(outside) };
  const git = Git.of(io.cwd, io.env);
  if (findProject(io.cwd).cdk8s !== undefined) {
    const { code } = await synthOnce({ check: true, quiet: true }, io);
    if (code !== EXIT.clean) {
      note('run npx cdk8s synth, stage the files that it writes, and commit again', outside);
      return code;
    }
    const unstaged = unstagedOutput(git, projectFolder(git, io));
    if (unstaged) {
      printFindings([unstaged], io);
      return EXIT.findings;
    }
  }
  const found = checkStaged(git, io).filter((one) => isBad(one, 'warning'));
  printFindings(found, io);
  if (found.length > 0) note(`new in this commit: ${summaryOfFindings(found)}`, io);
  return found.length > 0 ? EXIT.findings : EXIT.clean;
}
