import { goRegex, GoRegexError, type GoRegex } from '../../plain/go-regex';
import { isMap, type PlainMap } from '../../plain/plain-data';
import { finding, type Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { directoryOf, isBelow } from '../../tree/path';
import { parseDocuments } from '../../yaml/parse';
import { SELECTOR_FIELDS, type Selector } from '../envelope/selector';
import { readRecipients, type RecipientsInput } from '../keys/recipients';
import type { Recipient } from '../keys/key-request';

/** One of the `creation_rules` of a `.sops.yaml`. */
export interface CreationRule {
  /**
   * The pattern of the paths it is for (RE2, unanchored).
   *
   * @default - every path
   */
  readonly pathRegex?: string;
  readonly recipients: readonly Recipient[];
  /**
   * Which values are encrypted.
   *
   * @default - nearly all of them, which is useless for Flux
   */
  readonly selector?: Selector;
  readonly macOnlyEncrypted: boolean;
  /** Whether the data key is split among key groups, or wrapped by a key management service. */
  readonly needsSops: boolean;
}

/** A `.sops.yaml`, read. */
export interface SopsConfig {
  /** The file, as a path from the repository's root. */
  readonly file: string;
  readonly rules: readonly CreationRule[];
  readonly findings: readonly Finding[];
  /**
   * The first rule for a file.
   *
   * @param path - the file, relative to the root of the repository; a file that is not below the folder of `.sops.yaml`
   *   has no rule
   */
  readonly ruleFor: (path: string) => CreationRule | undefined;
}

const FOREIGN = ['kms', 'gcp_kms', 'azure_keyvault', 'hc_vault_transit_uri', 'hckms'];

/**
 * Reads a `.sops.yaml`. Problems with a rule are in `findings`: `sops-rule-no-regex`, `sops-regex-invalid`,
 * `sops-config-invalid`, and those of `readRecipients`.
 *
 * @param file - its path from the repository's root
 * @throws FindingsError `yaml-invalid` when the text is no YAML
 */
function readSopsConfig(text: string, file: string): SopsConfig {
  const document = parseDocuments(text, file)[0];
  const findings: Finding[] = [];
  const listed = record(document?.value)?.['creation_rules'];
  if (!Array.isArray(listed)) findings.push(configFinding(file, 'must contain a list "creation_rules"'));
  const rules: { rule: CreationRule; matches: GoRegex }[] = [];
  (Array.isArray(listed) ? listed : []).forEach((item: unknown, index) => {
    const read = readRule(record(item) ?? {}, { file, index, findings });
    if (read) rules.push(read);
  });
  const folder = directoryOf(file);
  const ruleFor = (path: string): CreationRule | undefined => {
    if (!isBelow(path, folder)) return undefined;
    const relative = folder === '' ? path : path.slice(folder.length + 1);
    return rules.find(({ matches }) => matches(relative))?.rule;
  };
  return { file, rules: rules.map(({ rule }) => rule), findings, ruleFor };
}

/** Reads a `.sops.yaml`; everything that is wrong with it goes to `findings`, also that it is no YAML. */
export function tryReadSopsConfig(text: string, file: string, findings: Finding[]): SopsConfig | undefined {
  try {
    const config = readSopsConfig(text, file);
    findings.push(...config.findings);
    return config;
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    findings.push(...error.findings);
    return undefined;
  }
}

interface RuleContext {
  readonly file: string;
  readonly index: number;
  readonly findings: Finding[];
}

function readRule(
  item: Record<string, unknown>,
  context: RuleContext,
): { rule: CreationRule; matches: GoRegex } | undefined {
  const { file, index, findings } = context;
  const field = `creation_rules[${index}]`;
  const location = { file };
  const read = readRecipients(recipientsOf(item), location);
  findings.push(...read.findings);
  const selector = selectorOf(item);
  if (selector === undefined) findings.push(noRegex(file, field));
  const groups = Array.isArray(item.key_groups) ? item.key_groups : [];
  const foreign = [item, ...groups.map((group: unknown) => record(group) ?? {})];
  const pathRegex =
    typeof item.path_regex === 'string' && item.path_regex !== '' ? item.path_regex : undefined;
  try {
    const matches = pathRegex === undefined ? () => true : goRegex(pathRegex);
    if (selector?.field.endsWith('regex')) goRegex(selector.value);
    const needsSops =
      groups.length > 1 || foreign.some((keys) => FOREIGN.some((kind) => strings(keys[kind]).length > 0));
    const macOnlyEncrypted = item.mac_only_encrypted === true;
    return {
      rule: { pathRegex, recipients: read.recipients, selector, macOnlyEncrypted, needsSops },
      matches,
    };
  } catch (error) {
    if (!(error instanceof GoRegexError)) throw error;
    findings.push(
      finding({
        code: 'sops-regex-invalid',
        message: `${field} is not a valid RE2 regular expression: ${error.message}`,
        hint: 'correct the expression; RE2 does not support lookaround and backreferences',
        locations: [location],
        field,
      }),
    );
    return undefined;
  }
}

function recipientsOf(item: Record<string, unknown>): RecipientsInput {
  const groups = Array.isArray(item.key_groups)
    ? item.key_groups.map((group: unknown) => record(group) ?? {})
    : [];
  const sources = groups.length > 0 ? groups : [item];
  return {
    age: sources.flatMap((source) => strings(source.age)),
    pgp: sources.flatMap((source) => strings(source.pgp)).map((fingerprint) => ({ fingerprint })),
  };
}

function selectorOf(item: Record<string, unknown>): Selector | undefined {
  for (const field of SELECTOR_FIELDS) {
    const value = item[field];
    if (typeof value === 'string' && value !== '') return { field, value };
  }
  return undefined;
}

/** A field that is a string with commas, or a list, or a list of mappings (each of which means one key). */
function strings(value: unknown): string[] {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  if (Array.isArray(value))
    return value.flatMap((item: unknown) =>
      typeof item === 'string' ? strings(item) : [JSON.stringify(item)],
    );
  return [];
}

function record(value: unknown): PlainMap | undefined {
  return isMap(value) ? value : undefined;
}

function noRegex(file: string, field: string): Finding {
  return finding({
    code: 'sops-rule-no-regex',
    severity: 'warning',
    message: `${field} does not limit which values to encrypt, so sops also encrypts apiVersion, kind and metadata, and Flux cannot read the file`,
    hint: 'add encrypted_regex: ^(data|stringData)$',
    locations: [{ file }],
    field,
  });
}

function configFinding(file: string, what: string): Finding {
  return finding({
    code: 'sops-config-invalid',
    severity: 'warning',
    message: `${JSON.stringify(file)} ${what}`,
    hint: 'add creation_rules: sops uses the first rule whose path_regex matches the file',
    locations: [{ file }],
  });
}
