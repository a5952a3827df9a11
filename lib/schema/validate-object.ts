import { apiGroup } from '../tree/manifest';
import { isFluxGroup, KUSTOMIZE_FILE_GROUP, OPERATOR_GROUP } from '../kinds/groups';
import { checkKustomizeFile, checkUnknownKind } from './api-versions';
import { checkMetadata } from './check-metadata';
import { fluxKind, type KnownKind } from './flux-kinds';
import { isKubernetesGroup, kubernetesKind } from './kubernetes-kinds';
import { operatorKind } from './operator-kinds';
import type { NameForm } from './kubernetes-names';
import { metaNode } from './object-meta';
import { Report } from './report';
import { applyOldRules, applyRules } from './rules/apply-rules';
import type { ValidateOptions } from './validate-options';
import type { Violation } from './violation';
import { visit, visitField } from './visit';
import { asText } from '../plain/as-text';

type Fields = Record<string, unknown>;

/**
 * Checks a plain Kubernetes object as the API server does with `fieldValidation=Strict`, and for what a Flux
 * controller would refuse, or get wrong, later. Kinds of Flux and of Kubernetes itself are checked against their
 * schema; of others only the metadata is. An empty list says that the object is accepted.
 *
 * The object is not changed. Values of secrets are never shown.
 */
export function validateObject(object: unknown, options: ValidateOptions = {}): Violation[] {
  const fields = object as Fields;
  const report = new Report(options, isSecret(object));
  if (!checkTypeMeta(object, report)) return report.violations;
  const [apiVersion, kind] = [asText(fields.apiVersion), asText(fields.kind)];
  const group = apiGroup(apiVersion);
  if (group === KUSTOMIZE_FILE_GROUP) {
    // kustomize reads it and it is never applied, unless it is listed as if it were a manifest.
    if (options.isBuilt === true) checkKustomizeFile(fields, report);
    return report.violations;
  }
  const known = knownKind(group, `${apiVersion}/${kind}`, options);
  let complete = fields;
  if (known) complete = checkSchema(fields, known, report);
  else checkUnknownKind(apiVersion, kind, report);
  // The metadata of a version that is not known is that of all.
  if (!known && isFluxGroup(group)) visitField('metadata', fields.metadata, metaNode(), report);
  // Files of other systems also look like an object, but without metadata.
  const isForeign = !known && report.errors === 0 && fields.metadata === undefined;
  if (!isForeign) checkMetadata(complete.metadata, nameForm(group, kind), report);
  if (known) applyRules(group, kind, complete, report);
  else applyOldRules(group, kind, complete, report);
  return report.violations;
}

/** Whether a kind lives in a namespace; `undefined` where it is neither Flux's nor Kubernetes's own. */
export function isNamespaced(
  apiVersion: string,
  kind: string,
  options: ValidateOptions = {},
): boolean | undefined {
  const known = knownKind(apiGroup(apiVersion), `${apiVersion}/${kind}`, options);
  return known && known.scope === 'Namespaced';
}

function knownKind(group: string, key: string, options: ValidateOptions): KnownKind | undefined {
  if (isFluxGroup(group)) return fluxKind(key, options.fluxVersion);
  if (group === OPERATOR_GROUP) return operatorKind(key);
  return isKubernetesGroup(group) ? kubernetesKind(key) : undefined;
}

function checkTypeMeta(object: unknown, report: Report): boolean {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    report.add({
      code: 'schema-type',
      message: `got ${report.describe(object)}; must be a Kubernetes object: a map with apiVersion, kind and metadata`,
    });
    return false;
  }
  let complete = true;
  for (const field of ['apiVersion', 'kind']) {
    const value = (object as Fields)[field];
    if (report.isPlaceholder(value)) complete = false;
    else if (typeof value !== 'string' || value === '') {
      const message =
        value == null || value === ''
          ? 'required, but not set'
          : `got ${report.describe(value)}; must be a string`;
      report.add({ code: 'schema-required', message, hint: `set ${field}` }, field);
      complete = false;
    }
  }
  return complete;
}

function checkSchema(object: Fields, known: KnownKind, report: Report): Fields {
  if (object.status === undefined && object.sops === undefined)
    return visit(object, known.node, report) as Fields;
  const { status, sops, ...rest } = object;
  const hasStatus = status !== undefined && known.dropsStatus;
  // SOPS's own field is removed before the object is applied.
  const encrypted = typeof sops === 'object' && sops !== null && Object.hasOwn(sops, 'mac');
  if (hasStatus) checkStatus(status, known, report);
  if (!hasStatus && !encrypted) return visit(object, known.node, report) as Fields;
  if (!hasStatus && status !== undefined) rest.status = status;
  if (!encrypted && sops !== undefined) rest.sops = sops;
  return visit(rest, known.node, report) as Fields;
}

/** The server drops `status` from applied objects, but only after it has looked for unknown fields. */
function checkStatus(status: unknown, known: KnownKind, report: Report): void {
  const node = known.node.field('status');
  const aside = new Report(report.options);
  aside.path.push('status');
  if (node) visit(status, node, aside);
  else
    aside.add({
      code: 'schema-unknown-field',
      message: 'unknown field "status"',
      hint: 'remove it',
    });
  for (const { field, ...violation } of aside.violations) {
    const isDecoding = violation.code === 'schema-type' && known.node.scope.decoded;
    if (violation.code === 'schema-unknown-field' || isDecoding)
      report.violations.push({ ...violation, field });
  }
}

function isSecret(object: unknown): boolean {
  return typeof object === 'object' && object !== null && (object as Fields).kind === 'Secret';
}

function nameForm(group: string, kind: string): NameForm {
  if (group === 'rbac.authorization.k8s.io') return 'path-segment';
  const label = group === '' ? ['Namespace', 'Service'] : group === 'apps' ? ['StatefulSet'] : [];
  return label.includes(kind) ? 'dns-label' : 'dns-subdomain';
}
