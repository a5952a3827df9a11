import { asText } from './as-text';

/**
 * One condition of a selector.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | '=' | '!=' | '>' | '<' | 'exists' | '!';
  /** What the value is compared with: none for `exists` and `!`, one for all but `in` and `notin`. */
  readonly values: readonly string[];
}

const SET = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUAL = /^([^=!<>\s]+)\s*(==|=|!=)\s*([^=!<>\s]*)$/;
const COMPARED = /^([^=!<>\s]+)\s*([<>])\s*(-?\d+)$/;
const EXISTS = /^(!\s*)?([^=!<>\s()]+)$/;

/**
 * The requirements of a Kubernetes selector that is written as text, such as `app=web,tier in (a, b),!legacy`. They
 * stand between the commas; a comma belongs to a list where the next bracket closes one.
 */
export function splitRequirements(text: string): string[] {
  const separators: number[] = [];
  let undecided: number[] = [];
  for (const { 0: char, index } of text.matchAll(/[,()]/g)) {
    if (char === ',') undecided.push(index);
    else {
      if (char === '(') for (const comma of undecided) separators.push(comma);
      undecided = [];
    }
  }
  const ends = [...separators, ...undecided, text.length];
  return ends.map((end, index) => text.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end).trim());
}

/** Reads one requirement; `undefined` if it has no known form. */
export function parseRequirement(text: string): LabelRequirement | undefined {
  const set = SET.exec(text);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return { key, operator: operator === 'in' ? 'in' : 'notin', values };
  }
  const equal = EQUAL.exec(text);
  if (equal) return { key: equal[1]!, operator: equal[2] === '!=' ? '!=' : '=', values: [equal[3]!] };
  const compared = COMPARED.exec(text);
  if (compared)
    return { key: compared[1]!, operator: compared[2] === '>' ? '>' : '<', values: [compared[3]!] };
  const exists = EXISTS.exec(text);
  return exists ? { key: exists[2]!, operator: exists[1] ? '!' : 'exists', values: [] } : undefined;
}

/** Whether labels meet a requirement. */
export function meetsRequirement(
  { key, operator, values }: LabelRequirement,
  labels: Readonly<Record<string, unknown>>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (operator === 'exists' || operator === '!') return (value !== undefined) === (operator === 'exists');
  const isAmong = value !== undefined && values.includes(asText(value));
  if (operator === 'in' || operator === '=') return isAmong;
  if (operator === 'notin' || operator === '!=') return !isAmong;
  if (!/^-?\d+$/.test(asText(value))) return false;
  return operator === '>' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
}
