const CREDENTIAL =
  /(?:password|passwd|passphrase|token|secret|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)$/i;
/** Names of references, files and settings. */
const REFERENCE =
  /(?:secret|token|key|password)[-_]?(?:name|ref|key|path|file|keyref|keyname)$|^existing|ref$/i;
const PLACEHOLDER = /^(?:<.*>|\*+|x+|change[-_ ]?me|placeholder|todo|none|null|redacted|true|false)$/i;

/** `clientSecret` contains a secret; other names that end in "secret" usually contain the name of a Secret. */
const SECRET_ITSELF =
  /(?:client|app|application|shared|signing|webhook|consumer|oauth|jwt|session|hmac)[-_]?secret$/i;
/** Words and small numbers, as in names of objects; digits among letters mean a token. */
const OBJECT_NAME = /^(?:[a-z]+\d{0,4}|\d{1,4})(?:[-./](?:[a-z]+\d{0,4}|\d{1,4}))*$/;

/** Forms of credentials, whatever their names are. */
const SHAPES = [
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[^-]*(?:-----END [A-Z0-9 ]*-----)?)/,
  /\bAGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/,
  // A URL with a password that is not a placeholder, rather than an image with tag and digest.
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@?#]{0,200}:(?!\/\/)[^\s/@?#$<{%*][^\s/@?#{}]{2,500}@(?!sha\d+:)/i,
  // The address of a database or queue, where people also write a password without the escapes of a URL.
  /\b(?:amqps?|mariadb|mongodb(?:\+srv)?|mssql|mysql|postgres(?:ql)?|rediss?|sqlserver):\/\/[^\s/:@?#]{0,200}:(?!\d{1,5}[?#])[^\s/@$<{%*][^\s/@{]{2,500}@(?!sha\d+:)/i,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}\b/,
  /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|oas|soat|agent)-[\w-]{20,}/,
  /\bxox[abeprs]-[\w-]{10,}|\bxapp-\d-[\w-]{20,}/,
  /\b[rs]k_live_[A-Za-z0-9]{20,}\b|\bwhsec_[A-Za-z0-9+/=]{24,}/,
  /\bhooks\.slack\.com\/(?:services|workflows)\/T\w+\/\w+\/\w{16,}/,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{15,}\/[\w-]{30,}/,
  /\.webhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}/,
  /\b\d{8,10}:AA[\w-]{32,}/,
  /\bAIza[\w-]{35}\b|\bGOCSPX-[\w-]{20,}|\bya29\.[\w-]{20,}/,
  /\bSG\.[\w-]{16,60}\.[\w-]{30,}|\bkey-[0-9a-f]{32}\b|\bSK[0-9a-f]{32}\b/,
  /\bnpm_[A-Za-z0-9]{36}\b|\bpypi-AgE[\w-]{40,}|\bdckr_(?:pat|oat)_[\w-]{20,}/,
  /\bdo[opr]_v1_[0-9a-f]{64}\b|\bdapi[0-9a-f]{32}\b|\blin_api_\w{30,}|\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/,
  /\bsk-[\w-]{0,40}[A-Za-z0-9]{20,}[\w-]*/,
  /\bhv[sbr]\.[\w-]{24,}|\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}|\btskey-[a-z]{3,20}-\w{8,}(?:-\w+)?|\bglsa_\w{32,}|\bglc_[\w+/=]{32,}/,
  /\bNR(?:AK|II|JS)-[\w-]{20,}|\bhf_[A-Za-z]{30,}\b|\bATATT3x[\w=-]{50,}/,
  /\beyJ[\w-]{8,500}\.eyJ[\w-]{8,5000}\.[\w-]{16,}/,
  /\b(?:Account|SharedAccess)Key=[\w+/]{20,}=*/i,
  /\bmachine\s+\S{1,200}\s+login\s+\S{1,200}\s+password\s+\S+/,
];

/** In a URL, a port with options behind it, or a word that stands for the password, as in `postgres://user:PASSWORD@db`. */
const NO_PASSWORD =
  /:(?:\d{1,5}(?=[?#;,])|[[_]{0,3}(?:(?:my|your|the|db|pg|user)?[-_]?(?:password|passwd|pass|pwd)(?:[-_]?(?:here|placeholder))?|x{3,40}|change[-_]?me|redacted|placeholder|todo)[\]_]{0,3}(?=@))/gi;

/** The length of the shortest of them: a URL such as `a://:abc@`. */
const SHORTEST = 9;

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
  if (text.length < SHORTEST) return false;
  const filled = text.replace(NO_PASSWORD, '');
  return SHAPES.some((shape) => shape.test(filled));
}

/** A text with something else in place of all that has the form of a credential. */
export function withoutCredentialShapes(text: string, mask: string): string {
  return SHAPES.reduce((shown, shape) => shown.replace(new RegExp(shape, `g${shape.flags}`), mask), text);
}
