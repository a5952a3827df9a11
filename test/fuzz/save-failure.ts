import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeInput } from './place-input';
import type { Failure, Input } from './target';

/** The command line that runs a case again. */
export function reproduction({ target, number }: Failure, seed: number): string {
  return `npm run fuzz -- --target ${target} --seed ${seed} --case ${number}`;
}

/** Writes a failing input, and its result, into a scratch folder. */
export function saveFailure(failure: Failure, input: Input, seed: number): string {
  const folder = join(tmpdir(), 'cdk8s-flux-fuzz-failures', `${failure.target}-${seed}-${failure.number}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'input'), { recursive: true });
  placeInput(join(folder, 'input'), input);
  const note = [`${failure.kind}: ${failure.message}`, '', reproduction(failure, seed), ''];
  writeFileSync(join(folder, 'failure.txt'), note.join('\n'));
  return folder;
}
