import { podSpecPath } from '../../kinds/pod-spec';
import { isMap } from '../../plain/plain-data';
import { nameProblem } from '../kubernetes-names';
import type { Report } from '../report';
import { isGiven, textsAt, valuesAt, type ObjectRule } from './object-rule';

/** Names of the parts of Pods and Services, and of the entries of ConfigMaps and Secrets, that the API server refuses. */
export function partNames(group: string, kind: string): ObjectRule | undefined {
  const path = podSpecPath(group, kind)?.join('.');
  if (path !== undefined) return (object, report) => checkPod(path, object, report);
  if (group === '' && kind === 'Service') return checkService;
  if (kind === 'ConfigMap') return entriesOf('data', 'binaryData');
  return kind === 'Secret' ? entriesOf('data', 'stringData') : undefined;
}

function checkPod(path: string, ...[object, report]: Parameters<ObjectRule>): void {
  const check = checkNames(object, report);
  const lists = [`${path}.initContainers[]`, `${path}.containers[]`];
  for (const list of lists) check('name of the container', `${list}.name`, labelProblem);
  check('name of the volume', `${path}.volumes[].name`, labelProblem);
  for (const list of lists) check('name of the port', `${list}.ports[].name`, portNameProblem);
  check('hostname', `${path}.hostname`, unlessEmpty(labelProblem));
}

/** @see https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services */
const checkService: ObjectRule = (object, report) => {
  const check = checkNames(object, report);
  check('name of the port', 'spec.ports[].name', unlessEmpty(labelProblem));
  check('target port', 'spec.ports[].targetPort', unlessEmpty(portNameProblem));
  const ports = valuesAt(object, 'spec.ports[]');
  for (const { value, path } of ports.length > 1 ? ports : [])
    if (isMap(value) && !isGiven(value, 'name'))
      report.add(
        {
          code: 'schema-required',
          message: 'the API server refuses a Service with several ports if one has no name',
          hint: 'give each port a name',
        },
        ...path,
        'name',
      );
};

function checkNames(...[object, report]: Parameters<ObjectRule>) {
  return (what: string, field: string, problemOf: (name: string) => string | undefined) => {
    for (const { text, path } of textsAt(object, field, report)) {
      const problem = problemOf(text);
      if (problem !== undefined) add(report, `the ${what} is not valid: ${problem}`, text, path);
    }
  };
}

/** An empty text is the same as no value. */
function unlessEmpty(problemOf: (name: string) => string | undefined) {
  return (name: string) => (name === '' ? undefined : problemOf(name));
}

function labelProblem(name: string): string | undefined {
  return nameProblem(name, 'dns-label');
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
