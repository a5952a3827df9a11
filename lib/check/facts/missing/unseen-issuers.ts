import type { ObjectIdentity } from '../../../findings/finding';
import type { GraphNode } from '../../../graph/graph';
import { isFluxGroup } from '../../../kinds/groups';
import { comparableText } from '../../../plain/comparable-text';
import { once } from '../../../plain/once';
import { mapOf, textOf } from '../../../plain/plain-data';
import { isBelow } from '../../../tree/path';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { looseFiles } from '../files/loose-files';
import { programTexts } from '../files/program-texts';
import { localChart } from '../releases/local-charts';
import { chartOf, isOwnChart } from '../releases/release-chart';
import { isMadeInCluster } from './generated-in-cluster';

/** Whether a chart, a controller, a program or a person may create an issuer that no build has. */
export function isIssuerMadeUnseen(
  context: CheckContext,
  facts: ClusterFacts,
  issuer: ObjectIdentity,
): boolean {
  if (isMadeInCluster(facts, issuer.kind) || mayMakeAny(context, facts)) return true;
  if (releasesOf(facts).some((release) => isNamedAfter(issuer, release))) return true;
  return [wordsOfObjects(facts), wordsOfPrograms(context)].some((known) => isNamed(issuer.name, known));
}

/** Whether words have all of a name, or the part of it that is beside a variable, as in `letsencrypt-${each.key}`. */
function isNamed(name: string, known: ReadonlySet<string>): boolean {
  if (wordsOf(name).every((word) => known.has(word))) return true;
  for (let at = name.indexOf('-'); at > 0; at = name.indexOf('-', at + 1))
    if (known.has(name.slice(0, at + 1)) || known.has(name.slice(at))) return true;
  return false;
}

/** Whether an issuer lies where a release installs its objects, and has its name, as most objects of charts do. */
function isNamedAfter(issuer: ObjectIdentity, { identity, object }: GraphNode): boolean {
  if (!`${issuer.name}-`.startsWith(`${identity.name}-`)) return false;
  const target = textOf(mapOf(object?.spec).targetNamespace) ?? identity.namespace;
  return issuer.namespace === undefined || issuer.namespace === target;
}

const releasesOf = once(({ nodes }: ClusterFacts): readonly GraphNode[] =>
  nodes.filter(({ identity }) => identity.kind === 'HelmRelease'),
);

/** The folders of charts in this repository whose templates have issuers. */
const foldersWithIssuers = once((context: CheckContext): readonly string[] =>
  looseFiles(context)
    .filter(({ path, bytes }) => /\/templates\//.test(path) && OF_ISSUERS.test(bytes.toString('utf8')))
    .map(({ path }) => path),
);

/** Names of charts with issuers, and of those in which somebody keeps what a whole cluster needs. */
const ANY_ISSUER = /issuer|(?:^|-)(?:addons?|bootstrap|common|infra|infrastructure|platform)(?:-|$)/i;

/** Whether a release may create issuers of any name. */
function mayMakeAny(context: CheckContext, facts: ClusterFacts): boolean {
  return releasesOf(facts).some((release) => {
    const { values, valuesFrom } = mapOf(release.object?.spec);
    const { name = '' } = chartOf(facts, release) ?? {};
    if (ANY_ISSUER.test(name) || (valuesFrom !== undefined && /cert/i.test(name))) return true;
    if (!isOwnChart(facts, release)) return false;
    const folder = localChart(facts, release);
    const isTemplate = (path: string) => folder !== undefined && isBelow(path, folder);
    return /issuer/i.test(comparableText(values)) || foldersWithIssuers(context).some(isTemplate);
  });
}

const OF_ISSUERS = /issuers?"\s*:\s*[[{]|kind["'\\]*\s*:\s*["'\\]*(?:Cluster)?Issuer\b/i;

/** The words of the releases, policies and scripts in the cluster that may create issuers. */
const wordsOfObjects = once((facts: ClusterFacts): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const [one] of facts.objects.values()) {
    const { group, kind } = one?.identity ?? { group: '', kind: '' };
    const isOther = kind !== 'HelmRelease' && (isFluxGroup(group) || group.endsWith('cert-manager.io'));
    const text = isOther
      ? ''
      : comparableText(kind === 'HelmRelease' ? mapOf(one?.object.spec).values : one?.object);
    if (OF_ISSUERS.test(text)) for (const word of wordsOf(text)) words.add(word);
  }
  return words;
});

/** The words of the programs and pages that speak of issuers. */
const wordsOfPrograms = once((context: CheckContext): ReadonlySet<string> => {
  const texts = programTexts(context).filter(({ text }) => /issuer/i.test(text));
  return new Set(texts.flatMap(({ text }) => wordsOf(text)));
});

function wordsOf(text: string): string[] {
  return text.split(/[^a-z0-9-]+/).filter((word) => word !== '');
}
