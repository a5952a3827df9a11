import { nameOf } from '../../findings/object-name';
import type { WithoutCrds } from '../providers/api-providers';
import { chartsThatBring } from '../providers/known-charts/find-chart';
import { byPlace, missingApis, type MissingApi } from '../providers/missing-apis';
import type { Rule, RuleFinding } from '../rule';

/** Up to this many objects are named one by one. */
const FEW = 4;

/** A custom resource whose CRD nothing brings. */
export const crdMissing: Rule = {
  code: 'crd-missing',
  *check(context) {
    yield* byPlace(missingApis(context)).map(missing);
  },
};

function missing(api: MissingApi): RuleFinding {
  const { users, without, severity, doubt } = api;
  const places = [
    users[0]?.location,
    without?.node.location,
    ...users.slice(1).map(({ location }) => location),
  ];
  const effect =
    severity === 'error' ? 'cannot be applied' : 'can be applied only if something else installs the CRD';
  return {
    severity,
    locations: places.filter((place) => place !== undefined),
    object: users[0]?.identity,
    message: `${nameUsers(api)} ${effect}: ${reason(api)}${doubt ? `; ${doubt.words}` : ''}`,
    hint: `${fix(api)}${separation(api)}; if the CRD is in the cluster before Flux, list ${JSON.stringify(api.group)} under check.providedGroups in cdk8s-flux.yaml`,
  };
}

/** The objects in words, for example `ClusterIssuer "internal" and "public" of cert-manager.io`. */
function nameUsers({ users, kind, group }: MissingApi): string {
  const names = [...new Set(users.map(({ identity }) => JSON.stringify(identity.name)))];
  const more = names.length > FEW ? [`${names.length - FEW} more`] : [];
  const all = [...names.slice(0, FEW), ...more];
  const last = all.at(-1) ?? '';
  const list = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${last}` : last;
  return `${kind} ${list} of ${group}`;
}

function reason({ without, unread, elsewhere }: MissingApi): string {
  if (without) return leftOut(without);
  const nothing = 'nothing in this repository installs the CRD';
  if (unread !== undefined)
    return `nothing that Flux reads installs the CRD; ${JSON.stringify(unread)} contains it, but no Kustomization reads that file`;
  return elsewhere
    ? `${nothing} to this cluster, as it does to ${JSON.stringify(elsewhere.cluster.name)}`
    : nothing;
}

function leftOut({ node, chart, state, setting }: WithoutCrds): string {
  const release = nameOf(node.identity);
  switch (state) {
    case 'left':
      return `the chart ${chart} of ${release} leaves the CRD to ${setting}, which nothing in this repository installs`;
    case 'skipped':
      return `${release} leaves out the CRDs of the chart ${chart}, because spec.install.crds is Skip`;
    case 'unheeded':
      return `${release} turns on the CRDs of the chart ${chart} with a value that only later versions of the chart know`;
    case 'value':
      return `${release} turns off the CRDs of the chart ${chart} with ${setting}`;
    default:
      return `${release} installs the chart ${chart} without its CRDs, because ${setting} is not set`;
  }
}

/** What is also needed if Flux applies the objects with the release: it would wait for the CRD with both. */
function separation({ without, users }: MissingApi): string {
  if (!without || without.state === 'left') return '';
  const owner = users.find((user) => without.node.appliedBy.includes(user.owner.id))?.owner;
  return owner
    ? `, and move the objects from ${nameOf(owner.identity)} to another Kustomization that depends on it, with wait: true there`
    : '';
}

function fix({ without, unread, group, kind }: MissingApi): string {
  if (without?.state === 'left') return `install ${without.setting}`;
  if (without?.state === 'skipped') return 'set spec.install.crds: CreateReplace';
  if (without) return `set ${without.setting}: true in its values`;
  if (unread !== undefined) return 'list that file';
  const [chart] = chartsThatBring(group, kind);
  if (!chart) return 'add the CRD, or correct apiVersion and kind';
  const [value] = chart.gate?.byDefault === false ? chart.gate.values : [];
  return `install the chart ${chart.chart}${value ? ` with ${value.path}: true` : ''}`;
}
