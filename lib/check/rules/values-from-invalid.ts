import type { GraphNode } from '../../graph/graph';
import { isMap, mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import { assignmentProblem, valuesProblem } from '../facts/values-text';
import type { Rule, RuleFinding } from '../rule';

/** Values of a HelmRelease from a ConfigMap or Secret that helm-controller cannot use. */
export const valuesFromInvalid: Rule = {
  code: 'values-from-invalid',
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const { from, to, field } of facts.edges('values-from')) {
        const [release, source] = [facts.node(from), facts.node(to)];
        if (release?.object && source?.object) yield* problemOf(release, source, field);
      }
    }
  },
};

function* problemOf(release: GraphNode, source: GraphNode, field: string): Iterable<RuleFinding> {
  const index = Number(/\[(\d+)\]/.exec(field)?.[1]);
  const entry = mapOf(valueAt(release.object, 'spec', 'valuesFrom', index));
  const key = textOf(entry.valuesKey) ?? 'values.yaml';
  const object: PlainMap = source.object ?? {};
  const place = atNode(release, `spec.valuesFrom[${index}]`);
  const where = `key ${JSON.stringify(key)} of ${nameOf(source.identity)}`;
  if (!hasKey(object, key)) {
    if (entry.optional === true) return;
    yield {
      ...place,
      message: `there is no ${where}, and helm-controller fails`,
      hint: `correct valuesKey, or add the key`,
    };
    return;
  }
  const text = plainText(object, key);
  if (text === undefined || text.includes('${')) return;
  const isSet = textOf(entry.targetPath) !== undefined;
  const problem = !isSet ? valuesProblem(text) : entry.literal === true ? undefined : assignmentProblem(text);
  if (problem === undefined) return;
  yield {
    ...place,
    message: `helm-controller cannot use ${where}: ${problem}`,
    hint: isSet
      ? 'set literal: true beside targetPath (since Flux 2.9), or write a comma of the value as "\\\\,"'
      : 'correct the value, or set targetPath for a value that is not a map',
  };
}

function hasKey({ kind, data, stringData }: PlainMap, key: string): boolean {
  return Object.hasOwn(mapOf(data), key) || (kind === 'Secret' && Object.hasOwn(mapOf(stringData), key));
}

/** The value of a key as the controller sees it; `undefined` if it is encrypted or not a string. */
function plainText({ kind, data, stringData, sops }: PlainMap, key: string): string | undefined {
  if (isMap(sops)) return undefined;
  if (kind !== 'Secret') return stringOf(mapOf(data)[key]);
  const own = stringOf(mapOf(stringData)[key]);
  const encoded = stringOf(mapOf(data)[key]);
  return own ?? (encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8'));
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
