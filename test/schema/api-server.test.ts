import { celProblem } from '../../lib/schema/cel/check';
import { labelSelectorProblem } from '../../lib/schema/label-selector';
import { regexProblem } from '../../lib/schema/regex';
import { constraintProblem } from '../../lib/schema/semver-constraint';
import { fluxKind, fluxKinds } from '../../lib/schema/flux-kinds';
import { validateObject } from '../../lib/schema/validate-object';
import { celExpressions, ranges, readyExpressions, regexes, selectors } from './expressions';
import { fullObject } from './full-object';
import { mutant, randomNumbers } from './mutate';
import { minimal } from './objects';
import { buildOracle, type Oracle, type Question } from './oracle';
import { realObjects } from './real-objects';

const MUTANTS = 150;
/** What a controller refuses and the API server does not. */
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

const built = buildOracle();
if ('reason' in built) {
  it(`skipped: ${built.reason}`, () => {
    expect('ask' in built).toBe(false);
  });
} else {
  afterAll(() => built.remove());
  compareWith(built.ask);
}

function compareWith(ask: Oracle): void {
  const random = randomNumbers(11);

  it.each(fluxKinds())('decides as the API server does on %s and its mutants', (key) => {
    const small = minimal[key.split('/').at(-1)!]!();
    const objects = [small, fullObject(key)];
    for (let count = 0; count < MUTANTS; count++) {
      const once = mutant(objects[count % 2], random);
      objects.push((count % 3 === 0 ? mutant(once, random) : once) as Record<string, unknown>);
    }
    expect(disagreements(objects, ask)).toEqual([]);
  });

  const folder = process.env.FLUX_REPOS;
  it(
    folder
      ? 'decides as the API server does on real objects and their mutants'
      : 'skipped: FLUX_REPOS is not set',
    () => {
      if (!folder) return expect(folder).toBeFalsy();
      const real = realObjects(folder).map(({ object }) => object);
      const objects = real.filter(({ apiVersion, kind }) =>
        fluxKind(`${String(apiVersion)}/${String(kind)}`),
      );
      expect(objects.length).toBeGreaterThan(100);
      const mutants = objects.map((object) => mutant(object, random) as Record<string, unknown>);
      expect(disagreements([...objects, ...mutants], ask)).toEqual([]);
    },
  );

  it.each([
    ['semver', ranges, constraintProblem],
    ['regex', regexes, regexProblem],
    ['selector', selectors, labelSelectorProblem],
    ['cel', celExpressions, (text: string) => celProblem(text)?.problem],
    [
      'cel-ready',
      readyExpressions,
      (text: string) => celProblem(text, { variables: ['self', 'dep'], boolean: true })?.problem,
    ],
  ] as const)('decides as the libraries of Flux do on texts of %s', (mode, texts, problem) => {
    const answers = ask(texts.map((value): Question => ({ mode, value })));
    const differing = texts.flatMap((text, index) =>
      (problem(text) === undefined) === (answers[index]!.length === 0)
        ? []
        : [{ text, ours: problem(text), theirs: answers[index] }],
    );
    expect(differing).toEqual([]);
  });
}

function disagreements(objects: readonly Record<string, unknown>[], ask: Oracle): unknown[] {
  const answers = ask(objects.map((value): Question => ({ mode: 'object', value })));
  return objects.flatMap((object, index) => {
    const ours = validateObject(object).filter(
      ({ code, severity, message }) =>
        severity === 'error' && !CONTROLLERS.has(code) && !message.startsWith('the name of a Kustomization'),
    );
    return ours.length > 0 === answers[index]!.length > 0 ? [] : [{ object, ours, theirs: answers[index] }];
  });
}
