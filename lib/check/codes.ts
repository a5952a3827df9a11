import { codeFacts, FINDING_CODES } from '../findings/codes';

/** What the findings of a code are about, in one sentence without a full stop; `undefined` for a code that no check gives. */
export function summaryOf(code: string): string | undefined {
  const facts = codeFacts(code);
  return facts?.inCheck ? facts.summary.replaceAll('`', '') : undefined;
}

/** Every code that a check may give, in code-unit order. */
export function checkCodes(): string[] {
  return Object.entries(FINDING_CODES)
    .flatMap(([code, { inCheck }]) => (inCheck ? [code] : []))
    .sort();
}
