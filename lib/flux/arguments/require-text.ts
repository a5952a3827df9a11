import type { IConstruct } from 'constructs';
import { reportInvalid } from '../side-data';
import { nameOf } from './shape-problems';

/** Whether an argument is a text; anything else is reported, with its name. */
export function requireText(construct: IConstruct, name: string, value: unknown, hint: string): boolean {
  if (typeof value === 'string') return true;
  const message = `got ${nameOf(value)}; must be a string`;
  reportInvalid(construct, [{ code: 'argument-invalid', message, hint, field: name }]);
  return false;
}
