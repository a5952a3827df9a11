/** A placeholder: a variable of Flux, Helm or a program, such as Grafana, Argo CD, Caddy or Vector, or a reference to a store of secrets. */
const FILLED_IN = [
  /\$\{[^}]{1,200}\}|\{\{.{0,500}\}\}|%\{[^}]{1,200}\}|#\{[^}]{1,200}\}|\$\(\w[^)]{0,200}\)/s,
  /^\$[A-Za-z_]\w*$|^\$__|^\{\$?\w+\}$|^%\w+%$|^%\(\w+\)s$|^@{1,2}\w+@{1,2}$|^__\w+__$|^\(\([\w./-]+\)\)$/,
  /^(?:op|vault|aws(?:sm|ssm)|ssm|gcpsm|akv|bao|doppler|infisical|secrets?|k8s|kubernetes|keyvault|env|file|ref\+[\w+]+):\S/,
  /^(?:(?:gcp|azure|aws):\w+|arn:[\w-]+:(?:secretsmanager|ssm)):\S|^projects\/[^/\s]+\/secrets\/\S/,
  /^\$[A-Za-z_][\w-]*[.:][\w.:-]+$|^\{(?:env|file)\.[^{}]+\}$|^%env\([^()]+\)%$|^ENV\[\w+\]$|^!(?:secret|env|env_var|ENV) \w+$/,
  /^<(?:path|vault|secret):.*>$/,
  /^@Microsoft\.KeyVault\(.+\)$/,
];

/** Text that is encrypted. */
const CIPHERTEXT = /^(?:ENC\[|-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)-----|age-encryption\.org\/)/;

/**
 * A file that sops encrypted, in any of its formats; a generator may put it into a Secret, and Flux decrypts it there.
 */
function isEncryptedFile(text: string): boolean {
  return text.includes('ENC[AES256_GCM,') && /(?:^|[\s"[{,])sops(?:["\]]|_\w+=|\s*:)/.test(text);
}

/** Words in place of a value, and words that switch something. */
const PLACEHOLDER = new RegExp(
  [
    String.raw`^(?:<.*>|\[.*\]|\*+|x{3,}|\.{3,}|-+|_+|\?+)$`,
    String.raw`^(?:please[-_ ])?(?:change|replace|fill|set|update)[-_ ]?(?:me|it|this|here|in)(?:[-_ ].*|!*)$`,
    String.raw`^(?:replace|change|insert|enter|put|add|use)[-_ ](?:by|with|your|a|the|my|actual|real)[-_ ].*$`,
    String.raw`^your[-_ ]?[a-z]+(?:[-_ ][a-z]+)*$`,
    String.raw`^(?:placeholder|dummy|fake|todo|tbd|fixme|redacted|removed|hidden|masked|unused|not(?:[-_ ](?:actually|really|currently))?[-_ ]?(?:used|set|needed)|ignored?|none|null|nil|undefined|empty|n/a)$`,
    String.raw`^(?:true|false|yes|no|on|off|enabled?|disabled?|required|optional|always|never|auto|automatic|manual|default)$`,
  ].join('|'),
  'is',
);

/** Files that are mounted into a container. */
const FILE_PATH =
  /^(?:~|\.{1,2})?(?:\/(?:[a-z][\w.@-]*|\.{1,2}[\w.-]*|\$\w+|\d+))+\/?$|^\/(?:etc|run|var|mnt|secrets?|vault|opt|home|data|config|certs?|keys?|tmp|app|usr)\/\S*$/;
/** The name of an environment variable, such as `DB_PASSWORD`. */
const VARIABLE_NAME =
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:PASS(?:WORD|WD|PHRASE)?|TOKEN|SECRET|KEY|CREDENTIALS?)$/;

/** Keys that are meant to be public, and parts of certificates. */
const PUBLIC_BLOCK =
  /-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE(?: REQUEST)?|PUBLIC KEY(?: BLOCK)?|X509 CRL|DH PARAMETERS|EC PARAMETERS)-----/;
const PUBLIC_KEY_LINE =
  /^\s*(?:#.*|(?:\S+\s+)*(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+@openssh\.com)\s+AAAA\S+.*|age1[0-9a-z]{58})?\s*$/;
/** Hashes that are meant to be stored: bcrypt, Argon2, scrypt, PBKDF2 and crypt's SHA-2. */
const PASSWORD_HASH = /^(?:[\w.@-]+:)?\$(?:2[abxy]|argon2(?:id?|d)|scrypt|pbkdf2[\w-]*|[56]|y|7)\$\S+$/;

/** Whether a text is filled in later, or encrypted. */
export function isFilledIn(text: string): boolean {
  return FILLED_IN.some((form) => form.test(text)) || CIPHERTEXT.test(text) || isEncryptedFile(text);
}

/** Whether a text stands where a value is to be put, or only switches something. */
export function isStandIn(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** Whether a text says where a secret is: a file, or an environment variable. */
export function isPointer(text: string): boolean {
  return FILE_PATH.test(text) || VARIABLE_NAME.test(text);
}

/** Whether a text is for all to read: certificates, public keys, hashes that are made to be stored. */
export function isPublicText(text: string): boolean {
  if (PUBLIC_BLOCK.test(text)) return true;
  return text.split('\n').every((line) => PUBLIC_KEY_LINE.test(line) || PASSWORD_HASH.test(line.trim()));
}

/** Longer values are not settings. */
const LONGEST = 500;

/** Values of settings, each as a whole: addresses, paths, names, versions, times. */
const SETTINGS = [
  /^\d{1,5}$/,
  /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/,
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]+\.?(?::\d+)?(?:\/\S*)?$/i,
  /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+|:\d+)?$/,
  /^[0-9a-f:]*::?[0-9a-f:]+(?:\/\d+)?$/i,
  /^arn:[\w-]*:\S+$/,
  /^(?:[A-Z][A-Za-z_]+\/)+[A-Z][A-Za-z_]+$/,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^(?:sha\d+[:-]).+$/,
  /^v?\d+(?:\.\d+)+(?:[-+][\w.]+)?$/,
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?$/,
  /^\d+(?:\.\d+)?(?:[smhd]|[KMGT]i?B?)$/,
  /^(?:[\d*,/-]+ ){4}[\w*,/-]+$/,
];

/** Words and small numbers, as in names of objects. */
const NAME =
  /^(?:[a-z]+(?:\d{1,4}[a-z]?)?|\d{1,4}[a-z]?)(?:[-_./: ](?:[a-z]+(?:\d{1,4}[a-z]?)?|\d{1,4}[a-z]?))*$/i;

/** Whether a text is made of words, as the names of objects are. */
export function isObjectName(text: string): boolean {
  return NAME.test(text);
}

/** Whether a text looks like the value of a setting: a host, a port, an address, a region, a name, a version. */
export function isSetting(text: string): boolean {
  return isObjectName(text) || (text.length <= LONGEST && SETTINGS.some((form) => form.test(text)));
}

/** Longer names before the host of an address may be tokens. */
const LONGEST_USER = 20;

/** An address that neither carries a password nor ends in something that nobody could guess. */
export function isAddress(text: string): boolean {
  const address = /^([a-z][a-z0-9+.:-]*):\/\/(?:([^\s@/:]*)@)?[^\s@]*$/i.exec(text);
  if (!address || (address[2] !== undefined && !isUser(address[2], address[1] ?? ''))) return false;
  return !text
    .replace(/^[^/]*\/\/[^/?#]*/, '')
    .split(/[/?&=#]/)
    .some((part) => part.length >= 16 && isRandom(part));
}

/** Whether the part of an address before the host is only a name. On the web, it usually is a token. */
function isUser(text: string, scheme: string): boolean {
  return !/^https?$/i.test(scheme) && text.length <= LONGEST_USER && isObjectName(text);
}

/** Whether a text looks as if a machine had made it up: long, without blanks, of letters and digits in no order. */
export function isRandom(text: string): boolean {
  if (/\s/.test(text) || text.length < 12) return false;
  const changes = text.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return /\d/.test(text) && changes >= 3;
}
