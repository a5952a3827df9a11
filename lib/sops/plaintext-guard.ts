import { listOf, mapOf, valueAt } from '../plain/plain-data';
import { finding, type Finding, type FindingLocation } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import type { Severity } from '../findings/severity';
import { parseDocuments } from '../yaml/parse';
import { identityOf, type ManifestObject } from '../tree/manifest';
import { isPlaceholder } from './credential-shape';
import { holdsReferences, isCredentialValue, isSecretEntry, maySaySecret } from './plaintext-judgement';
import { asText } from '../plain/as-text';

/** A placeholder: a variable of Flux, Helm or Grafana, a reference to a store, or an encrypted value. */
const FILLED_IN =
  /\$\{(?:(?!\$\{[^}])[^}])+\}|\{\{(?:(?!\{\{).)*\}\}|^ENC\[|^\$[A-Za-z_]\w*$|^\$\(|^\$__|^(?:op|vault|awssm|gcpsm|file|env|ref\+\w+):/;

/** A value, or a whole file, that sops encrypted. */
const ENCRYPTED = /^ENC\[AES256_GCM,|(?:^mac: |"mac": "|^sops_mac=|^ +mac: )ENC\[/m;

/** A private key in PEM, from the first line, with a line of base64. */
const PRIVATE_KEY = /^\s*-----BEGIN (?:(?!ENCRYPTED)[A-Z0-9]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/;

/** Values that programs replace because of their own tag, as in `!env_var API_KEY`. */
const TAGGED = /^([^#\n]*(?::|-)[ \t]+)!(?!!)[^\n]*$/gm;

/** Entries of Secrets that are public. */
const PUBLIC = /^-----BEGIN (?:CERTIFICATE|PUBLIC KEY)-----|^(?:true|false)$/;
const PUBLIC_NAME = /^(?:known_hosts|username|type)$/;

/**
 * Finds secrets in plain text: a Secret with data, or values of a HelmRelease, environment variables, variables of a Kustomization and entries of a
 * ConfigMap whose names or forms say that they are credentials and that hold more than a reference, a placeholder or a
 * variable. The value itself is in no finding.
 */
export function findPlaintextSecrets(object: ManifestObject, location: FindingLocation = {}): Finding[] {
  const report = (field: string, message: string, severity?: Severity): Finding =>
    finding({
      code: 'plaintext-secret',
      severity,
      message,
      hint: `${object.kind === 'Secret' ? 'encrypt the Secret with sops' : 'move the value into a Secret that is encrypted with sops, and refer to it'} (in cdk8s code: SopsSecret); if it was in git, replace it with a new value`,
      locations: [location],
      object: identityOf(object),
      field,
    });
  if (object.kind === 'Secret' && object.apiVersion === 'v1') {
    return ['data', 'stringData'].flatMap((section) =>
      Object.entries(mapOf(object[section])).flatMap(([name, value]) =>
        isPlain(value) && isSecretEntry(name, textOfEntry(section, value), asText(object.metadata?.name))
          ? [report(`${section}.${name}`, `the Secret contains ${JSON.stringify(name)} in plain text`)]
          : [],
      ),
    );
  }
  if (object.kind === 'ConfigMap' && object.apiVersion === 'v1')
    return credentialsOfConfigMap(object).map(([field, what]) =>
      report(
        field,
        `${what} looks like a credential in plain text, and a ConfigMap is not meant for secrets`,
        'warning',
      ),
    );
  if (object.kind !== 'HelmRelease')
    return credentialVariables(object).map(([field, name]) =>
      report(field, `the variable ${JSON.stringify(name)} looks like a credential in plain text`, 'warning'),
    );
  return credentialsIn(mapOf(object.spec).values, 'spec.values').map((field) =>
    report(field, `the Helm value looks like a credential in plain text`),
  );
}

/** The environment variables of a workload, or those that a Kustomization substitutes, that contain a credential: their fields and names. */
function credentialVariables(object: ManifestObject): (readonly [string, string])[] {
  if (object.kind === 'Kustomization') return substitutedCredentials(object);
  const place = podSpecOf(object.kind);
  if (place === undefined) return [];
  const spec = mapOf(valueAt(object, ...place));
  return ['containers', 'initContainers'].flatMap((list) =>
    listOf(spec[list]).flatMap((container, at) =>
      listOf(mapOf(container).env).flatMap((variable, index) => {
        const { name, value } = mapOf(variable);
        if (typeof name !== 'string' || !isPlain(value) || !isCredentialValue(name, asText(value))) return [];
        return [[`${place.join('.')}.${list}[${at}].env[${index}].value`, name] as const];
      }),
    ),
  );
}

function substitutedCredentials({ spec }: ManifestObject): (readonly [string, string])[] {
  return Object.entries(mapOf(valueAt(spec, 'postBuild', 'substitute'))).flatMap(([name, value]) =>
    isPlain(value) && isCredentialValue(name, asText(value))
      ? [[`spec.postBuild.substitute.${name}`, name] as const]
      : [],
  );
}

/** The fields in which a workload describes its Pods. */
function podSpecOf(kind: string): string[] | undefined {
  if (kind === 'Pod') return ['spec'];
  if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  const others = ['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'];
  return others.includes(kind) ? ['spec', 'template', 'spec'] : undefined;
}

/** The entries of a ConfigMap that contain a credential: their fields, and a description of it. */
function credentialsOfConfigMap({ data }: ManifestObject): (readonly [string, string])[] {
  return Object.entries(mapOf(data)).flatMap(([key, text]) => {
    if (typeof text !== 'string' || ENCRYPTED.test(text)) return [];
    const quoted = JSON.stringify(key);
    if (!/\.ya?ml$/i.test(key))
      return isPlain(text) && (text.includes('\n') ? PRIVATE_KEY.test(text) : isCredentialValue(key, text))
        ? [[`data.${key}`, quoted] as const]
        : [];
    const found = credentialsOfYaml(text);
    const [first] = found;
    if (first === undefined) return [];
    const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
    return [[`data.${key}`, `${first}${more} in ${quoted}`] as const];
  });
}

/** The fields of a YAML text that contain a credential; empty for a text that cannot be parsed, such as a template. */
function credentialsOfYaml(text: string): string[] {
  if (!maySaySecret(text)) return [];
  try {
    return parseDocuments(text.replace(TAGGED, '$1'), '').flatMap(({ value }) =>
      credentialsIn(value, '').map((field) => field.replace(/^\./, '')),
    );
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return [];
  }
}

/** The fields below a value that contain a credential, as text. */
function credentialsIn(value: unknown, field: string): string[] {
  const found: string[] = [];
  collectCredentials(value, [field], false, found);
  return found;
}

/**
 * @param path - the parts of the value's field, which change while its parts are walked
 * @param isReference - whether the names of its entries do not count
 */
function collectCredentials(value: unknown, path: string[], isReference: boolean, found: string[]): void {
  const isList = Array.isArray(value);
  const record = mapOf(value);
  for (const [key, inner] of Object.entries(isList ? value : record)) {
    path.push(isList ? `[${key}]` : `.${key}`);
    if (typeof inner === 'object')
      collectCredentials(inner, path, isReference || (!isList && holdsReferences(key)), found);
    else if (isPlain(inner)) {
      // `- name: DB_PASSWORD, value: ...`, the form of environment variables.
      const name = key === 'value' && typeof record.name === 'string' ? record.name : key;
      if (isCredentialValue(isList || isReference ? '' : name, String(inner))) found.push(path.join(''));
    }
    path.pop();
  }
}

/** The value of an entry of a Secret that stands in plain text and must not be shown; else `undefined`. */
export function plainSecretValue(section: string, name: string, value: unknown): string | undefined {
  if (!isPlain(value)) return undefined;
  const text = textOfEntry(section, value);
  return isSecret(name, text) ? text : undefined;
}

function textOfEntry(section: string, value: unknown): string {
  return section === 'data' ? decoded(value) : asText(value);
}

/** Whether an entry of a Secret is hidden, including settings, because nobody can be sure about them. */
function isSecret(name: string, value: string): boolean {
  return !ENCRYPTED.test(value) && !isPlaceholder(value) && !PUBLIC.test(value) && !PUBLIC_NAME.test(name);
}

function decoded(value: unknown): string {
  return Buffer.from(asText(value), 'base64').toString('utf8').trim();
}

/** Numbers count: a PIN or a password of digits is often written without quotes. */
function isPlain(value: unknown): value is string | number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  return typeof value === 'string' && value.trim() !== '' && !FILLED_IN.test(value.trim());
}
