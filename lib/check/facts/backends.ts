import { apiGroup, type ManifestObject } from '../../tree/manifest';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import { asText } from '../../plain/as-text';

/** A port of a Service to which an Ingress or a route sends requests. */
export interface Backend {
  readonly name: string;
  /**
   * The namespace of the Service.
   *
   * @default - that of the object
   */
  readonly namespace?: string;
  /** Its number, or its name. */
  readonly port: number | string;
  /** The field that says which port. */
  readonly field: string;
}

const INGRESS_GROUP = 'networking.k8s.io';
const GATEWAY_GROUP = 'gateway.networking.k8s.io';

const TRAEFIK_GROUPS = ['traefik.io', 'traefik.containo.us'];
const TRAEFIK_KINDS = ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP'];

/** With this name of a port, the load balancer controller of AWS reads an annotation of the Ingress instead. */
const IN_ANNOTATION = 'use-annotation';

/** The ports to which an Ingress, or a route of the Gateway API or Traefik, sends requests, as far as the object says which. */
export function backendsOf({ apiVersion, kind, spec }: ManifestObject): readonly Backend[] {
  const group = apiGroup(apiVersion);
  if (group === INGRESS_GROUP && kind === 'Ingress') return ingressBackends(spec);
  if (group === GATEWAY_GROUP && kind.endsWith('Route')) return routeBackends(spec, 'rules', 'backendRefs');
  return TRAEFIK_GROUPS.includes(group) && TRAEFIK_KINDS.includes(kind)
    ? routeBackends(spec, 'routes', 'services')
    : [];
}

function ingressBackends(spec: unknown): Backend[] {
  const { defaultBackend, rules } = mapOf(spec);
  const paths = listOf(rules).flatMap((rule, index) =>
    listOf(mapOf(mapOf(rule).http).paths).map((path, at) => ({
      backend: mapOf(path).backend,
      field: `spec.rules[${index}].http.paths[${at}].backend`,
    })),
  );
  return [{ backend: defaultBackend, field: 'spec.defaultBackend' }, ...paths].flatMap(
    ({ backend, field }) => {
      const service = mapOf(mapOf(backend).service);
      const [name, { number, name: portName }] = [textOf(service.name), mapOf(service.port)];
      const port = typeof number === 'number' ? number : textOf(portName);
      if (name === undefined || port === undefined || port === IN_ANNOTATION) return [];
      const part = typeof port === 'number' ? 'number' : 'name';
      return [{ name, port, field: `${field}.service.port.${part}` }];
    },
  );
}

function routeBackends(spec: unknown, list: string, references: string): Backend[] {
  return listOf(mapOf(spec)[list]).flatMap((rule, index) =>
    listOf(mapOf(rule)[references]).flatMap((reference, at) => {
      const { group = '', kind = 'Service', name, namespace, port } = mapOf(reference);
      const isPort = typeof port === 'number' || typeof port === 'string';
      if (group !== '' || kind !== 'Service' || textOf(name) === undefined || !isPort) return [];
      const field = `spec.${list}[${index}].${references}[${at}].port`;
      return [{ name: asText(name), namespace: textOf(namespace), port, field }];
    }),
  );
}
