import { splitRequirements } from './label-requirements';

const SET = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUAL = /^([^=!<>\s]+)\s*(==|=|!=)\s*([^=!<>\s]*)$/;
const EXISTS = /^(!\s*)?([^=!<>\s()]+)$/;

/**
 * Whether labels fit a selector that is written as text, such as `app=web,tier in (a, b),!legacy`; `undefined` where a part
 * of it is in no form that is known.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function matchesLabels(
  selector: string,
  labels: Readonly<Record<string, unknown>>,
): boolean | undefined {
  if (selector.trim() === '') return true;
  const results = splitRequirements(selector).map((requirement) => fits(requirement, labels));
  return results.includes(undefined) ? undefined : results.every(Boolean);
}

function fits(requirement: string, labels: Readonly<Record<string, unknown>>): boolean | undefined {
  const has = (key: string) => Object.hasOwn(labels, key);
  const set = SET.exec(requirement);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const isIn = has(key) && list.split(',').some((value) => value.trim() === labels[key]);
    return operator === 'in' ? isIn : !isIn;
  }
  const equal = EQUAL.exec(requirement);
  if (equal) {
    const [, key = '', operator, value] = equal;
    const isSame = has(key) && labels[key] === value;
    return operator === '!=' ? !isSame : isSame;
  }
  const exists = EXISTS.exec(requirement);
  if (!exists) return undefined;
  const [, not, key = ''] = exists;
  return has(key) === (not === undefined);
}
