import { finding, type Finding, type FindingLocation } from '../findings/finding';
import { identityOf, type ManifestObject } from '../tree/manifest';

const CREDENTIAL =
  /(?:password|passwd|passphrase|token|secret|api[-_]?key|access[-_]?key|private[-_]?key|client[-_]?secret|credentials?)$/i;
const REFERENCE =
  /(?:secret|token|key|password)[-_]?(?:name|ref|key|path|file|keyref|keyname)$|^existing|ref$/i;
const PLACEHOLDER = /^(?:<.*>|\*+|x+|change[-_ ]?me|placeholder|todo|none|null|redacted)$/i;
/** What a Secret is called rather than what it holds: words, and short numbers between or after them. */
const NAME = /^(?:[a-z]+\d{0,4}|\d{1,4})(?:[-./](?:[a-z]+\d{0,4}|\d{1,4}))*$/;
const SUBSTITUTED =
  /\$\{[^}]+\}|\{\{.*\}\}|^ENC\[|^\$[A-Za-z_]\w*$|^\$\(|^\$__|^(?:op|vault|awssm|gcpsm|file|env|ref\+\w+):/;

/**
 * Finds secrets in plain text: a Secret with data, or values of a HelmRelease whose names say that they are
 * credentials and that hold more than a reference, a placeholder or a variable. The value itself is in no finding.
 */
export function findPlaintextSecrets(object: ManifestObject, location: FindingLocation = {}): Finding[] {
  const report = (field: string, message: string): Finding =>
    finding({
      code: 'plaintext-secret',
      message,
      hint: 'encrypt it (SopsSecret, or sops), and refer to it; what was in git is public: change the value',
      locations: [location],
      object: identityOf(object),
      field,
    });
  if (object.kind === 'Secret' && object.apiVersion === 'v1') {
    return ['data', 'stringData'].flatMap((section) =>
      Object.entries(asRecord(object[section])).flatMap(([name, value]) =>
        isPlain(value) && !PLACEHOLDER.test(section === 'data' ? decoded(value) : value)
          ? [report(`${section}.${name}`, `the Secret has ${JSON.stringify(name)} in plain text`)]
          : [],
      ),
    );
  }
  if (object.kind !== 'HelmRelease') return [];
  return credentialsIn(asRecord(object.spec).values, 'spec.values').map((field) =>
    report(field, `the Helm value looks like a credential in plain text`),
  );
}

function credentialsIn(value: unknown, field: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => credentialsIn(item, `${field}[${index}]`));
  return Object.entries(asRecord(value)).flatMap(([name, inner]) => {
    const below = `${field}.${name}`;
    if (typeof inner === 'object') return credentialsIn(inner, below);
    const named = CREDENTIAL.test(name) && !REFERENCE.test(name);
    const refers = /secret$/i.test(name) && NAME.test(String(inner));
    return named && !refers && isPlain(inner) && !PLACEHOLDER.test(String(inner)) ? [below] : [];
  });
}

function decoded(value: string): string {
  return Buffer.from(value, 'base64').toString('utf8').trim();
}

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !SUBSTITUTED.test(value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
