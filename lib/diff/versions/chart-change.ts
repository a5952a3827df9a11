import { HELM_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { lastPart } from '../../check/facts/releases/release-chart';
import { nodeId } from '../../graph/node-id';
import { mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';
import { apiGroup, type ManifestObject } from '../../tree/manifest';
import type { FieldChange, VersionChange } from '../change';
import { changedFields } from '../changed-fields';
import type { ChangedObject, ClassifyContext } from '../classifier';
import { shortDigest } from './image-reference';
import { versionStep } from '../../plain/version-step';
import { asText } from '../../plain/as-text';

/** A chart at a version. */
interface Chart {
  readonly name: string;
  readonly version: string;
  /**
   * @default - the version is not a digest
   */
  readonly digest?: string;
}

const HELM_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/** The chart whose version an object changes, and the fields that say so. */
export function chartChange(
  changed: ChangedObject,
  context: ClassifyContext,
): { readonly version: VersionChange; readonly fields: readonly FieldChange[] } | undefined {
  const [known, found] = [chartOf(changed.before.object), chartOf(changed.after.object)];
  if (!known || !found || known.name !== found.name) return undefined;
  if (changed.after.object.kind === 'OCIRepository' && !holdsChart(changed, context)) return undefined;
  const [before, after] = [textFor(known), textFor(found)];
  if (before === after) return undefined;
  const isDigest = known.version === found.version;
  const step = isDigest ? 'digest' : versionStep(known.version, found.version);
  return {
    version: { of: 'chart', name: found.name, before, after, step },
    fields: changedFields(changed, 'spec.chart.spec.version', 'spec.version', 'spec.ref'),
  };
}

function chartOf({ apiVersion, kind, spec }: ManifestObject): Chart | undefined {
  switch (`${apiGroup(apiVersion)}/${kind}`) {
    case `${HELM_GROUP}/HelmRelease`:
      return chartAt(mapOf(valueAt(spec, 'chart', 'spec')));
    case `${SOURCE_GROUP}/HelmChart`:
      return chartAt(mapOf(spec));
    case `${SOURCE_GROUP}/OCIRepository`:
      return artifactAt(mapOf(spec));
    default:
      return undefined;
  }
}

/** A chart in a Git repository or bucket has the version in its files. */
function chartAt({ chart, version, sourceRef }: PlainMap): Chart | undefined {
  const name = textOf(chart);
  if (name === undefined || mapOf(sourceRef).kind !== 'HelmRepository') return undefined;
  return { name: lastPart(name), version: version === undefined || version === '' ? '*' : asText(version) };
}

/** The digest decides, otherwise the range, otherwise the tag. */
function artifactAt({ url, ref }: PlainMap): Chart | undefined {
  const address = textOf(url);
  const { digest, semver, tag } = mapOf(ref);
  if (address === undefined) return undefined;
  const version = textOf(semver) ?? (tag === undefined ? 'latest' : asText(tag));
  const pinned = textOf(digest);
  return { name: lastPart(address), version, ...(pinned !== undefined && { digest: pinned }) };
}

function textFor({ version, digest }: Chart): string {
  return digest === undefined ? version : `${version}@${shortDigest(digest)}`;
}

/** Whether an OCIRepository holds a chart: it says so, or a HelmRelease installs it. */
export function holdsChart({ identity, after }: ChangedObject, { head }: ClassifyContext): boolean {
  if (valueAt(after.object.spec, 'layerSelector', 'mediaType') === HELM_LAYER) return true;
  const id = nodeId(identity);
  return head?.edges('chart').some(({ to }) => to === id) ?? false;
}
