import type { ObjectRule } from './object-rule';

interface NameLimit {
  readonly characters: number;
  readonly why: string;
  /** Whether the API server accepts the object anyway. */
  readonly isAccepted?: boolean;
}

/** Kinds whose names must be shorter than those of others, because a controller derives names or labels from them. */
const LIMITS: Readonly<Record<string, NameLimit>> = {
  'batch/CronJob': { characters: 52, why: 'the names of its Jobs have 11 more characters' },
  'batch/Job': { characters: 63, why: 'the name is also a label value of its Pods' },
  'apps/StatefulSet': {
    characters: 52,
    why: 'the name plus 11 characters is a label value of its Pods, and no Pod would start',
    isAccepted: true,
  },
};

/** Names of workloads that are too long for what controllers make of them. */
export function workloadName(group: string, kind: string): ObjectRule | undefined {
  const limit = LIMITS[`${group}/${kind}`];
  return limit && ((object, report) => checkLength(object, kind, limit, report));
}

function checkLength(
  { metadata }: Parameters<ObjectRule>[0],
  kind: string,
  { characters, why, isAccepted = false }: NameLimit,
  report: Parameters<ObjectRule>[1],
): void {
  const name = (metadata as { name?: unknown } | null | undefined)?.name;
  // Beyond 63 and 253 characters, names are refused because of their form.
  const most = isAccepted ? 63 : 253;
  if (typeof name !== 'string' || name.length <= characters || name.length > most) return;
  if (report.isPlaceholder(name)) return;
  report.add(
    {
      code: 'name-invalid',
      severity: isAccepted ? 'warning' : undefined,
      got: JSON.stringify(name),
      message: `the name of a ${kind} has ${name.length} characters; at most ${characters} are allowed, because ${why}`,
      hint: 'shorten it',
    },
    'metadata',
    'name',
  );
}
