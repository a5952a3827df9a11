import { readRecipients } from '../../../lib/sops/keys/recipients';
import type { ReconcileRequest, ReconcileResult } from '../../../lib/sops/reconcile/reconcile-request';
import { reconcileSecret } from '../../../lib/sops/reconcile/reconcile-secret';
import type { SopsChange, SopsCommand } from '../../../lib/sops/sops-command';
import type { SettledValue } from '../../../lib/sops/values/resolved-value';
import { ageRecipient, fixture, privateKeys } from '../fixtures';

/** A file with key groups, whose MAC covers its metadata, and what is in it. */
const COMMITTED = Buffer.from(fixture('encrypted/simple.shamir-2-of-3.yaml'));
const PLAIN = 'top-secret-data';
const METADATA = { name: 'podinfo-secret', namespace: 'default' };

const value = (text: string): SettledValue => ({ kind: 'value', bytes: Buffer.from(text) });
const missing: SettledValue = { kind: 'missing', lookedFor: 'nowhere' };
const generated: SettledValue = { kind: 'generate', make: () => Buffer.from('made') };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

interface Wish {
  readonly entries?: Readonly<Record<string, SettledValue>>;
  readonly metadata?: object;
  readonly revision?: string;
  readonly recipient?: string;
}

/** Reconciles with a sops command that notes what it is to change, and opens the file unless it cannot. */
function reconcile(
  { entries = { SECRET: value(PLAIN) }, metadata, revision, recipient = ageRecipient('age-1') }: Wish,
  { opens = true, changes = true, inData = false } = {},
): { result: ReconcileResult; asked: SopsChange[]; opened: number } {
  const asked: SopsChange[] = [];
  let opened = 0;
  const sops = {
    decrypt: () => {
      opened += 1;
      if (!opens) return undefined;
      return inData ? { data: { SECRET: base64(PLAIN) } } : { stringData: { SECRET: PLAIN } };
    },
    change: (_bytes: Buffer, change: SopsChange) => {
      asked.push(change);
      return changes ? Buffer.from('changed') : undefined;
    },
  };
  const request: ReconcileRequest = {
    file: 'secret.yaml',
    committed: inData ? Buffer.from(COMMITTED.toString('utf8').replace(/^stringData:/m, 'data:')) : COMMITTED,
    desired: { metadata: { ...METADATA, ...metadata }, entries: new Map(Object.entries(entries)) },
    recipients: readRecipients({ age: [recipient] }).recipients,
    revision,
  };
  const context = { keys: privateKeys(), sops: sops as unknown as SopsCommand };
  return { result: reconcileSecret(request, context), asked, opened };
}

const codes = ({ findings }: ReconcileResult): string[] => findings.map(({ code }) => code);
const NOTHING = { set: [], unset: [], rotate: false };

describe('a file that only the sops command can change', () => {
  it.each<[string, Wish, Partial<SopsChange>]>([
    [
      'a changed value',
      { entries: { SECRET: value('new') } },
      {
        set: [[['data', 'SECRET'], base64('new')]],
        unset: [['stringData', 'SECRET']],
      },
    ],
    [
      'a new entry',
      { entries: { SECRET: value(PLAIN), B: value('b') } },
      {
        set: [[['data', 'B'], base64('b')]],
      },
    ],
    [
      'a new entry, although another value is not here',
      { entries: { SECRET: missing, B: value('b') } },
      {
        set: [[['data', 'B'], base64('b')]],
      },
    ],
    [
      'a new entry that is generated',
      { entries: { SECRET: value(PLAIN), B: generated } },
      {
        set: [[['data', 'B'], base64('made')]],
      },
    ],
    ['an entry less', { entries: {} }, { unset: [['stringData', 'SECRET']] }],
    [
      'an entry in place of another',
      { entries: { B: value('b') } },
      {
        set: [[['data', 'B'], base64('b')]],
        unset: [['stringData', 'SECRET']],
      },
    ],
    [
      'metadata that the MAC covers',
      { metadata: { labels: { a: 'b' } } },
      {
        set: [[['metadata'], { ...METADATA, labels: { a: 'b' } }]],
      },
    ],
  ])('is changed by it for %s', (_, wish, expected) => {
    const { result, asked } = reconcile(wish);
    expect(asked).toEqual([{ ...NOTHING, ...expected }]);
    expect(result).toMatchObject({ state: 'updated', bytes: Buffer.from('changed') });
  });

  it('has a changed value where it was, if that is data', () => {
    expect(reconcile({ entries: { SECRET: value('new') } }, { inData: true }).asked).toEqual([
      { ...NOTHING, set: [[['data', 'SECRET'], base64('new')]] },
    ]);
    expect(reconcile({}, { inData: true })).toMatchObject({ asked: [], result: { state: 'kept' } });
  });

  it('gets a new data key with a new revision, whose annotation goes with it', () => {
    const { result, asked } = reconcile({ revision: '2' });
    expect(result).toMatchObject({ state: 'renewed', bytes: Buffer.from('changed') });
    expect(asked).toMatchObject([{ rotate: true, unset: [] }]);
    expect(asked[0]?.set.map(([path]) => path)).toEqual([['metadata']]);
  });

  it.each<[string, Wish, number]>([
    ['all values are the same', {}, 1],
    ['a value is not here', { entries: { SECRET: missing } }, 0],
    ['a generated value is there', { entries: { SECRET: generated } }, 0],
    ['one value is the same and no other is here', { entries: { SECRET: value(PLAIN) } }, 1],
  ])('is kept if %s', (_, wish, times) => {
    expect(reconcile(wish)).toMatchObject({
      asked: [],
      opened: times,
      result: { state: 'kept', findings: [] },
    });
  });

  it('is kept, and reported as unverified, if it cannot be opened and need not change', () => {
    const { result, asked } = reconcile({}, { opens: false });
    expect([result.state, codes(result), asked]).toEqual(['unverified', ['sops-unverified'], []]);
    expect(reconcile({ entries: { SECRET: missing } }, { opens: false }).result.state).toBe('kept');
  });

  it.each<[string, Wish, object]>([
    ['it cannot be opened', { entries: { SECRET: value(PLAIN), B: value('b') } }, { opens: false }],
    ['the command cannot change it', { entries: { SECRET: value('new') } }, { changes: false }],
    ['the command cannot renew it', { revision: '2' }, { changes: false }],
  ])('is not changed if %s', (_, wish, ability) => {
    const { result } = reconcile(wish, ability);
    expect([result.state, codes(result)]).toEqual(['refused', ['sops-command-needed']]);
  });

  it('is not changed if the value of a new entry is missing', () => {
    const { result, asked } = reconcile({ entries: { SECRET: value('new'), B: missing, C: missing } });
    expect([result.state, asked]).toEqual(['refused', []]);
    expect(new Set(codes(result))).toEqual(new Set(['secret-value-missing']));
    expect(JSON.stringify(result.findings)).toMatch(/\\"B\\".*\\"C\\"/);
  });

  it('says for whom it is not encrypted yet, rather than for whom it still is', () => {
    const { result } = reconcile({ recipient: `age1${'q'.repeat(58)}` });
    expect(codes(result)).toEqual(['sops-recipients-stale']);
    expect(result.findings[0]?.message).toContain(`not encrypted for "age1${'q'.repeat(58)}"`);
    expect(result.findings[0]?.message).not.toContain('still encrypted');
    expect(result.findings[0]?.hint).not.toContain('rotate');
  });
});
