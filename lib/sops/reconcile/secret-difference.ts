import { compareRecipients, type RecipientDifference } from '../keys/recipients';
import { allKeys } from '../envelope/envelope-metadata';
import type { CommittedSecret } from './committed-secret';
import type { ReconcileRequest } from './reconcile-request';
import { plainPart, samePlain } from './secret-object';

/** What can be seen of a change without any key. */
export interface SecretDifference {
  /** Entries that the file has not, in code-unit order. */
  readonly addedNames: readonly string[];
  /** Entries that only the file has, in code-unit order. */
  readonly removedNames: readonly string[];
  readonly recipients: RecipientDifference;
  /** Whether a new data key is asked for. */
  readonly renew: boolean;
  /** Whether metadata, type or another field outside the entries differ. */
  readonly plainChanged: boolean;
  /** Whether the change cannot be made without the data key. */
  readonly needsKey: boolean;
}

/** Compares a Secret as it is wanted with the committed one. */
export function differenceOf(request: ReconcileRequest, committed: CommittedSecret): SecretDifference {
  const wanted = request.desired.entries;
  const addedNames = [...wanted.keys()].filter((name) => !committed.entries.has(name)).sort();
  const removedNames = [...committed.entries.keys()].filter((name) => !wanted.has(name)).sort();
  const recipients = compareRecipients(allKeys(committed.envelope.metadata), request.recipients);
  const renew =
    request.reencrypt === true || (request.revision !== undefined && request.revision !== committed.revision);
  const plainChanged = !samePlain(plainPart(request), committed.plain);
  const needsKey =
    renew ||
    addedNames.length + removedNames.length + recipients.added.length + recipients.removed.length > 0 ||
    (plainChanged && !plainIsFree(committed));
  return { addedNames, removedNames, recipients, renew, plainChanged, needsKey };
}

/** Whether fields outside the entries can change without the data key: the MAC does not cover them. */
export function plainIsFree(committed: CommittedSecret): boolean {
  return committed.envelope.metadata.macOnlyEncrypted && !committed.envelope.root.flow;
}
