import { celProblem, freeNames, type CelContext } from '../cel/check';
import { parseCel } from '../cel/parse';
import type { Report } from '../report';
import { textsAt, valuesAt, type FoundText, type ObjectRule } from './object-rule';

const FROM_THE_TOP = 'start with a top-level field of the object, for example status.phase';
/** Names that are hardly fields of an object, with what to write instead; its fields are variables themselves here. */
const NOT_FIELDS: Readonly<Record<string, string>> = {
  self: FROM_THE_TOP,
  object: FROM_THE_TOP,
  obj: FROM_THE_TOP,
  resource: FROM_THE_TOP,
  dep: FROM_THE_TOP,
  True: "put the status of a condition in quotes: 'True'",
  False: "put the status of a condition in quotes: 'False'",
  Unknown: "put the status of a condition in quotes: 'Unknown'",
};

/** The expressions by which a Kustomization or HelmRelease judges what it waits for. */
export const healthAndReadiness: ObjectRule = (object, report) => {
  const ready: CelContext = { variables: ['self', 'dep'], boolean: true };
  for (const found of textsAt(object, 'spec.dependsOn[].readyExpr', report)) {
    if (found.text !== '') checkExpression(found, ready, report);
  }
  if (valuesAt(object, 'spec.healthCheckExprs[]').length === 0) return;
  for (const name of ['current', 'inProgress', 'failed']) {
    for (const found of textsAt(object, `spec.healthCheckExprs[].${name}`, report)) {
      if (found.text === '' && name !== 'current') continue;
      if (checkExpression(found, { knownFunctions: true }, report)) checkObjectNames(found, report);
    }
  }
};

/** The filters of a Receiver, and what it asks of a token. */
export const receiverExpressions: ObjectRule = (object, report) => {
  const paths = [
    'spec.resourceFilter',
    'spec.resources[].filter',
    'spec.oidcProviders[].variables[].expression',
    'spec.oidcProviders[].validations[].expression',
  ];
  for (const path of paths) {
    for (const found of textsAt(object, path, report))
      if (found.text !== '') checkExpression(found, {}, report);
  }
};

/** The expression that makes a commit status. */
export const providerExpression: ObjectRule = (object, report) => {
  for (const found of textsAt(object, 'spec.commitStatusExpr', report)) {
    if (found.text !== '') checkExpression(found, {}, report);
  }
};

function checkExpression({ text, path }: FoundText, context: CelContext, report: Report): boolean {
  const wrong = celProblem(text, context);
  if (!wrong) return true;
  const hint = wrong.hint ?? 'correct the expression; see the Common Expression Language: https://cel.dev';
  const got = JSON.stringify(text);
  report.add(
    {
      code: 'cel-invalid',
      got,
      message: `${got} is not a valid CEL expression here: ${wrong.problem}`,
      hint,
    },
    ...path,
  );
  return false;
}

function checkObjectNames({ text, path }: FoundText, report: Report): void {
  const name = freeNames(parseCel(text)).find((free) => Object.hasOwn(NOT_FIELDS, free));
  if (name === undefined) return;
  report.add(
    {
      code: 'cel-invalid',
      severity: 'warning',
      got: JSON.stringify(text),
      message: `the expression uses ${JSON.stringify(name)} as a top-level field of the object, and few objects have such a field`,
      hint: NOT_FIELDS[name],
    },
    ...path,
  );
}
