import type { ObjectIdentity } from '../../../findings/finding';
import { nameOf } from '../../../findings/object-name';
import { isResourceSet } from '../../../graph/resource-sets/operator-objects';
import { listOf, mapOf, textOf } from '../../../plain/plain-data';
import type { ClusterFacts } from '../cluster-facts';

/** An expression in a template of a ResourceSet. */
const EXPRESSION = /<<[^<>]*>>/;

/** Words for a hint if a ResourceSet names objects as a missing one, so that only an input is missing. */
export function inputHint(facts: ClusterFacts, missing: ObjectIdentity): string | undefined {
  for (const { object, identity } of facts.nodes) {
    if (!object || !isResourceSet(object)) continue;
    const name = listOf(mapOf(object.spec).resources)
      .filter((template) => mapOf(template).kind === missing.kind)
      .map((template) => mapOf(mapOf(template).metadata))
      .filter(({ namespace }) => fits(textOf(namespace) ?? '', missing.namespace ?? ''))
      .map((metadata) => textOf(metadata.name) ?? '')
      .find((one) => /\w/.test(one.split(EXPRESSION).join('')) && fits(one, missing.name));
    if (name?.includes('<<'))
      return `add an input to ${nameOf(identity)}, which names each ${missing.kind} ${JSON.stringify(name)}, or correct the reference`;
  }
  return undefined;
}

/** Whether a text begins and ends as a template does around its expressions. */
function fits(template: string, text: string): boolean {
  const [start = '', ...others] = template.split(EXPRESSION);
  const end = others.at(-1);
  if (end === undefined) return start === text;
  return text.length > start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
