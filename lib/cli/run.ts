import { Command, CommanderError } from 'commander';
import { FindingsError } from '../findings/findings-error';
import { addArtifact } from './commands/artifact';
import { addBootstrap } from './commands/bootstrap';
import { addCheck } from './commands/check';
import { addCi } from './commands/ci';
import { addCompletion } from './commands/completion';
import { addDiff } from './commands/diff';
import { addExplain } from './commands/explain';
import { addGraph } from './commands/graph';
import { addHook } from './commands/hook';
import { addInit } from './commands/init';
import { addMove } from './commands/move';
import { addOrder } from './commands/order';
import { addPromote } from './commands/promote';
import { addResume } from './commands/resume';
import { addRollback } from './commands/rollback';
import { addSecrets } from './commands/secrets';
import { addSplit } from './commands/split';
import { addStatus } from './commands/status';
import { addSuspend } from './commands/suspend';
import { addSynth } from './commands/synth';
import { addValuesTypes } from './commands/values-types';
import { EXIT } from './exit-code';
import { printableIo, type Io } from './io';
import { packageVersion } from './package-version';
import { printFindings } from './print-findings';

const QUIET = '--quiet';

/** Every verb, in the order of the help. */
const verbs = [
  addInit,
  addSynth,
  addCheck,
  addDiff,
  addCi,
  addExplain,
  addOrder,
  addGraph,
  addMove,
  addStatus,
  addPromote,
  addRollback,
  addSuspend,
  addResume,
  addSecrets,
  addHook,
  addArtifact,
  addBootstrap,
  addSplit,
  addValuesTypes,
  addCompletion,
];

/**
 * Runs a command line, without the names of node and the program, and gives the exit code: 0 clean, 1 findings or
 * differences, 2 it could not run. Never throws.
 */
export async function run(argv: readonly string[], outside: Io): Promise<number> {
  let code: number = EXIT.clean;
  let isQuiet = false;
  const io: Io = {
    ...printableIo(outside),
    get isQuiet() {
      return isQuiet;
    },
  };
  const program = createProgram(io);
  for (const addVerb of verbs) addVerb(program, io, (verbCode) => (code = verbCode));
  addQuiet(program, (wanted) => (isQuiet = wanted));
  try {
    // Half of all programs have the one, half the other.
    await program.parseAsync(argv[0] === '-V' ? ['--version'] : argv, { from: 'user' });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

function createProgram(io: Io): Command {
  return new Command('cdk8s-flux')
    .description('Generates plain YAML for Flux from cdk8s code, and checks Flux repositories.')
    .version(packageVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout(text),
      writeErr: (text) => io.stderr(text),
      // The help has the same width everywhere.
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** Gives every command the option `--quiet`. */
function addQuiet(program: Command, set: (isQuiet: boolean) => void): void {
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  for (const command of commands) {
    const isGroup = command.commands.length > 0;
    if (isGroup || command.options.some(({ long }) => long === QUIET)) continue;
    command.option(QUIET, 'print results and errors only');
  }
  program.hook('preAction', (_, command) => set(command.opts<{ quiet?: boolean }>().quiet === true));
}

/** Prints what stopped a command, unless commander has done so, and returns the exit code. */
function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.clean : EXIT.failed;
  }
  if (FindingsError.isFindingsError(error)) printFindings(error.findings, io);
  else io.stderr(`this is a bug in cdk8s-flux: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.failed;
}
