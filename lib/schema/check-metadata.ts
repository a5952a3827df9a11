import { mapOf } from '../plain/plain-data';
import type { Report } from './report';
import type { PathPart } from '../plain/field-path';
import type { FindingCode } from '../findings/codes';
import {
  labelValueProblem,
  nameProblem,
  qualifiedNameProblem,
  suggestName,
  type NameForm,
} from './kubernetes-names';

const MAX_ANNOTATION_BYTES = 256 * 1024;
type Fields = Readonly<Record<string, unknown>>;

/** Checks names, labels, annotations and owners as the API server does for every kind. Types are checked before. */
export function checkMetadata(metadata: unknown, form: NameForm, report: Report): void {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    report.add(
      { code: 'name-invalid', message: 'the object has no name', hint: 'set metadata.name' },
      'metadata',
      'name',
    );
    return;
  }
  const fields = metadata as Fields;
  report.path.push('metadata');
  checkName(fields, form, report);
  checkNamespace(fields.namespace, report);
  checkLabels(fields.labels, report);
  checkAnnotations(fields.annotations, report);
  checkFinalizers(fields.finalizers, report);
  checkOwners(fields.ownerReferences, report);
  report.path.pop();
}

const LABEL_HINT = 'use a label such as app.kubernetes.io/name: web';

/** Checks labels in the field that the report is at. */
export function checkLabels(labels: unknown, report: Report): void {
  for (const [key, value] of entries(labels)) {
    if (report.isPlaceholder(key)) continue;
    const wrongKey = qualifiedNameProblem(key);
    if (wrongKey)
      refuse(
        'label-invalid',
        `${JSON.stringify(key)} is not a valid label key: ${wrongKey}`,
        report,
        'labels',
        key,
      );
    if (typeof value !== 'string' || report.isPlaceholder(value)) continue;
    const wrong = labelValueProblem(value);
    if (wrong) refuse('label-invalid', `the label value is not valid: ${wrong}`, report, 'labels', key);
  }
}

function checkName(metadata: Fields, form: NameForm, report: Report): void {
  const { name, generateName } = metadata;
  const absent = name === undefined || name === null || name === '';
  if (absent && typeof generateName === 'string' && generateName !== '') {
    reportName('generateName', generateName, form, report);
  } else if (absent) {
    report.add(
      { code: 'name-invalid', message: 'the object has no name', hint: 'set metadata.name' },
      'name',
    );
  } else if (typeof name === 'string' && !report.isPlaceholder(name)) {
    reportName('name', name, form, report);
  }
}

function reportName(field: 'name' | 'generateName', name: string, form: NameForm, report: Report): void {
  // After a dash at the end of generateName comes the part that the server adds.
  const problem = nameProblem(field === 'name' ? name : name.replace(/-$/, 'a'), form);
  if (!problem) return;
  report.add(
    {
      code: 'name-invalid',
      got: JSON.stringify(name),
      message: `${JSON.stringify(name)} is not a valid name: ${problem}`,
      hint: nameHint(name, form),
    },
    field,
  );
}

/** What to do about an invalid name; one with a variable of Flux is not meant literally. */
function nameHint(name: string, form: NameForm): string {
  return name.includes('${')
    ? 'define the variable in spec.postBuild of the Kustomization that applies the object'
    : `write it as ${JSON.stringify(suggestName(name, form))}`;
}

function checkNamespace(namespace: unknown, report: Report): void {
  if (typeof namespace !== 'string' || namespace === '' || report.isPlaceholder(namespace)) return;
  const problem = nameProblem(namespace, 'dns-label');
  if (!problem) return;
  report.add(
    {
      code: 'namespace-invalid',
      got: JSON.stringify(namespace),
      message: `${JSON.stringify(namespace)} is not a valid namespace: ${problem}`,
      hint: nameHint(namespace, 'dns-label'),
    },
    'namespace',
  );
}

function checkAnnotations(annotations: unknown, report: Report): void {
  let bytes = 0;
  for (const [key, value] of entries(annotations)) {
    if (typeof value === 'string') bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (report.isPlaceholder(key)) continue;
    const problem = qualifiedNameProblem(key.toLowerCase());
    if (!problem) continue;
    const message = `${JSON.stringify(key)} is not a valid annotation key: ${problem}`;
    refuse('annotation-invalid', message, report, 'annotations', key);
  }
  if (bytes <= MAX_ANNOTATION_BYTES) return;
  const message = `the annotations have ${bytes} bytes together; at most ${MAX_ANNOTATION_BYTES} are allowed`;
  refuse('annotation-invalid', message, report, 'annotations');
}

function checkFinalizers(finalizers: unknown, report: Report): void {
  if (!Array.isArray(finalizers)) return;
  finalizers.forEach((name: unknown, index) => {
    if (typeof name !== 'string' || report.isPlaceholder(name)) return;
    const problem = qualifiedNameProblem(name);
    const message = `${JSON.stringify(name)} is not a valid finalizer name: ${problem}`;
    if (problem) refuse('metadata-invalid', message, report, 'finalizers', index);
  });
}

function checkOwners(owners: unknown, report: Report): void {
  if (!Array.isArray(owners)) return;
  let controllers = 0;
  owners.forEach((owner: Fields | null, index) => {
    if (typeof owner !== 'object' || owner === null) return;
    if (owner.controller === true) controllers++;
    for (const field of ['apiVersion', 'kind', 'name', 'uid']) {
      const message = 'an owner reference needs apiVersion, kind, name and uid';
      if (owner[field] === '') refuse('metadata-invalid', message, report, 'ownerReferences', index, field);
    }
  });
  if (controllers < 2) return;
  refuse('metadata-invalid', 'only one owner reference can have controller: true', report, 'ownerReferences');
}

function refuse(code: FindingCode, message: string, report: Report, ...path: readonly PathPart[]): void {
  report.add({ code, message, ...(code === 'label-invalid' && { hint: LABEL_HINT }) }, ...path);
}

function entries(map: unknown): [string, unknown][] {
  return Object.entries(mapOf(map));
}
