/** A private key with its first line of base64, unless a passphrase protects it, or one of age. Many letters X stand for one. */
const PRIVATE_KEY =
  /-----BEGIN (?:(?!ENCRYPTED)[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n)+[A-Za-z0-9+/]{40}|\bAGE-SECRET-KEY-(?:PQ-)?1(?!X{9})[02-9AC-HJ-NP-Z]{50}/;

/** What a private key starts with in base64: `-----BEGIN `, `AGE-SECRET-KEY-`, or the comment that age-keygen writes above. */
const STARTS = ['LS0tLS1CRUdJTi', 'QUdFLVNFQ1JFVC1LRVkt', 'IyBjcmVhdGVkOi'];
const ENCODED = new RegExp(`(?:${STARTS.join('|')})[A-Za-z0-9+/]+=*`, 'g');
const HINTS = ['PRIVATE KEY', 'AGE-SECRET-KEY-', ...STARTS];

/** Where the first private key starts in a file, also one in base64: the number of its line. */
export function lineOfPrivateKey(bytes: Buffer): number | undefined {
  if (!HINTS.some((hint) => bytes.includes(hint))) return undefined;
  const text = bytes.toString('utf8');
  const places = [PRIVATE_KEY.exec(text)?.index ?? -1, encodedKey(text)].filter((place) => place >= 0);
  return places.length === 0 ? undefined : text.slice(0, Math.min(...places)).split('\n').length;
}

/** A text with something else in place of the private keys in it that are in base64. */
export function withoutEncodedKeys(text: string, mask: string): string {
  return text.replace(ENCODED, (encoded) => (isEncodedKey(encoded) ? mask : encoded));
}

function encodedKey(text: string): number {
  for (const { 0: encoded, index } of text.matchAll(ENCODED)) if (isEncodedKey(encoded)) return index;
  return -1;
}

function isEncodedKey(encoded: string): boolean {
  return PRIVATE_KEY.test(Buffer.from(encoded, 'base64').toString('utf8'));
}
