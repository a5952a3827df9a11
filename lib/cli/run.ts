import { Command, CommanderError } from 'commander';
import { FindingsError } from '../findings/findings-error';
import { addBootstrap } from './commands/bootstrap';
import { addCheck } from './commands/check';
import { addGraph } from './commands/graph';
import { addOrder } from './commands/order';
import { addSecrets } from './commands/secrets';
import { addSynth } from './commands/synth';
import { addValuesTypes } from './commands/values-types';
import { EXIT } from './exit-code';
import { printableIo, type Io } from './io';
import { packageVersion } from './package-version';
import { printFindings } from './print-findings';

/** Every verb, in the order of the help. */
const verbs = [addSynth, addCheck, addOrder, addGraph, addSecrets, addBootstrap, addValuesTypes];

/**
 * Runs a command line, without the names of node and the program, and gives the exit code: 0 clean, 1 findings or
 * differences, 2 it could not run. Never throws.
 */
export async function run(argv: readonly string[], outside: Io): Promise<number> {
  const io = printableIo(outside);
  let code: number = EXIT.clean;
  const program = createProgram(io);
  for (const addVerb of verbs) addVerb(program, io, (verbCode) => (code = verbCode));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

function createProgram(io: Io): Command {
  return new Command('cdk8s-flux')
    .description('Plain YAML for Flux from cdk8s code, and what a Flux repository needs beyond it.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout(text),
      writeErr: (text) => io.stderr(text),
      // The help reads the same wherever it is shown.
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** Prints what stopped a command, unless commander has done so, and gives the exit code. */
function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) {
    return ['commander.helpDisplayed', 'commander.version'].includes(error.code) ? EXIT.clean : EXIT.failed;
  }
  if (FindingsError.isFindingsError(error)) printFindings(error.findings, io);
  else io.stderr(`a fault in cdk8s-flux: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.failed;
}
