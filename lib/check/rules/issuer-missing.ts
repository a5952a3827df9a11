import { nameOf } from '../../findings/object-name';
import { nearestHint } from '../../findings/nearest-name';
import type { ObjectIdentity } from '../../findings/finding';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { once } from '../../plain/once';
import { mapOf } from '../../plain/plain-data';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { programTexts } from '../facts/files/program-texts';
import { issuersOf, type IssuerReference } from '../facts/issuers';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { isStartGuessed } from '../facts/missing/guessed-start';
import { describeOrigin, possibleOrigin } from '../facts/missing/hidden-parts';
import { placesOfField } from '../facts/patches/set-by-patch';
import { chartOf, isOwnChart } from '../facts/releases/release-chart';
import type { Rule, RuleFinding } from '../rule';

/** A certificate of an issuer that is not there. */
export const issuerMissing: Rule = {
  code: 'issuer-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      const known = [...facts.ofKind('ClusterIssuer'), ...facts.ofKind('Issuer')];
      // A cluster without any issuer has them from elsewhere.
      if (known.length === 0) continue;
      for (const copies of facts.objects.values())
        for (const user of copies)
          for (const one of issuersOf(user.object)) yield* problemOf(context, facts, user, one);
    }
  },
};

function* problemOf(
  context: CheckContext,
  facts: ClusterFacts,
  user: OwnedObject,
  { kind, name, field }: IssuerReference,
): Iterable<RuleFinding> {
  const namespace = kind === 'Issuer' ? user.identity.namespace : undefined;
  const identity: ObjectIdentity = { group: 'cert-manager.io', kind, name, ...(namespace && { namespace }) };
  if (facts.objects.has(nodeId(identity)) || user.owner.build?.complete !== true) return;
  if (isSuspended(user.owner)) return;
  if (isMadeOutOfSight(context, facts, identity)) return;
  const origin = possibleOrigin(facts, identity, () => false);
  const what = `refers to ${nameOf(identity)}, which nothing in ${origin ? 'this repository' : 'the cluster'} applies`;
  yield {
    locations: placesOfField(facts.tree, user.owner.build, { ...user, field }),
    object: user.identity,
    field,
    cluster: facts.cluster.name,
    ...((origin ?? isStartGuessed(context)) && { severity: 'info' }),
    message: origin
      ? `${what}; ${describeOrigin(origin)}`
      : `${what}, so cert-manager never creates the certificate`,
    hint: hintFor(facts, identity),
  };
}

/** Whether a chart, a program or a person may create an issuer: its name is in their text. */
function isMadeOutOfSight(
  context: CheckContext,
  facts: ClusterFacts,
  { kind, name }: ObjectIdentity,
): boolean {
  const { mayMakeAny, words } = releasesOfIssuers(facts);
  const isNamed = (known: ReadonlySet<string>) => wordsOf(name).every((word) => known.has(word));
  return isMadeInCluster(facts, kind) || mayMakeAny || isNamed(words) || isNamed(wordsOfPrograms(context));
}

/** What releases may create issuers: any, or those with names among these words. */
const releasesOfIssuers = once((facts: ClusterFacts) => {
  const words = new Set<string>();
  let mayMakeAny = false;
  for (const node of facts.nodes.filter(({ identity }) => identity.kind === 'HelmRelease')) {
    const { values, valuesFrom } = mapOf(node.object?.spec);
    const chart = chartOf(facts, node)?.name ?? '';
    const text = JSON.stringify(values) ?? '';
    mayMakeAny ||=
      /issuer/i.test(chart) ||
      (valuesFrom !== undefined && /cert/i.test(chart)) ||
      (isOwnChart(facts, node) && /issuer/i.test(text));
    if (OF_ISSUERS.test(text)) for (const word of wordsOf(text)) words.add(word);
  }
  return { mayMakeAny, words };
});

const OF_ISSUERS = /issuers?"\s*:\s*[[{]|kind["']?\s*:\s*["']?(?:Cluster)?Issuer\b/i;

/** The words of the programs and pages that speak of issuers. */
const wordsOfPrograms = once((context: CheckContext): ReadonlySet<string> => {
  const texts = programTexts(context).filter(({ text }) => /issuer/i.test(text));
  return new Set(texts.flatMap(({ text }) => wordsOf(text)));
});

function wordsOf(text: string): string[] {
  return text.split(/[^a-z0-9-]+/).filter((word) => word !== '');
}

function hintFor(facts: ClusterFacts, { kind, name, namespace }: ObjectIdentity): string {
  const all = [...facts.ofKind('ClusterIssuer'), ...facts.ofKind('Issuer')].map(({ identity }) => identity);
  const other = all.find((one) => one.name === name);
  if (other) return `there is ${nameOf(other)}: correct the ${other.kind === kind ? 'namespace' : 'kind'}`;
  const alike = all.filter((one) => one.kind === kind && one.namespace === namespace);
  const near = nearestHint(
    name,
    alike.map((one) => one.name),
    undefined,
  );
  return `add it, or correct the name${near === undefined ? '' : ` (${near})`}`;
}
