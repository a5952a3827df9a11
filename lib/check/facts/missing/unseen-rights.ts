import { comparableText } from '../../../plain/comparable-text';
import { isFluxGroup } from '../../../kinds/groups';
import { once } from '../../../plain/once';
import { mapOf } from '../../../plain/plain-data';
import { accountUser, isBinding, namesOf, subjectsOf, type Account } from '../../../rbac/bindings';
import { isKubernetesGroup } from '../../../schema/kubernetes-kinds';
import { looksEncrypted } from '../../../sops/encrypted-text';
import { isBelow } from '../../../tree/path';
import { chartOf } from '../releases/release-chart';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { isMadeInCluster } from './generated-in-cluster';
import { localChart } from '../releases/local-charts';
import { looseFiles, looseObjects } from '../files/loose-files';
import { programTexts } from '../files/program-texts';
import { isTouched } from './touched-names';

/** Charts that set up namespaces and what may be done in them, and charts of anything. */
const RIGHTS_CHART =
  /rbac|tenant|access|permission|account|binding|onboarding|baseline|platform|\b(?:base|teams?|projects?)\b|namespaces?$|raw|resources|manifests/i;

/** A binding that something shall create, rather than a rule for bindings. */
const CREATES_BINDING = /"kind":"(?:Cluster)?RoleBinding"/;

/** Commands and resources that create bindings, also those of OpenShift. */
const COMMAND = /role[_-]?binding|\bcreate tenant\b|\bpolicy add-(?:cluster-)?role-to-(?:user|group)\b/i;

const TERRAFORM = /\.(?:tf|tofu|tfvars|hcl)$/;

/** Whether something may give an account rights without a binding in the files that is for all to read. */
export function mayHaveUnseenRights(context: CheckContext, facts: ClusterFacts, account: Account): boolean {
  const { name } = account;
  return (
    isTouched(facts, name) ||
    isInValues(facts, name) ||
    isBoundByProgram(context, name) ||
    mayBeBound(context, facts, account)
  );
}

/** Whether something may bind an account of any name, such as `default`, of which mentions say nothing. */
export function mayBeBound(context: CheckContext, facts: ClusterFacts, account: Account): boolean {
  return (
    isBoundUnseen(facts) ||
    namedGroups(facts).has(account.namespace) ||
    isBoundByHand(context, account) ||
    isBoundByChart(context, facts)
  );
}

/** Whether bindings are encrypted, or something in a cluster creates bindings or their kind of charts. */
const isBoundUnseen = once(
  (facts: ClusterFacts): boolean =>
    ['RoleBinding', 'ClusterRoleBinding'].some((kind) => isMadeInCluster(facts, kind)) ||
    facts.nodes
      .filter(({ type }) => type === 'helm-release')
      .some((node) => RIGHTS_CHART.test(`${node.identity.name} ${chartOf(facts, node)?.name ?? ''}`)) ||
    [...facts.objects.values()].some((copies) => copies.some(mayBind)),
);

/** A value that is encrypted, or a variable whose value is not known. */
const UNKNOWN = /"ENC\[|\$\{/;

function isCustom(group: string, kind: string): boolean {
  return kind !== 'CustomResourceDefinition' && !isFluxGroup(group) && !isKubernetesGroup(group);
}

/** The namespaces to all of whose accounts a custom resource refers. */
const namedGroups = once((facts: ClusterFacts): ReadonlySet<string> => {
  const custom = [...facts.objects.values()].flatMap(([first]) =>
    first && isCustom(first.identity.group, first.identity.kind) ? [JSON.stringify(first.object)] : [],
  );
  const groups = custom.flatMap((text) => [...text.matchAll(/system:serviceaccounts:([a-z0-9-]+)/g)]);
  return new Set(groups.flatMap(([, namespace]) => namespace ?? []));
});

function mayBind({ identity: { group, kind }, object }: OwnedObject): boolean {
  if (looksEncrypted(kind)) return true;
  if (isBinding(object)) return UNKNOWN.test(JSON.stringify([object.metadata?.namespace, object.subjects]));
  if (!isCustom(group, kind)) return false;
  // Hierarchical namespaces take over the bindings of their parents.
  return group === 'hnc.x-k8s.io' || CREATES_BINDING.test(comparableText(object));
}

/** Whether a chart gets a name as one of its values, or a script in a ConfigMap that creates bindings mentions it. */
export function isInValues(facts: ClusterFacts, name: string): boolean {
  return valueTexts(facts).some((text) => text.includes(name));
}

/** The values of releases, and the ConfigMaps that releases read or that have scripts which create bindings. */
const valueTexts = once((facts: ClusterFacts): readonly string[] => {
  const read = new Set(facts.edges('values-from').map(({ to }) => to));
  const values = facts.ofKind('HelmRelease').map(({ object }) => comparableText(mapOf(object?.spec).values));
  const configMaps = [...facts.objects].flatMap(([id, [first]]) => {
    if (first?.identity.kind !== 'ConfigMap') return [];
    const text = JSON.stringify(first.object.data ?? null);
    return read.has(id) || COMMAND.test(text) ? [text] : [];
  });
  return [...values, ...configMaps];
});

/** Whether a program that creates bindings or tenants mentions a name. */
function isBoundByProgram(context: CheckContext, name: string): boolean {
  return programTexts(context).some(
    ({ path, text }) =>
      text.includes(name) &&
      (COMMAND.test(text) || (TERRAFORM.test(path) && text.includes('service_account'))),
  );
}

/** Whether a file that no build reads binds an account, one of the name in a namespace that it does not say, or a variable. */
function isBoundByHand(context: CheckContext, account: Account): boolean {
  const { subjects, hasVariable } = boundByHand(context);
  const [user = '', , group = ''] = namesOf(account);
  const anywhere = accountUser({ namespace: '', name: account.name });
  return hasVariable || [user, group, anywhere].some((subject) => subjects.has(subject));
}

/** The subjects of the bindings in files that no build reads, and whether a variable is one of them. */
const boundByHand = once((context: CheckContext) => {
  const bindings = [...looseObjects(context, 'RoleBinding')].filter(
    ({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding',
  );
  const subjects = new Set(bindings.flatMap(subjectsOf));
  return { subjects, hasVariable: [...subjects].some((subject) => subject.includes('${')) };
});

/** Whether a chart of this repository, which a release installs, contains bindings. */
function isBoundByChart(context: CheckContext, facts: ClusterFacts): boolean {
  const folders = new Set(facts.nodes.flatMap((node) => localChart(facts, node) ?? []));
  if (folders.size === 0) return false;
  return looseFiles(context).some(
    ({ path, bytes }) =>
      bytes.includes('RoleBinding') && [...folders].some((folder) => isBelow(path, folder)),
  );
}
