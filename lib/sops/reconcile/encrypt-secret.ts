import { randomBytes } from 'node:crypto';
import { DATA_KEY_BYTES } from '../envelope/encrypted-value';
import { encryptObject } from '../envelope/encrypt-object';
import type { WrappedKey } from '../envelope/envelope-metadata';
import { SECRET_SELECTOR } from '../envelope/selector';
import { wrapDataKey } from '../keys/data-key';
import type { KeyTask } from '../keys/key-task';
import type { EntryText } from './secret-object';
import { plainPart, secretObject } from './secret-object';
import type { ReconcileContext, ReconcileRequest } from './reconcile-request';

/** Encrypts a whole Secret with a new data key. */
export function* encryptFresh(
  request: ReconcileRequest,
  values: ReadonlyMap<string, Uint8Array>,
  context: ReconcileContext,
): KeyTask<Buffer> {
  const dataKey = randomBytes(DATA_KEY_BYTES);
  const now = timestamp(context);
  const keys = yield* wrapDataKey(dataKey, request.recipients, { now, file: request.file, gpg: context.gpg });
  return encryptWith(request, { dataKey, keys, lastModified: now, entries: base64Entries(values) });
}

/** What a Secret is encrypted with. */
export interface EncryptWith {
  readonly dataKey: Buffer;
  readonly keys: readonly WrappedKey[];
  readonly lastModified: string;
  readonly entries: ReadonlyMap<string, EntryText>;
  readonly kept?: ReadonlyMap<string, string>;
}

/** Encrypts a Secret with a data key that is there. */
export function encryptWith(request: ReconcileRequest, { entries, ...rest }: EncryptWith): Buffer {
  const object = secretObject(plainPart(request), entries);
  const fixed = { selector: SECRET_SELECTOR, macOnlyEncrypted: true, header: request.header };
  return Buffer.from(encryptObject({ object, ...rest, ...fixed }));
}

/** Values as they stand in `data`. */
export function base64Entries(values: ReadonlyMap<string, Uint8Array>): Map<string, EntryText> {
  return new Map(
    [...values].map(([name, bytes]) => [
      name,
      { section: 'data', text: Buffer.from(bytes).toString('base64') },
    ]),
  );
}

/** The time for files that change: RFC 3339 with seconds, as sops writes it. */
export function timestamp(context: ReconcileContext): string {
  return `${(context.now ?? new Date()).toISOString().slice(0, 19)}Z`;
}
