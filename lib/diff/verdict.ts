import { firstNames } from '../plain/first-names';
import { fail } from '../findings/findings-error';
import { nearestHint } from '../findings/nearest-name';
import { plural } from '../findings/summary';
import { CHANGE_CLASSES, type ChangeClass, type Diff } from './change';
import { CHANGE_GROUPS } from './change-groups';
import { countClasses, groupChanges } from './report/group-changes';

/** What makes a run fail. */
export interface FailOn {
  /** Changes of these classes. */
  readonly classes: ReadonlySet<ChangeClass>;
  /** Moves in which Flux deletes the object first, or may do so. */
  readonly moves: boolean;
  /** New findings that are errors or warnings. */
  readonly findings: boolean;
}

/** How many clusters a change may reach: a count, or a share of all in percent. */
export interface ClusterLimit {
  readonly value: number;
  readonly unit: 'clusters' | '%';
}

/** What a run allows. */
export interface DiffLimits {
  /** What makes it fail. */
  readonly failOn: FailOn;
  /**
   * How many clusters may change.
   *
   * @default - all
   */
  readonly maxClusters?: ClusterLimit;
}

const NONE = 'none';
const FINDINGS = 'findings';

/** The values of `--fail-on` beside the names of classes, in the order of the help and of errors. */
const WORDS = [NONE, ...Object.keys(CHANGE_GROUPS), FINDINGS];

/**
 * Reads the value of `--fail-on`: names of classes and of groups of classes with commas between, `findings` for new
 * findings, or `none`. `any` is every class and new findings.
 *
 * @throws FindingsError `option-invalid`
 */
export function parseFailOn(text: string): FailOn {
  const words = text.split(',').map((word) => word.trim());
  words.forEach(refuseUnknown);
  if (words.includes(NONE) && words.length > 1) {
    refuseOption(
      '--fail-on',
      text,
      `"${NONE}" cannot be combined with others`,
      `use --fail-on ${NONE}, or remove "${NONE}" from the list`,
    );
  }
  const classes = words.flatMap((word): readonly ChangeClass[] => {
    if (Object.hasOwn(CHANGE_GROUPS, word)) return CHANGE_GROUPS[word as keyof typeof CHANGE_GROUPS];
    return CHANGE_CLASSES.filter((name) => name === word);
  });
  const moves = words.includes('destructive');
  return { classes: new Set(classes), moves, findings: words.includes(FINDINGS) || words.includes('any') };
}

function refuseUnknown(word: string): void {
  const known: readonly string[] = [...WORDS, ...CHANGE_CLASSES];
  if (known.includes(word)) return;
  const hint = nearestHint(word, known, `use ${WORDS.join(', ')} or a class: ${CHANGE_CLASSES.join(', ')}`);
  refuseOption('--fail-on', word, 'it is not a class of changes', hint);
}

/**
 * Reads the value of `--max-clusters`: a whole number, or a share in percent such as `25%`.
 *
 * @throws FindingsError `option-invalid`
 */
export function parseMaxClusters(text: string): ClusterLimit {
  const [, digits, unit] = /^(\d{1,9})(%?)$/.exec(text.trim()) ?? [];
  const value = Number(digits);
  if (digits === undefined || (unit === '%' && value > 100)) {
    refuseOption(
      '--max-clusters',
      text,
      'it is neither a whole number nor a share of 0% to 100%',
      'use, for example, --max-clusters 3 or --max-clusters 25%',
    );
  }
  return { value, unit: unit === '%' ? '%' : 'clusters' };
}

/**
 * Reads the value of `--max-characters`: a whole number.
 *
 * @throws FindingsError `option-invalid`
 */
export function parseMaxCharacters(text: string): number {
  if (!/^\d{1,9}$/.test(text.trim())) {
    refuseOption(
      '--max-characters',
      text,
      'it is not a whole number',
      'use, for example, --max-characters 65536',
    );
  }
  return Number(text);
}

function refuseOption(option: string, got: string, why: string, hint: string): never {
  return fail({
    code: 'option-invalid',
    field: option,
    message: `${JSON.stringify(got)} is not allowed: ${why}`,
    hint,
  });
}

/** Why a diff does not pass: one line a reason, without a full stop; empty where it passes. */
export function failuresOf(diff: Diff, { failOn, maxClusters }: DiffLimits): string[] {
  return [
    ...changeFailures(diff, failOn),
    ...moveFailures(diff, failOn),
    ...findingFailures(diff, failOn),
    ...clusterFailures(diff, maxClusters),
    ...guardFailures(diff),
  ];
}

/** What reaches more clusters at once than `rollout.maxClusters` of the base allows: refused whatever the options say. */
export function guardFailures({ findings }: Diff): string[] {
  return findings.new.flatMap(({ code, message }) =>
    code === 'rollout-too-wide' ? [`${code}: ${message}`] : [],
  );
}

function changeFailures(diff: Diff, { classes }: FailOn): string[] {
  const counts = countClasses(groupChanges(diff)).filter(([name]) => classes.has(name));
  return counts.map(([name, count]) => `--fail-on ${name}: ${plural(count, 'change')}`);
}

function moveFailures(diff: Diff, { classes, moves }: FailOn): string[] {
  if (!moves || classes.has('moved')) return [];
  const count = groupChanges(diff).filter(({ change }) => change.deletesFirst === true).length;
  return count > 0 ? [`--fail-on destructive: ${plural(count, 'moved object')} may be deleted first`] : [];
}

function findingFailures({ findings }: Diff, failOn: FailOn): string[] {
  const bad = findings.new.filter(({ severity }) => severity !== 'info');
  return failOn.findings && bad.length > 0
    ? [`--fail-on ${FINDINGS}: ${plural(bad.length, 'new finding')}`]
    : [];
}

function clusterFailures({ clusters, clusterCount }: Diff, limit: ClusterLimit | undefined): string[] {
  if (!limit) return [];
  const { value, unit } = limit;
  const reached = clusters.flatMap(({ name, changes }) => (changes.length > 0 ? [name] : []));
  const isWithin = unit === '%' ? reached.length * 100 <= value * clusterCount : reached.length <= value;
  if (isWithin) return [];
  const allowed = unit === '%' ? `${value}%` : String(value);
  return [
    `--max-clusters ${allowed}: the change reaches ${reached.length} of ${plural(clusterCount, 'cluster')}: ${firstNames(reached)}`,
  ];
}
