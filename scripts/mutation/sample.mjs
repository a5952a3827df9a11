// Lists the mutants of files as Stryker creates them, and draws a sample of them that is the same in every run.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInjector } from 'typed-inject';
import { createInstrumenter } from '@stryker-mutator/instrumenter';

/** Texts of messages do not deserve their own tests; everything else is mutated. */
export const excludedMutations = ['StringLiteral'];

/**
 * What identifies a mutant, in the runs of one version of the code.
 *
 * @param base - what the first line and column count as: 0 while mutants are made and tested, 1 in results
 */
export function mutantKey({ fileName, location, mutatorName, replacement }, root, base = 0) {
  const file = fileName.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, '');
  const places = [location.start, location.end].flatMap(({ line, column }) => [line - base, column - base]);
  return [file, ...places, mutatorName, replacement].join(' ');
}

/** The keys of all mutants of some files. */
export async function listMutants(files, root) {
  const silent = new Proxy(
    {},
    { get: (_target, name) => () => (String(name).startsWith('is') ? false : undefined) },
  );
  const injector = createInjector()
    .provideValue('getLogger', () => silent)
    .provideValue('logger', silent)
    .provideValue('options', {});
  const sources = files.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { excludedMutations, ignorers: [], plugins: null };
  const { mutants } = await injector.injectFunction(createInstrumenter).instrument(sources, options);
  return mutants.filter(({ status }) => status !== 'Ignored').map((mutant) => mutantKey(mutant, root));
}

/**
 * Draws `count` keys: those with the smallest hashes, so that a change elsewhere does not change the rest of the
 * sample.
 */
export function drawSample(keys, count, seed) {
  const hash = (key) => createHash('sha256').update(`${seed} ${key}`).digest('hex');
  return keys
    .map((key) => ({ key, order: hash(key) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, count)
    .map(({ key }) => key);
}
