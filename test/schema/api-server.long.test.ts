import { fluxKind, fluxKinds } from '../../lib/schema/flux-kinds';
import { validateObject } from '../../lib/schema/validate-object';
import { fullObject } from './full-object';
import { mutant, randomNumbers } from './mutate';
import { minimal } from './objects';
import { itWith, skipped } from '../tools/find-tool';
import { findOracle, type Oracle, type Question } from './oracle';
import { repositories } from '../tools/repositories';
import { realObjects } from './real-objects';

const MUTANTS = 150;
/** Values that a controller refuses but the API server accepts. */
const CONTROLLERS = new Set([
  'cel-invalid',
  'commit-template-invalid',
  'credentials-missing',
  'dependency-on-itself',
  'helm-values-invalid',
  'image-invalid',
  'label-selector-invalid',
  'policy-missing',
  'provider-incomplete',
  'regex-invalid',
  'semver-invalid',
  'url-invalid',
]);

const oracle = findOracle();
if (typeof oracle === 'string') skipped('decides as the API server does', oracle);
else compareWith(oracle);

function compareWith(ask: Oracle): void {
  const random = randomNumbers(11);

  it.each(fluxKinds())('gives the same result as the API server for %s and its mutants', (key) => {
    const small = minimal[key.split('/').at(-1)!]!();
    const objects = [small, fullObject(key)];
    for (let count = 0; count < MUTANTS; count++) {
      const once = mutant(objects[count % 2], random);
      objects.push((count % 3 === 0 ? mutant(once, random) : once) as Record<string, unknown>);
    }
    expect(disagreements(objects, ask)).toEqual([]);
  });

  itWith(
    'FLUX_REPOS',
    repositories !== undefined,
    'decides as the API server does on real objects and their mutants',
    () => {
      const real = realObjects(repositories as string).map(({ object }) => object);
      const objects = real.filter(({ apiVersion, kind }) =>
        fluxKind(`${String(apiVersion)}/${String(kind)}`),
      );
      expect(objects.length).toBeGreaterThan(100);
      const mutants = objects.map((object) => mutant(object, random) as Record<string, unknown>);
      expect(disagreements([...objects, ...mutants], ask)).toEqual([]);
    },
    60_000,
  );
}

function disagreements(objects: readonly Record<string, unknown>[], ask: Oracle): unknown[] {
  const answers = ask(objects.map((value): Question => ({ mode: 'object', value })));
  return objects.flatMap((object, index) => {
    const ours = validateObject(object).filter(
      ({ code, severity, message }) =>
        severity === 'error' && !CONTROLLERS.has(code) && !message.startsWith('the name of this '),
    );
    return ours.length > 0 === answers[index]!.length > 0 ? [] : [{ object, ours, theirs: answers[index] }];
  });
}
