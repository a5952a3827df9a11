import { goRegexOfAll, GoRegexError } from '../../../plain/go-regex';
import { mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import {
  meetsRequirement,
  parseRequirement,
  splitRequirements,
  type LabelRequirement,
} from '../../../plain/label-requirements';
import { effectiveNamespace, idOf, metadataMap, originalId, type Resource } from '../resource';

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
      `the target's ${field} ${JSON.stringify(expression)} is not a valid Go regular expression: ${error.message}`,
    );
  }
}

/** Reads a selector such as `a=b,c!=d,e,!f,g in (h,i),j notin (k)`. */
function selectorOf(text: string | undefined): (labels: PlainMap) => boolean {
  if (text === undefined || text.trim() === '') return matchesAll;
  const requirements = splitRequirements(text).map(requirementOf);
  return (labels) => requirements.every((requirement) => meetsRequirement(requirement, mapOf(labels)));
}

function requirementOf(text: string): LabelRequirement {
  const requirement = parseRequirement(text);
  if (!requirement) throw new Error(`${JSON.stringify(text)} is not a valid label selector`);
  return requirement;
}
