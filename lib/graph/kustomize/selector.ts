import { goRegexOfAll, GoRegexError } from '../../plain/go-regex';
import { mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { splitRequirements } from '../../plain/label-requirements';
import { effectiveNamespace, idOf, metadataMap, originalId, type Resource } from './resource';

/** Tells which resources a patch or replacement is for. */
export type ResourceFilter = (resource: Resource) => boolean;

/**
 * A selector of kustomize: regular expressions that must match as a whole on group, version, kind, name and
 * namespace (the original or the current ones), and label and annotation selectors.
 *
 * @throws Error where an expression or a selector cannot be read
 */
export function resourceFilter(selector: PlainMap): ResourceFilter {
  const [group, version, kind] = [
    matcherOf(selector, 'group'),
    matcherOf(selector, 'version'),
    matcherOf(selector, 'kind'),
  ];
  const [name, namespace] = [matcherOf(selector, 'name'), matcherOf(selector, 'namespace')];
  const labels = selectorOf(textOf(selector.labelSelector));
  const annotations = selectorOf(textOf(selector.annotationSelector));
  return (resource) => {
    const current = idOf(resource);
    if (!kind(current.kind) || !group(current.group) || !version(current.version)) return false;
    const ids = [originalId(resource), current];
    return (
      ids.some((id) => name(id.name)) &&
      ids.some((id) => namespace(effectiveNamespace(id))) &&
      labels(metadataMap(resource.object, 'labels')) &&
      annotations(metadataMap(resource.object, 'annotations'))
    );
  };
}

const matchesAll = (): boolean => true;

function matcherOf(selector: PlainMap, field: string): (text: string) => boolean {
  const expression = textOf(selector[field]);
  if (expression === undefined) return matchesAll;
  try {
    return goRegexOfAll(expression);
  } catch (error) {
    if (!(error instanceof GoRegexError)) throw error;
    throw new GoRegexError(
      `the target's ${field} ${JSON.stringify(expression)} is not a regular expression of Go: ${error.message}`,
    );
  }
}

/** Parses a Kubernetes selector: `a=b,c!=d,e,!f,g in (h,i),j notin (k)`. */
function selectorOf(text: string | undefined): (labels: PlainMap) => boolean {
  if (text === undefined) return matchesAll;
  const tests = splitRequirements(text).map(requirement);
  return (labels) => tests.every((test) => test(mapOf(labels)));
}

function requirement(part: string): (labels: PlainMap) => boolean {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = new Set(list.split(',').map((value) => value.trim()));
    return (labels) => values.has(String(labels[key] ?? '\0')) === (operator === 'in');
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/s.exec(part);
  if (equality) {
    const [, key = '', operator, value = ''] = equality;
    return (labels) => (labels[key] !== undefined && String(labels[key]) === value) === (operator !== '!=');
  }
  const order = /^([^<>\s]+)\s*([<>])\s*(-?\d+)$/.exec(part);
  if (order) {
    const [, key = '', operator, limit] = order;
    return (labels) => {
      const value = Number(labels[key] ?? NaN);
      return operator === '>' ? value > Number(limit) : value < Number(limit);
    };
  }
  if (!/^!?\s*[\w./-]+$/.test(part)) throw new Error(`${JSON.stringify(part)} is not a selector of labels`);
  if (part.startsWith('!')) return (labels) => labels[part.slice(1).trim()] === undefined;
  return (labels) => labels[part] !== undefined;
}
