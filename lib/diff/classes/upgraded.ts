import type { VersionChange } from '../change';
import { listed } from '../changed-fields';
import type { ObjectClassifier } from '../classifier';
import { chartChange } from '../versions/chart-change';
import { imageChanges } from '../versions/image-changes';

/** The version of a chart or of an image changes. */
export const upgraded: ObjectClassifier = (changed, context) => {
  const chart = chartChange(changed, context);
  const images = imageChanges(changed);
  const versions = [...(chart ? [chart.version] : []), ...images.versions];
  if (versions.length === 0) return [];
  const own = new Set([...(chart?.fields ?? []), ...images.fields]);
  return [
    {
      class: 'upgraded',
      fields: changed.fields.filter((field) => own.has(field)),
      message: listed(versions.map(stepText)),
      hint: hintFor(versions),
      versions,
    },
  ];
};

/** What happens to a version, in words. */
export function stepText({ of, name, before, after, step }: VersionChange): string {
  const words = step === 'other' ? '' : step === 'downgrade' ? ', a downgrade' : ` (${step})`;
  return `${of} ${name} changes from ${before} to ${after}${words}`;
}

/** What to do before versions change. */
export function hintFor(versions: readonly VersionChange[]): string | undefined {
  if (versions.some(({ step }) => step === 'major'))
    return 'read the release notes of the new major version: it may have breaking changes';
  if (versions.some(({ step }) => step === 'downgrade'))
    return 'check that the older version can read the data of the newer one';
  if (versions.some(({ step }) => step === 'range'))
    return 'set an exact version if you want to review each upgrade: Flux always installs the newest version of a range';
  return undefined;
}
