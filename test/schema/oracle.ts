import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildGoProgram } from '../tools/go-program';

/** A question to the libraries of the API server and of Flux. */
export interface Question {
  readonly mode: 'object';
  readonly value: unknown;
}

/** Asks the oracle; the answers are the problems of each value. */
export type Oracle = (questions: readonly Question[]) => string[][];

/** The oracle of `test/schema/oracle`, or why it is missing. */
export function findOracle(): Oracle | string {
  const built = buildGoProgram(join(__dirname, 'oracle'));
  return 'reason' in built ? built.reason : (questions) => ask(built.binary, questions);
}

function ask(binary: string, questions: readonly Question[]): string[][] {
  const crds = join(__dirname, '../../crds/flux-2.9');
  const input = questions.map((question) => JSON.stringify(question)).join('\n');
  const output = execFileSync(binary, [crds], { input, maxBuffer: 2 ** 30, encoding: 'utf8' });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as string[]);
}
