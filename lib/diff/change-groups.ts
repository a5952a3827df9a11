import { CHANGE_CLASSES, type Change, type ChangeClass } from './change';

/** Names for several classes, as `--fail-on` takes them. */
export const CHANGE_GROUPS = {
  /** What runs now, or the data that it keeps, is gone afterwards, at least for a time. */
  destructive: ['cluster-removed', 'deleted', 'recreated', 'reinstalled'],
  /** Rights, encryption or checks become looser. */
  security: ['policy-changed', 'widened', 'decryption-off'],
  /** Every class. */
  any: CHANGE_CLASSES,
} as const satisfies Record<string, readonly ChangeClass[]>;

const destructive: ReadonlySet<ChangeClass> = new Set(CHANGE_GROUPS.destructive);

/** Whether a change of a class takes something away that runs now. */
export function isDestructive(changeClass: ChangeClass): boolean {
  return destructive.has(changeClass);
}

/** How alarming a change is: it decides about colours, and what a report shows unfolded. */
export type Alarm = 'error' | 'warning' | 'info';

const warnings: ReadonlySet<ChangeClass> = new Set<ChangeClass>([
  'moved',
  'orphaned',
  'prune-off',
  'suspended',
  ...CHANGE_GROUPS.security,
]);

/** How alarming a change is. */
export function alarmOf({ class: changeClass, deletesFirst }: Pick<Change, 'class' | 'deletesFirst'>): Alarm {
  if (isDestructive(changeClass) || changeClass === 'refused' || deletesFirst === true) return 'error';
  return warnings.has(changeClass) ? 'warning' : 'info';
}
