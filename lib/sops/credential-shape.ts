const CREDENTIAL =
  /(?:password|passwd|passphrase|token|secret|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)$/i;
/** Names of references, files and settings. */
const REFERENCE =
  /(?:secret|token|key|password)[-_]?(?:name|ref|key|path|file|keyref|keyname)$|^existing|ref$/i;
const PLACEHOLDER = /^(?:<.*>|\*+|x+|change[-_ ]?me|placeholder|todo|none|null|redacted|true|false)$/i;

/** `clientSecret` holds a secret; other names that end in "secret" mostly hold the name of a Secret. */
const SECRET_ITSELF =
  /(?:client|app|application|shared|signing|webhook|consumer|oauth|jwt|session|hmac)[-_]?secret$/i;
/** Words and small numbers, as objects are named; digits among letters are a token. */
const OBJECT_NAME = /^(?:[a-z]+\d{0,4}|\d{1,4})(?:[-./](?:[a-z]+\d{0,4}|\d{1,4}))*$/;

/** What credentials look like whatever they are called. */
const SHAPES = [
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[^-]*(?:-----END [A-Z0-9 ]*-----)?)/,
  /\bAGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@?#]*:[^\s/@?#$<][^\s/@?#]{2,}@/i,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}\b/,
  /\bglpat-[\w-]{20,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\b[rs]k_live_[A-Za-z0-9]{20,}\b/,
];

/** Whether a text only says that a value is to be put there. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** Whether a field of this name with this text holds a credential, rather than a reference or a placeholder. */
export function namesCredential(name: string, text: string): boolean {
  if (!CREDENTIAL.test(name) || REFERENCE.test(name) || isPlaceholder(text)) return false;
  return !(/secret$/i.test(name) && !SECRET_ITSELF.test(name) && OBJECT_NAME.test(text));
}

/** Whether a text has the form of a credential: a private key, a URL with a password, a token of a known service. */
export function looksLikeCredential(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text));
}

/** A text with something else in place of all that has the form of a credential. */
export function withoutCredentialShapes(text: string, mask: string): string {
  return SHAPES.reduce((shown, shape) => shown.replace(new RegExp(shape, `g${shape.flags}`), mask), text);
}
