import { mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { effectiveNamespace, idOf, metadataMap, originalId, type Resource } from './resource';

/** Tells which resources a patch or replacement is for. */
export type ResourceFilter = (resource: Resource) => boolean;

/**
 * A selector of kustomize: regular expressions that must match as a whole on group, version, kind, name and
 * namespace (the original or the current ones), and label and annotation selectors.
 *
 * @throws SyntaxError where an expression cannot be read
 */
export function resourceFilter(selector: PlainMap): ResourceFilter {
  const [group, version, kind, name, namespace] = ['group', 'version', 'kind', 'name', 'namespace'].map(
    (field) => anchored(textOf(selector[field])),
  );
  const labels = selectorOf(textOf(selector.labelSelector));
  const annotations = selectorOf(textOf(selector.annotationSelector));
  return (resource) => {
    const current = idOf(resource);
    if (kind && !kind.test(current.kind)) return false;
    if (group && !group.test(current.group)) return false;
    if (version && !version.test(current.version)) return false;
    const original = originalId(resource);
    if (name && !name.test(original.name) && !name.test(current.name)) return false;
    if (
      namespace &&
      !namespace.test(effectiveNamespace(original)) &&
      !namespace.test(effectiveNamespace(current))
    ) {
      return false;
    }
    if (labels && !labels(metadataMap(resource.object, 'labels'))) return false;
    return !annotations || annotations(metadataMap(resource.object, 'annotations'));
  };
}

function anchored(expression: string | undefined): RegExp | undefined {
  if (expression === undefined) return undefined;
  // Go writes flags inside the expression.
  if (/\(\?(?:[=!]|<[=!])|\\[1-9]/.test(expression))
    throw new SyntaxError(
      `${JSON.stringify(expression)} looks around or back, which Go's expressions cannot`,
    );
  const [, flags = '', body = ''] = /^(?:\(\?([ims]+)\))?([^]*)$/.exec(expression) ?? [];
  return new RegExp(`^(?:${body})$`, flags);
}

/** Parses a Kubernetes selector: `a=b,c!=d,e,!f,g in (h,i),j notin (k)`. */
export function selectorOf(text: string | undefined): ((labels: PlainMap) => boolean) | undefined {
  if (text === undefined) return undefined;
  const tests = text.split(/,(?![^(]*\))/).map((part) => requirement(part.trim()));
  return (labels) => tests.every((test) => test(mapOf(labels)));
}

function requirement(part: string): (labels: PlainMap) => boolean {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return (labels) => values.includes(String(labels[key] ?? '\0')) === (operator === 'in');
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(part);
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
  if (!/^!?\s*[\w./-]+$/.test(part)) throw new SyntaxError(`${JSON.stringify(part)} is no selector`);
  if (part.startsWith('!')) return (labels) => labels[part.slice(1).trim()] === undefined;
  return (labels) => labels[part] !== undefined;
}
