import { compareText } from '../../plain/compare-text';
import type { Change, FieldChange } from '../change';
import { listed } from '../changed-fields';
import { entryPath } from '../compare/change-path';
import { versionStep } from '../../plain/version-step';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';

/** A remote base or chart of a kustomization, taken apart. */
interface Remote {
  /** Its identity, independent of the version. */
  readonly name: string;
  /** The version: the part after `ref=` or `version=`. */
  readonly version: string;
}

/** Kustomizations whose remote bases are others now, or have other versions. What these bases hold is not read. */
export function changedRemotes({ base, head }: ClusterComparison): Change[] {
  return [...head.kustomizations.values()].flatMap((node) => {
    const former = base.kustomizations.get(node.id);
    if (!former?.build?.remotes.length && !node.build?.remotes.length) return [];
    const owned = head.ownObjectOf(node);
    const fields =
      former && owned ? remoteChanges(former.build?.remotes ?? [], node.build?.remotes ?? []) : [];
    if (!owned || fields.length === 0) return [];
    const message = `its remote bases change: ${listed(fields.map(changeText))}`;
    const hint = 'review the changes in the remote repository: they are not part of this diff';
    return [changeOf(owned, { class: 'source-changed', fields, message, hint })];
  });
}

function remoteChanges(before: readonly string[], after: readonly string[]): FieldChange[] {
  const [known, found] = [before, after].map(
    (remotes) => new Map(remotes.map(remoteOf).map(({ name, version }) => [name, version])),
  );
  const names = [...new Set([...(known?.keys() ?? []), ...(found?.keys() ?? [])])].sort(compareText);
  return names.flatMap((name) => {
    const [from, to] = [known?.get(name), found?.get(name)];
    if (from === to) return [];
    return [
      {
        path: entryPath('resources', name),
        ...(from !== undefined && { before: from }),
        ...(to !== undefined && { after: to }),
      },
    ];
  });
}

/** The position of a remote's version: after `ref=`, in a part of an address, or after the name of a chart. */
const VERSIONS: readonly RegExp[] = [
  /^(.*)[?&](?:ref|version)=([^&]*)()/,
  /^(helm chart \S+) (?!from )(\S+)(.*)$/,
  /^([a-z+]+:\/\/.*\/)([vV]?\d+\.\d+[^/]*)(\/.*)$/,
];

function remoteOf(written: string): Remote {
  const [, start, version, end = ''] = VERSIONS.map((form) => form.exec(written)).find(Boolean) ?? [];
  if (start === undefined || version === undefined) return { name: written, version: '' };
  return { name: start.endsWith('/') ? `${start}*${end}` : `${start}${end}`, version };
}

function changeText({ path, before, after }: FieldChange): string {
  if (before === undefined) return `${path} is added`;
  if (after === undefined) return `${path} is removed`;
  const [from, to] = [before, after].map((version) => String(version) || 'its default branch');
  const step = versionStep(String(before), String(after));
  const isKnown = before !== '' && after !== '' && step !== 'other';
  return `${path} changes from ${from} to ${to}${isKnown ? ` (${step})` : ''}`;
}
