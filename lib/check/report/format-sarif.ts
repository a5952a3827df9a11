import type { Finding, FindingLocation, Severity } from '../../findings/finding';
import { formatUsers, usersVerb } from '../../findings/format';
import { printableJson } from '../../findings/printable';
import { summaryOf } from '../codes';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/**
 * Prints findings in the format that code hosts and editors show beside the lines.
 *
 * @param version - the version of this package
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(findings: readonly Finding[], version: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const hints = new Map(findings.map(({ code, hint }) => [code, hint]));
  const rules = codes.map((code) => sarifRule(code, hints.get(code)));
  const driver = { name: 'cdk8s-flux', version, semanticVersion: version, rules };
  const results = findings.map((found) => sarifResult(found, codes.indexOf(found.code)));
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return printableJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
}

/** The help of a rule: what it finds, and how to fix a finding. */
function sarifRule(id: string, hint: string | undefined): object {
  const text = summaryOf(id) ?? id;
  const fix = hint === undefined ? '' : ` Fix: ${hint}.`;
  const pages = 'docs/findings.md of the package cdk8s-flux says more.';
  return { id, shortDescription: { text }, help: { text: `${text}.${fix} ${pages}` } };
}

function sarifResult(found: Finding, ruleIndex: number): object {
  const { code, severity, message, hint, field, fingerprint } = found;
  const users = found.usedBy ? `; ${usersVerb(found.usedBy)} ${formatUsers(found.usedBy)}` : '';
  const about = `${field === undefined ? '' : `${field}: `}${message}${users}`;
  const [first, ...others] = found.locations.filter(({ file }) => file !== undefined);
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: hint === undefined ? about : `${about} (fix: ${hint})` },
    ...(first && { locations: [sarifLocation(first, found)] }),
    ...(others.length > 0 && {
      relatedLocations: others.map((location, id) => ({ id, ...sarifLocation(location) })),
    }),
    partialFingerprints: { 'cdk8sFlux/v1': fingerprint },
  };
}

function sarifLocation({ file = '', line, column, endColumn }: FindingLocation, found?: Finding): object {
  const region = line && { startLine: line, ...(column && { startColumn: column, endColumn }) };
  const uri = file.split('/').map(encodeURIComponent).join('/');
  const object = found?.object;
  const name = object && [object.kind, object.namespace, object.name].filter(Boolean).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      ...(region && { region }),
    },
    ...(name && { logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }] }),
  };
}
