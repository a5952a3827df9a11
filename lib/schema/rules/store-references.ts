import { isMap, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import type { Report } from '../report';
import type { ObjectRule } from './object-rule';

/** Fields that name an account or a Secret. */
const REFERENCE = /(?:serviceAccount|ref)$/i;

/** Levels of fields that a provider of External Secrets has at most. */
const MAX_DEPTH = 10;

/**
 * A SecretStore may use only accounts and Secrets of its own namespace.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export const storeReferences: ObjectRule = ({ metadata, spec }, report) => {
  const namespace = textOf(mapOf(metadata).namespace);
  if (namespace === undefined || report.isPlaceholder(namespace)) return;
  report.path.push('spec', 'provider');
  visitFields(mapOf(mapOf(spec).provider), namespace, report);
  report.path.pop();
  report.path.pop();
};

function visitFields(fields: PlainMap, own: string, report: Report): void {
  if (report.path.length > MAX_DEPTH) return;
  for (const [name, value] of Object.entries(fields)) {
    if (!isMap(value)) continue;
    report.path.push(name);
    if (REFERENCE.test(name)) checkReference(value, own, report);
    visitFields(value, own, report);
    report.path.pop();
  }
}

function checkReference({ name, namespace }: PlainMap, own: string, report: Report): void {
  const other = textOf(namespace);
  if (other === undefined || other === '' || other === own || textOf(name) === undefined) return;
  if (report.isPlaceholder(other)) return;
  report.add(
    {
      code: 'schema-rule',
      severity: 'warning',
      message: `a SecretStore uses only what is in its own namespace, ${JSON.stringify(own)}: External Secrets refuses or ignores another one`,
      hint: 'remove the namespace, or use a ClusterSecretStore',
    },
    'namespace',
  );
}
