import { looksLikeCredential } from './credential-shape';
import {
  isAddress,
  isFilledIn,
  isObjectName,
  isPointer,
  isPublicText,
  isRandom,
  isSetting,
  isStandIn,
} from './public-text';
import { anyWordSays, nameSays } from './secret-names';

/** `clientSecret` contains a secret; other names that end in "secret" usually contain the name of a Secret. */
const SECRET_ITSELF =
  /(?:client|app|application|shared|signing|webhook|consumer|oauth|jwt|session|hmac)[-_]?secret$/i;
/** Maps whose entries describe where a value is, not the value itself. */
const REFERENCES =
  /(?:secret|key)s?[-_]?(?:refs?|names?|keys?|mappings?)$|^valueFrom$|annotations$|labels$|^existing/i;
const MAY_SAY_SECRET =
  /pass|pwd|pw$|pin|psk|token|secret|key|cred|jwt|bearer|cookie|salt|pepper|seed|mnemonic|totp|hmac/i;
/** Names without a meaning, so the name of the Secret counts. */
const GENERIC = /^(?:value|data|content|default|main|config|string|text)$/i;
/** Stores of keys, which are not text. */
const KEY_STORE = /\.(?:jks|p12|pfx|keytab|keystore|ppk)$/i;
/** A host, or a mailbox on one. */
const HOST = /^(?:[\w.+-]{1,100}@)?[\w-]+(?:\.[a-z][\w-]*)+(?::\d+)?$/;
const ASSIGNMENT =
  /(?:^|[\s,;&?{"'(])["']?([A-Za-z][\w.-]*)["']?\s*[:=]\s*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s,;&"'{}]+)/gm;

/** Whether a map of Helm values with this name has references in it, so that no entry is a credential by its name. */
export function holdsReferences(name: string): boolean {
  return REFERENCES.test(name);
}

/**
 * Whether an entry of a Secret holds what nobody may read, rather than a setting, a placeholder or something public.
 *
 * @param secret - the name of the Secret, which counts where that of the entry says nothing
 */
export function isSecretEntry(name: string, value: string, secret = ''): boolean {
  const text = value.trim();
  const known = judgeByForm(text);
  if (known !== undefined) return known;
  if (KEY_STORE.test(name)) return true;
  if (isStructured(text)) return assignmentsIn(text).some(([key, inner]) => isSecretEntry(key, inner));
  if (isPointer(text)) return false;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return !isAddress(text);
  const says = anyWordSays(name);
  if (says === 'password' || says === 'token') return true;
  if (says === 'none') return false;
  if (GENERIC.test(name) && ['password', 'token'].includes(anyWordSays(secret))) return true;
  return !isSetting(text) && isRandom(text);
}

/** Whether a value among those of Helm is a credential, by its own form, or by its name and a form that fits. */
export function isCredentialValue(name: string, value: string): boolean {
  const text = value.trim();
  const known = judgeByForm(text);
  if (known !== undefined) return known;
  if (text.includes('\n')) return assignmentsIn(text).some(([key, inner]) => isAssigned(key, inner));
  if (isPointer(text) || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return false;
  const says = nameSays(name);
  if (says === 'password') return !isNameOfSecret(text);
  return says === 'token' && isToken(name, text);
}

/** Whether a name may be that of a credential at all: most say at once that they are not. */
export function maySaySecret(name: string): boolean {
  return MAY_SAY_SECRET.test(name);
}

/** Whether a value is a credential by its name. */
export function isCredentialByName(name: string, value: string): boolean {
  return maySaySecret(name) && nameSays(name) !== 'none' && isCredentialValue(name, value);
}

/** What the text itself shows, whatever its name is. */
function judgeByForm(text: string): boolean | undefined {
  if (text === '') return false;
  if (looksLikeCredential(text)) return true;
  if (isFilledIn(text) || isStandIn(text) || isPublicText(text)) return false;
  return undefined;
}

/** A setting in a text with several, such as a script: programs compute most of them, so only a clear one counts. */
function isAssigned(name: string, text: string): boolean {
  const says = nameSays(name);
  return (says === 'password' || says === 'token') && isRandom(text) && isCredentialValue(name, text);
}

/** `postgres-password` is a typical name of a Secret, or of a key of one. */
function isNameOfSecret(text: string): boolean {
  return isObjectName(text) && /[a-z][-_.](?:password|secret|credentials?|auth|pass|creds)$|^(?:password|secret)[-_.]/i.test(text); // prettier-ignore
}

/** Whether a text may be a token: words are names, and so are hosts, numbers and addresses. */
function isToken(name: string, text: string): boolean {
  if (isObjectName(text)) {
    const isOneWord = /^[a-z]+\d*$/i.test(text);
    return isOneWord && text.length >= (SECRET_ITSELF.test(name) ? 8 : 16);
  }
  return text.length >= 6 && !/\s/.test(text) && !HOST.test(text);
}

/** Several settings of a program, rather than one value. */
function isStructured(text: string): boolean {
  return /\n/.test(text) || /^[[{]/.test(text) || /;\s*\w+=|^\w[\w ]*=[^=].*[; ]\w+=/.test(text);
}

function assignmentsIn(text: string): (readonly [string, string])[] {
  return [...text.matchAll(ASSIGNMENT)].map(
    ([, name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/s, '$2')] as const,
  );
}
