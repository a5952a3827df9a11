import { Construct, type IConstruct } from 'constructs';
import type { OwnFindingInput } from '../../findings/finding';
import { fail } from '../../findings/findings-error';
import { ARGUMENT_SHAPES } from '../generated/argument-shapes';
import { reportInvalid } from '../side-data';
import { checkProps } from './check-shape';

/** A class whose arguments are checked. */
export type CheckedClass = keyof typeof ARGUMENT_SHAPES;

/** The props of a construct without what it could not work with, and what is wrong with them. */
export interface CheckedProps<Props> {
  readonly props: Props;
  readonly problems: readonly OwnFindingInput[];
}

/**
 * Compares the arguments of a constructor with their types, which nobody did for plain JavaScript, casts and tsx. What is
 * wrong with props is for `reportProblems`, once there is a construct to report it of: the construct is made without
 * them, so that all that is wrong with an app is found in one run.
 *
 * @throws FindingsError `argument-invalid` when the scope is not a construct or the id is not a text
 */
export function checkArguments<Props extends object>(
  type: CheckedClass,
  scope: unknown,
  id: unknown,
  props: Props | undefined,
): CheckedProps<Props> {
  if (!Construct.isConstruct(scope)) {
    refuse(type, 'scope', 'a construct', 'pass the parent construct as the first argument');
  }
  if (typeof id !== 'string' || id === '') {
    refuse(type, 'id', 'a string that is not empty', 'pass an id as the second argument, for example "web"');
  }
  const { value, problems } = checkProps(props, ARGUMENT_SHAPES[type]);
  return { props: value as Props, problems: problems.map((found) => named(found, type)) };
}

/** Reports what is wrong with the arguments of a construct. */
export function reportProblems(construct: IConstruct, { problems }: CheckedProps<unknown>): void {
  reportInvalid(construct, problems);
}

/** Props have no name of their own. */
function named(found: OwnFindingInput, type: CheckedClass): OwnFindingInput {
  if (found.field !== '') return found;
  const { field: _field, message } = found;
  return {
    code: 'argument-invalid',
    message: `the props of the ${type}: ${message}`,
    hint: `pass the props as an object: new ${type}(scope, 'id', { ... })`,
  };
}

function refuse(type: CheckedClass, what: string, allowed: string, hint: string): never {
  const name = type === 'FluxObject' ? 'object' : type;
  fail({ code: 'argument-invalid', message: `the ${what} of the ${name} must be ${allowed}`, hint });
}
