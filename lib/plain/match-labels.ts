import { meetsRequirement, parseRequirement, splitRequirements } from './label-requirements';

/**
 * Whether labels match a selector that is written as text, such as `app=web,tier in (a, b),!legacy`; `undefined` if a part of
 * the selector has no known form.
 */
export function matchesLabels(
  selector: string,
  labels: Readonly<Record<string, unknown>>,
): boolean | undefined {
  if (selector.trim() === '') return true;
  const results = splitRequirements(selector).map((text) => {
    const requirement = parseRequirement(text);
    return requirement && meetsRequirement(requirement, labels);
  });
  return results.includes(undefined) ? undefined : results.every(Boolean);
}
