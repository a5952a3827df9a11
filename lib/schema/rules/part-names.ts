import { podSpecPath } from '../../kinds/pod-spec';
import { isMap } from '../../plain/plain-data';
import { nameProblem } from '../kubernetes-names';
import type { Report } from '../report';
import { textsAt, type ObjectRule } from './object-rule';

/** Names of the parts of Pods, and of the entries of ConfigMaps and Secrets, that the API server refuses. */
export function partNames(group: string, kind: string): ObjectRule | undefined {
  const path = podSpecPath(group, kind)?.join('.');
  if (path !== undefined) return (object, report) => checkPod(path, object, report);
  if (kind === 'ConfigMap') return entriesOf('data', 'binaryData');
  return kind === 'Secret' ? entriesOf('data', 'stringData') : undefined;
}

function checkPod(path: string, object: Parameters<ObjectRule>[0], report: Report): void {
  const lists = [`${path}.initContainers[]`, `${path}.containers[]`];
  const check = (part: string, field: string, problemOf: (name: string) => string | undefined) => {
    for (const { text, path: where } of textsAt(object, field, report)) {
      const problem = problemOf(text);
      if (problem !== undefined) add(report, `the name of the ${part} is not valid: ${problem}`, text, where);
    }
  };
  const label = (name: string) => nameProblem(name, 'dns-label');
  for (const list of lists) check('container', `${list}.name`, label);
  check('volume', `${path}.volumes[].name`, label);
  for (const list of lists) check('port', `${list}.ports[].name`, portNameProblem);
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports */
function portNameProblem(name: string): string | undefined {
  if (name.length > 15) return `it has ${name.length} characters; at most 15 are allowed`;
  return /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)
    ? undefined
    : 'use lower-case letters, digits and single "-" between them, with at least one letter';
}

function entriesOf(...sections: readonly string[]): ObjectRule {
  return (object, report) => {
    for (const section of sections) {
      const entries = object[section];
      for (const key of isMap(entries) ? Object.keys(entries) : []) {
        if (isKey(key) || report.isPlaceholder(key)) continue;
        const message = 'the key is not valid: use at most 253 letters, digits, "-", "_" and "."';
        add(report, message, key, [section, key]);
      }
    }
  };
}

/** @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object */
function isKey(key: string): boolean {
  return key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && !key.startsWith('..');
}

function add(report: Report, message: string, got: string, where: readonly (string | number)[]): void {
  report.add(
    {
      code: 'name-invalid',
      got: JSON.stringify(got),
      message,
      hint: 'the API server refuses it; correct it',
    },
    ...where,
  );
}
