import { isMap, mapOf, textOf } from '../../plain/plain-data';
import { nameProblem } from '../kubernetes-names';
import type { Report } from '../report';
import { isLeftToCluster } from './left-to-cluster';
import { textsAt, valuesAt, type FoundValue, type ObjectRule } from './object-rule';

const PATHS = 'spec.rules[].http.paths[]';
const CLASS = 'kubernetes.io/ingress.class';
const HOST = 'spec.rules[].host';

/** What the API server asks of an Ingress, and its schema leaves open. */
export function ingressNeeds(group: string, kind: string): ObjectRule | undefined {
  if (group !== 'networking.k8s.io' || kind !== 'Ingress') return undefined;
  return (object, report) => {
    if (!isMap(object.spec) || isLeftToCluster(object.metadata)) return;
    const { rules, defaultBackend } = object.spec;
    if (defaultBackend == null && (rules == null || (Array.isArray(rules) && rules.length === 0)))
      refuse(report, 'without rules and without defaultBackend', 'set spec.rules', ['spec']);
    for (const backend of ['spec.defaultBackend', `${PATHS}.backend`])
      for (const found of valuesAt(object, backend)) checkBackend(found, report);
    for (const { value, path } of valuesAt(object, 'spec.rules[].http'))
      if (isMap(value) && Array.isArray(value.paths) && value.paths.length === 0)
        refuse(report, 'if one of its rules has no paths', 'add a path, or remove http', [...path, 'paths']);
    for (const found of valuesAt(object, PATHS)) checkPath(found, report);
    checkHosts(object, report);
    checkClass(object, report);
  };
}

/** A controller class in an annotation, as before Kubernetes 1.18, which is not that of the field. */
function checkClass({ metadata, spec }: Parameters<ObjectRule>[0], report: Report): void {
  const [old, current] = [mapOf(mapOf(metadata).annotations)[CLASS], mapOf(spec).ingressClassName].map(
    textOf,
  );
  if (old === undefined || current === undefined || old === current) return;
  if ([old, current].some((text) => isVariable(text, report))) return;
  report.add(
    {
      code: 'schema-rule',
      message: `the API server refuses a new Ingress with the class ${JSON.stringify(old)} in an annotation and ${JSON.stringify(current)} in ingressClassName`,
      hint: 'remove the annotation',
    },
    ...['metadata', 'annotations', CLASS],
  );
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend */
function checkBackend({ value, path }: FoundValue, report: Report): void {
  if (!isMap(value)) return;
  const { service, resource } = value;
  if (service == null && resource == null)
    return refuse(report, 'with a backend that has neither service nor resource', 'set service', path);
  if (service != null && resource != null)
    return refuse(report, 'with a backend that has both service and resource', 'remove one of the two', path);
  if (!isMap(service) || (service.port != null && !isMap(service.port))) return;
  const { name, number } = mapOf(service.port);
  const [hasName, hasNumber] = [name != null && name !== '', number != null && number !== 0];
  const port = [...path, 'service', 'port'];
  if (!hasName && !hasNumber)
    refuse(report, 'if a backend has no port', 'set the name or the number of the port', port);
  if (hasName && hasNumber)
    refuse(report, 'if a backend has the name and the number of a port', 'remove one of the two', port);
}

/** @see https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types */
function checkPath({ value, path: where }: FoundValue, report: Report): void {
  if (!isMap(value)) return;
  const { path = '', pathType } = value;
  if (typeof path !== 'string' || isVariable(path, report)) return;
  const isStrict = pathType === 'Exact' || pathType === 'Prefix';
  // The schema names the types that there are.
  if (!isStrict && (pathType !== 'ImplementationSpecific' || path === '')) return;
  const problem = path.startsWith('/') ? (isStrict ? segmentProblem(path) : undefined) : 'begin it with "/"';
  if (problem !== undefined) add(report, `the path is not valid: ${problem}`, path, [...where, 'path']);
}

function segmentProblem(path: string): string | undefined {
  const wrong = /\/\/|%2f|\/\.{1,2}(?=\/|$)/i.exec(path)?.[0];
  return wrong === undefined ? undefined : `it contains ${JSON.stringify(wrong)}`;
}

function checkHosts(object: Parameters<ObjectRule>[0], report: Report): void {
  for (const field of [HOST, 'spec.tls[].hosts[]']) {
    for (const { text, path } of textsAt(object, field, report)) {
      const problem = text === '' || isVariable(text, report) ? undefined : hostProblem(text, field === HOST);
      if (problem !== undefined) add(report, `the host is not valid: ${problem}`, text, path);
    }
  }
}

function hostProblem(host: string, isRule: boolean): string | undefined {
  if (isRule && /^(?:\d+\.){3}\d+$/.test(host)) return 'it is an IP address, not a name';
  if (/^.+\*|^\*(?!\.)/.test(host))
    return 'an asterisk may only be the first part, as in "*.example.com"; without a host, a rule is for all';
  return nameProblem(host.replace(/^\*\./, ''), 'dns-subdomain');
}

/** Other rules report a variable that nothing replaces. */
function isVariable(text: string, report: Report): boolean {
  return report.isPlaceholder(text) || text.includes('${');
}

function refuse(report: Report, problem: string, hint: string, path: FoundValue['path']): void {
  report.add({ code: 'schema-rule', message: `the API server refuses an Ingress ${problem}`, hint }, ...path);
}

function add(report: Report, message: string, got: string, path: FoundValue['path']): void {
  report.add(
    {
      code: 'name-invalid',
      got: JSON.stringify(got),
      message,
      hint: 'the API server refuses it; correct it',
    },
    ...path,
  );
}
