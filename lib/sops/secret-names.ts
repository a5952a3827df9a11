/**
 * What a name says of its value: `password`, any text is one; `token`, a text that a machine made; `none`, another thing,
 * as in `tokenUrl`; `unknown`, nothing.
 */
export type NameSays = 'password' | 'token' | 'none' | 'unknown';

const PASSWORDS = new Set([
  'password',
  'passwd',
  'pass',
  'pwd',
  'pw',
  'passphrase',
  'passcode',
  'pin',
  'psk',
]);
const TOKENS = new Set(
  ['token', 'secret', 'credential', 'credentials', 'jwt', 'bearer', 'cookie', 'salt', 'pepper', 'seed', 'mnemonic', 'totp', 'hmac', 'apikey', 'accesskey', 'secretkey', 'privatekey', 'authkey'], // prettier-ignore
);
/** `apiKey`, `private_key`: words that make a key a secret one. */
const SECRET_KEYS = new Set(
  ['api', 'access', 'private', 'secret', 'encryption', 'signing', 'master', 'app', 'auth', 'session', 'shared', 'service', 'account', 'license', 'tls', 'ssh', 'jwt', 'preshared', 'storage', 'deploy', 'integration', 'license', 'ingestion', 'webhook', 'admin', 'join', 'rcon', 'tunnel', 'authentication', 'decryption', 'hmac'], // prettier-ignore
);
/** Last words of the names of settings. */
const SETTINGS = new Set(
  ['name', 'names', 'ref', 'path', 'file', 'filename', 'id', 'ids', 'type', 'url', 'uri', 'host', 'hostname', 'port', 'user', 'username', 'login', 'email', 'mail', 'db', 'database', 'dbname', 'schema', 'region', 'zone', 'endpoint', 'bucket', 'domain', 'issuer', 'audience', 'scope', 'scopes', 'realm', 'tenant', 'project', 'org', 'policy', 'length', 'size', 'ttl', 'expiry', 'expiration', 'lifetime', 'duration', 'interval', 'timeout', 'enabled', 'count', 'limit', 'algorithm', 'version', 'mode', 'env', 'provider', 'backend', 'driver', 'namespace', 'public', 'pub', 'hash', 'checksum', 'digest', 'fingerprint', 'sha256', 'hosts', 'keys', 'server', 'servers', 'address', 'addr', 'label', 'prefix', 'suffix', 'format', 'class', 'rotation', 'tz', 'timezone', 'locale', 'language', 'schedule', 'header', 'field', 'attribute', 'claim', 'crt', 'cert', 'certificate', 'ca', 'description', 'title'], // prettier-ignore
);

/** The words of a name: `DB_rootPassword2` has `db`, `root` and `password`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => (/^sha\d+$/.test(word) ? word : word.replace(/\d+$/, '')))
    .filter((word) => word !== '');
}

/** What a name says of its value by its last word, as that is what the value is: a `passwordFile` is a file. */
export function nameSays(name: string): NameSays {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (words[0] === 'existing') return 'none';
  return last === 'key' ? keySays(words.at(-2) ?? '') : wordSays(last);
}

/**
 * What any word of a name says, where its last one says nothing: `password_production`, `TOKEN_GITHUB`; and what is just
 * called `key` in a Secret is one.
 */
export function anyWordSays(name: string): NameSays {
  const own = nameSays(name);
  if (own !== 'unknown') return own;
  const parts = wordsOf(name);
  if (parts.length === 1 && parts[0] === 'key') return 'token';
  const words = parts.map(wordSays);
  return words.find((says) => says === 'password') ?? words.find((says) => says === 'token') ?? 'unknown';
}

function wordSays(word: string): NameSays {
  if (PASSWORDS.has(word) || /(?:password|passphrase|passwd)$/.test(word)) return 'password';
  if (TOKENS.has(word) || /(?:token|secret|apikey)$/.test(word)) return 'token';
  return SETTINGS.has(word) ? 'none' : 'unknown';
}

/** `key` alone is often a key of a map; `passwordKey` names the key of a password, and is not the password itself. */
function keySays(before: string): NameSays {
  if (before === '') return 'unknown';
  if (SECRET_KEYS.has(before)) return 'token';
  return wordSays(before) === 'password' || before === 'token' || before === 'public' ? 'none' : 'unknown';
}
