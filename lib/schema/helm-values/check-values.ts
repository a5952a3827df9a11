import type { ErrorObject } from 'ajv';
import { Report } from '../report';
import type { Violation } from '../violation';
import { describeError } from './describe-error';
import { pointerParts } from './pointer';
import { isMap } from '../../plain/plain-data';
import { mergeValues } from './merge-values';
import { compileValuesSchema, type ValuesSchema } from './values-schema';

/** What values are checked against. */
export interface ValuesContract {
  readonly schema: ValuesSchema;
  /**
   * The default values of the chart.
   *
   * @default - none: what is missing is taken to be there
   */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Whether Flux fills in variables, so that a text with `${` stands for anything. */
  readonly substitutions: boolean;
  /** Whether other values come from the cluster. */
  readonly isPart: boolean;
}

/** Keywords that a missing value may satisfy. */
const SATISFIED_BY_MORE = new Set([
  'required',
  'dependentRequired',
  'dependencies',
  'minProperties',
  'contains',
  'not',
]);

/** Keywords that are reported through the errors of their parts. */
const COMPOSITE = new Set(['anyOf', 'oneOf', 'not']);

/** Checks the values of a release against the schema of its chart, all of them. */
export function checkValues(values: unknown, contract: ValuesContract): Violation[] {
  const { defaults, schema, substitutions } = contract;
  const report = new Report({ substitutions });
  report.path.push('spec', 'values');
  const result = compileValuesSchema(schema);
  if ('problem' in result) {
    report.add({ code: 'values-schema-invalid', message: result.problem, hint: result.hint });
    return report.violations;
  }
  const given = isMap(values) ? values : {};
  const merged = mergeValues(defaults ?? {}, given);
  if (result.validate(merged)) return [];
  const isWhole = defaults !== undefined && !contract.isPart;
  const doubtful = (error: ErrorObject): boolean =>
    report.isPlaceholder(error.data) || (!isWhole && mayBeSatisfied(error, merged));
  for (const error of relevantErrors(result.validate.errors ?? [], doubtful)) {
    const [path, violation] = describeError(error, merged, report);
    report.add(violation, ...path);
  }
  return report.violations;
}

/** Errors are in the order in which they were found: those of alternatives come before that of the whole. */
function relevantErrors(
  errors: readonly ErrorObject[],
  doubtful: (error: ErrorObject) => boolean,
): readonly ErrorObject[] {
  const kept: { error: ErrorObject; isDoubtful: boolean }[] = [];
  for (const error of errors) {
    // The errors of its branch say more.
    if (error.keyword === 'if') continue;
    const parts = COMPOSITE.has(error.keyword) ? takeParts(kept, error) : [];
    kept.push({ error, isDoubtful: doubtful(error) || parts.some((part) => part.isDoubtful) });
  }
  // If a schema fails, the properties that it evaluated count as not evaluated.
  const isSure = kept.every(({ isDoubtful }) => !isDoubtful);
  return kept
    .filter(({ error, isDoubtful }) => !isDoubtful && (isSure || !error.keyword.startsWith('unevaluated')))
    .map(({ error }) => error);
}

function takeParts<Kept extends { readonly error: ErrorObject }>(kept: Kept[], whole: ErrorObject): Kept[] {
  let first = kept.length;
  while (first > 0 && isPartOf(kept[first - 1] as Kept, whole)) first -= 1;
  return kept.splice(first);
}

function isPartOf({ error }: { readonly error: ErrorObject }, whole: ErrorObject): boolean {
  const isBelow = `${error.instancePath}/`.startsWith(`${whole.instancePath}/`);
  // Errors below a reference have their own schema path.
  return isBelow && (error.schemaPath.startsWith(`${whole.schemaPath}/`) || !sameRoot(error, whole));
}

function sameRoot(a: ErrorObject, b: ErrorObject): boolean {
  const rootOf = ({ schemaPath }: ErrorObject) => schemaPath.split('/').slice(0, 2).join('/');
  return rootOf(a) === rootOf(b);
}

/** Lists are replaced as a whole, so a value that is missing in one of their items is really missing. */
function mayBeSatisfied({ keyword, instancePath }: ErrorObject, values: unknown): boolean {
  const isInList = pointerParts(instancePath, values).some((part) => typeof part === 'number');
  return SATISFIED_BY_MORE.has(keyword) && !isInList;
}
