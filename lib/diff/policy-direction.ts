import { DEFAULT_CHAIN_DEPTH } from '../config/check-config';
import { codeFacts } from '../findings/codes';
import type { FieldChange } from './change';

/** Whether a setting lets more pass, or less; `other` where that cannot be told. */
export type PolicyDirection = 'looser' | 'stricter' | 'other';

const RANKS = ['off', 'info', 'warning', 'error'];
/** Lists that suppress findings. */
const EXCEPTIONS = /^(?:allow\[|check\.(?:.+\.)?(?:providedGroups|extraAlertKinds)\[)/;
const SEVERITY = /^check\.rules(?:\.([\w-]+)|\["(.+)"\])$/;
const LOCK_DOWN = /^check\.(?:clusters\..+\.|clusters\[.+\]\.)?lockDown$/;

/** Whether the change of a setting lets more pass, or less. */
export function policyDirection({ path, before, after }: FieldChange): PolicyDirection {
  if (EXCEPTIONS.test(path)) {
    if (before !== undefined && after !== undefined) return 'other';
    return after === undefined ? 'stricter' : 'looser';
  }
  const [, plain, quoted] = SEVERITY.exec(path) ?? [];
  const code = plain ?? quoted;
  if (code !== undefined) return severityDirection(code, before, after);
  if (LOCK_DOWN.test(path)) return compared(Number(after === true), Number(before === true));
  if (path === 'rollout.maxClusters') return limitDirection(before, after);
  if (path !== 'check.chainDepth') return 'other';
  return compared(Number(before ?? DEFAULT_CHAIN_DEPTH), Number(after ?? DEFAULT_CHAIN_DEPTH));
}

function severityDirection(code: string, before: unknown, after: unknown): PolicyDirection {
  const own = codeFacts(code)?.severity;
  return compared(RANKS.indexOf(String(after ?? own)), RANKS.indexOf(String(before ?? own)));
}

/** A missing limit is the loosest one; a number and a share cannot be compared. */
function limitDirection(before: unknown, after: unknown): PolicyDirection {
  if (before === undefined || after === undefined) return after === undefined ? 'looser' : 'stricter';
  if (typeof before !== typeof after) return 'other';
  return compared(Number.parseInt(String(before), 10), Number.parseInt(String(after), 10));
}

function compared(strict: number, loose: number): PolicyDirection {
  if (strict === loose) return 'other';
  return strict > loose ? 'stricter' : 'looser';
}
