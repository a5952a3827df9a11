import type { ObjectIdentity } from '../../../findings/finding';
import type { GraphNode } from '../../../graph/graph';
import { isFluxGroup } from '../../../kinds/groups';
import { comparableText } from '../../../plain/comparable-text';
import { groupBy } from '../../../plain/group-by';
import { asText } from '../../../plain/as-text';
import { once } from '../../../plain/once';
import { mapOf, textOf } from '../../../plain/plain-data';
import { directoryOf } from '../../../tree/path';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { looseFiles, looseObjects } from '../files/loose-files';
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
  if (startsOf(issuer.name).some((name) => isMadeByRelease(facts, issuer, name))) return true;
  return [wordsOfObjects(facts), wordsOfPrograms(context)].some((known) => isNamed(issuer.name, known));
}

/** Whether words have all of a name, or the part of it that is beside a variable, as in `letsencrypt-${each.key}`. */
function isNamed(name: string, known: ReadonlySet<string>): boolean {
  if (wordsOf(name).every((word) => known.has(word))) return true;
  return startsOf(name).some((start) => {
    const rest = name.slice(start.length);
    return rest !== '' && (known.has(`${start}-`) || known.has(rest));
  });
}

/** A name, and its parts up to each hyphen. */
function startsOf(name: string): string[] {
  const words = name.split('-');
  return words.map((_, index) => words.slice(0, index + 1).join('-'));
}

/** Whether an issuer lies where a release of a name installs its objects, whose names begin with its own, as in most charts. */
function isMadeByRelease(facts: ClusterFacts, { namespace }: ObjectIdentity, name: string): boolean {
  return (releasesByName(facts).get(name) ?? []).some(({ identity, object }) => {
    const target = textOf(mapOf(object?.spec).targetNamespace) ?? identity.namespace;
    return namespace === undefined || namespace === target;
  });
}

const releasesOf = once(({ nodes }: ClusterFacts): readonly GraphNode[] =>
  nodes.filter(({ identity }) => identity.kind === 'HelmRelease'),
);

const releasesByName = once((facts: ClusterFacts) =>
  groupBy(releasesOf(facts), ({ identity }) => identity.name),
);

/** The folders in this repository with charts whose templates have issuers, and the folders around them. */
const foldersWithIssuers = once((context: CheckContext): ReadonlySet<string> => {
  const folders = new Set<string>();
  for (const { path, bytes } of looseFiles(context)) {
    if (!path.includes('/templates/') || !OF_ISSUERS.test(bytes.toString('utf8'))) continue;
    for (let folder = directoryOf(path); folder !== ''; folder = directoryOf(folder)) folders.add(folder);
  }
  return folders;
});

/** Names of charts with issuers, and of those in which somebody keeps what a whole cluster needs. */
const ANY_ISSUER = /issuer|(?:^|-)(?:addons?|bootstrap|common|infra|infrastructure|platform)(?:-|$)/i;

/** Whether a release may create issuers of any name. */
function mayMakeAny(context: CheckContext, facts: ClusterFacts): boolean {
  const { isAny, folders } = chartsOfIssuers(facts);
  return isAny || folders.some((folder) => foldersWithIssuers(context).has(folder));
}

/** Whether releases may create issuers, as far as their charts and values show; and the folders of the other charts. */
const chartsOfIssuers = once((facts: ClusterFacts) => {
  const isAny = releasesOf(facts).some((release) => {
    const { values, valuesFrom } = mapOf(release.object?.spec);
    const { name = '' } = chartOf(facts, release) ?? {};
    if (ANY_ISSUER.test(name) || (valuesFrom !== undefined && /cert/i.test(name))) return true;
    return isOwnChart(facts, release) && /issuer/i.test(comparableText(values));
  });
  const folders = new Set(releasesOf(facts).flatMap((release) => localChart(facts, release) ?? []));
  return { isAny, folders: [...folders] };
});

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

/** Whether a file that no build reads has an issuer, so that someone may apply it by hand. */
export function isLooseIssuer(context: CheckContext, { kind, name }: ObjectIdentity): boolean {
  return looseIssuers(context).has(`${kind}/${name}`);
}

const looseIssuers = once((context: CheckContext): ReadonlySet<string> => {
  const issuers = [...looseObjects(context, 'Issuer')];
  return new Set(issuers.map(({ kind, metadata }) => `${asText(kind)}/${asText(mapOf(metadata).name)}`));
});
