import { isMap, listOf, mapOf, textOf, textsOf, type PlainMap } from './plain-data';

/**
 * Whether a selector with `matchLabels` and `matchExpressions` selects labels. An empty selector selects everything.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selectsLabels(selector: unknown, labels: PlainMap): boolean {
  if (!isMap(selector)) return false;
  const { matchLabels, matchExpressions } = selector;
  return (
    Object.entries(mapOf(matchLabels)).every(([key, value]) => labels[key] === value) &&
    listOf(matchExpressions).every((expression) => holdsFor(labels, mapOf(expression)))
  );
}

function holdsFor(labels: PlainMap, expression: PlainMap): boolean {
  const key = textOf(expression.key) ?? '';
  const value = Object.hasOwn(labels, key) ? textOf(labels[key]) : undefined;
  const isListed = value !== undefined && textsOf(expression.values).includes(value);
  if (expression.operator === 'In') return isListed;
  if (expression.operator === 'NotIn') return !isListed;
  return expression.operator === 'Exists' ? value !== undefined : value === undefined;
}
