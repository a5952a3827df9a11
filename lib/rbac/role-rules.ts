import { listOf, mapOf, textsOf } from '../plain/plain-data';

/** A rule of a Role or ClusterRole. */
interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** One right that a rule grants. */
interface Right {
  readonly verb: string;
  /**
   * @default - the right is to an address, not to objects
   */
  readonly resource?: { readonly group: string; readonly name: string; readonly object?: string };
  /**
   * @default - the right is to objects
   */
  readonly url?: string;
}

/** The maximum number of comparisons for two roles; the rest counts as gained. */
const MAX_COMPARISONS = 200_000;

/** What the rules of a role allow that those of another do not, as `get secrets`. */
export function gainedRights(before: unknown, after: unknown): string[] {
  const known = listOf(before).map(ruleOf);
  let left = MAX_COMPARISONS;
  const gained = new Set<string>();
  for (const right of rightsOf(listOf(after).map(ruleOf))) {
    left -= known.length + 1;
    if (left < 0) {
      gained.add('more than can be compared');
      break;
    }
    if (!known.some((rule) => allows(rule, right))) gained.add(rightText(right));
  }
  return [...gained];
}

/** What of a role's rules gives power over the cluster, or over other people's rights and secrets. */
export function wideRights(rules: unknown): string[] {
  return [
    ...new Set(
      listOf(rules)
        .map(ruleOf)
        .flatMap((rule) => wideParts(rule)),
    ),
  ];
}

const POWERS = new Set(['escalate', 'bind', 'impersonate']);
const READS = ['get', 'list', 'watch', '*'];

function wideParts(rule: Rule): string[] {
  const { verbs, apiGroups, resources } = rule;
  const isAll = verbs.includes('*') && (resources.includes('*') || apiGroups.includes('*'));
  return [
    ...(isAll && resources.length > 0 ? [`* ${resources.join(', ')}`] : []),
    ...escalatingParts(rule),
    ...(readsAllSecrets(rule) ? ['read all secrets'] : []),
  ];
}

/** Rights whose holder can act as others, if they apply to the whole cluster. */
const POWERS_OVER_OTHERS: readonly (readonly [group: string, resource: string, verbs: readonly string[]])[] =
  [
    ['', 'serviceaccounts/token', ['create']],
    ['', 'nodes/proxy', ['get', 'create']],
    ['', 'pods/exec', ['create', 'get']],
    ['admissionregistration.k8s.io', 'mutatingwebhookconfigurations', ['create', 'update', 'patch']],
    ['certificates.k8s.io', 'certificatesigningrequests/approval', ['update', 'patch']],
  ];

/**
 * What of a role's rules lets its holder act as others, where it is for the whole cluster: take their tokens, run commands in
 * their Pods, change what they apply, or have certificates in their names.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
export function powersOverOthers(rules: unknown): string[] {
  const known = listOf(rules).map(ruleOf);
  return POWERS_OVER_OTHERS.flatMap(([group, name, verbs]) => {
    const verb = verbs.find((one) =>
      known.some((rule) => isNarrow(rule) && allows(rule, { verb: one, resource: { group, name } })),
    );
    return verb === undefined ? [] : [rightText({ verb, resource: { group, name } })];
  });
}

/** Rules for everything are reported as such. */
function isNarrow({ verbs, resources }: Rule): boolean {
  return !(verbs.includes('*') && resources.includes('*'));
}

/** The rights of a role to give itself more, as `escalate roles`, where they are named one by one. */
export function rightsToEscalate(rules: unknown): string[] {
  return [...new Set(listOf(rules).map(ruleOf).flatMap(escalatingParts))];
}

/** Whether a role may read all Secrets that it reaches. */
export function readsSecrets(rules: unknown): boolean {
  return listOf(rules)
    .map(ruleOf)
    .some((rule) => readsAllSecrets(rule) || (holds(rule.resources, 'secrets') && rule.verbs.includes('*')));
}

function escalatingParts({ verbs, resources }: Rule): string[] {
  return verbs.filter((verb) => POWERS.has(verb)).map((verb) => `${verb} ${resources.join(', ')}`);
}

function readsAllSecrets({ verbs, apiGroups, resources, resourceNames }: Rule): boolean {
  const isCore = apiGroups.includes('') || apiGroups.includes('*');
  const isOpen = resourceNames.length === 0;
  return isOpen && isCore && resources.includes('secrets') && verbs.some((verb) => READS.includes(verb));
}

function ruleOf(value: unknown): Rule {
  const rule = mapOf(value);
  return {
    verbs: textsOf(rule.verbs),
    apiGroups: textsOf(rule.apiGroups),
    resources: textsOf(rule.resources),
    resourceNames: textsOf(rule.resourceNames),
    nonResourceURLs: textsOf(rule.nonResourceURLs),
  };
}

function* rightsOf(rules: readonly Rule[]): Iterable<Right> {
  for (const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } of rules) {
    for (const verb of verbs) {
      for (const url of nonResourceURLs) yield { verb, url };
      for (const group of apiGroups) {
        for (const name of resources) {
          if (resourceNames.length === 0) yield { verb, resource: { group, name } };
          for (const object of resourceNames) yield { verb, resource: { group, name, object } };
        }
      }
    }
  }
}

function allows(rule: Rule, { verb, url, resource }: Right): boolean {
  if (!holds(rule.verbs, verb)) return false;
  if (url !== undefined) return rule.nonResourceURLs.some((known) => isWithin(url, known));
  if (!resource) return false;
  const { group, name, object } = resource;
  const isNamed =
    rule.resourceNames.length === 0 || (object !== undefined && rule.resourceNames.includes(object));
  const [, part] = name.split('/');
  const hasResource =
    holds(rule.resources, name) || (part !== undefined && rule.resources.includes(`*/${part}`));
  return isNamed && hasResource && holds(rule.apiGroups, group);
}

function holds(known: readonly string[], value: string): boolean {
  return known.includes(value) || known.includes('*');
}

function isWithin(url: string, known: string): boolean {
  return known === url || (known.endsWith('*') && url.startsWith(known.slice(0, -1)));
}

function rightText({ verb, url, resource }: Right): string {
  if (!resource) return `${verb} ${url}`;
  const { group, name, object } = resource;
  const kind = group === '' ? name : `${name}.${group}`;
  return `${verb} ${kind}${object === undefined ? '' : ` ${JSON.stringify(object)}`}`;
}
