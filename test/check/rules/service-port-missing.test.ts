import { fluxKustomization } from '../../graph/tree-of';
import { count, found, object, type Files } from '../small-repositories';

const CODE = 'service-port-missing';

const folder = (...texts: string[]): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['retryInterval: 1m']),
  'apps/all.yaml': texts.join(''),
});

const service = (spec: string, namespace = 'default') =>
  object('v1', 'Service', 'web', namespace, `spec: ${spec}`);
const HTTP = '{ ports: [{ name: http, port: 80, targetPort: 3000 }] }';

const ingress = (port: string) =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    'web',
    'default',
    `spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: ${port} } } }] } }] }`,
  );
const route = (kind: string, reference: string) =>
  object(
    'gateway.networking.k8s.io/v1',
    kind,
    'web',
    'default',
    `spec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }, { backendRefs: [{ name: web, port: 80 }, ${reference}] }] }`,
  );
const traefik = (reference: string, group = 'traefik.io', kind = 'IngressRoute') =>
  object(
    `${group}/v1alpha1`,
    kind,
    'web',
    'default',
    `spec: { routes: [{ match: a, services: [${reference}] }] }`,
  );

describe('a port of a Service that an Ingress names', () => {
  it('is missing, and the finding names those that exist', () => {
    const ports = '{ ports: [{ name: http, port: 80, targetPort: 3000 }, { port: 8443 }] }';
    expect(found(CODE, folder(service(ports), ingress('{ number: 3001 }')))).toMatchObject([
      {
        severity: 'warning',
        message:
          'there is no port 3001 in Service "default/web", so the requests that this Ingress sends there fail',
        hint: 'use a port that the Service has: 80 (http), 8443',
        field: 'spec.rules[0].http.paths[0].backend.service.port.number',
        object: { kind: 'Ingress', name: 'web' },
      },
    ]);
  });

  it.each([
    ['{ number: 80 }', 0],
    ['{ name: http }', 0],
    ['{ name: https }', 1],
    ['{ name: "80" }', 1],
    ['{ number: 81 }', 1],
    ['{ name: "${port}" }', 0],
    ['{}', 0],
  ])('%s is reported %d times', (port, times) => {
    expect(count(CODE, folder(service(HTTP), ingress(port)))).toBe(times);
  });

  it.each([
    ['', 'info'],
    ['ingressClassName: nginx, ', 'info'],
    ['ingressClassName: traefik-internal, ', 'warning'],
    ['ingressClassName: alb, ', 'warning'],
    ['ingressClassName: my-alb, ', 'info'],
  ])('is an info where the controller may accept the targetPort: %s', (field, severity) => {
    const text = ingress('{ number: 3000 }');
    const message = expect.stringContaining(severity === 'info' ? 'only a targetPort' : 'requests') as string;
    expect(found(CODE, folder(service(HTTP), text.replace('rules:', `${field}rules:`)))).toMatchObject([
      { severity, message },
    ]);
  });

  it('takes the class from the annotation too, and knows that routes name no targetPort', () => {
    const annotated = ingress('{ number: 3000 }').replace(
      'name: web,',
      'name: web, annotations: { kubernetes.io/ingress.class: gce },',
    );
    const found3000 = route('HTTPRoute', '{ name: web, port: 3000 }');
    expect(
      [annotated, found3000].map((text) => found(CODE, folder(service(HTTP), text))[0]?.severity),
    ).toEqual(['warning', 'warning']);
  });

  it('is in an annotation for the load balancers of AWS', () => {
    expect(count(CODE, folder(service(HTTP), ingress('{ name: use-annotation }')))).toBe(0);
  });

  it.each([
    ['ssa: Merge', 0],
    ['ssa: ifnotpresent', 0],
    ['ssa: Ignore', 0],
    ['ssa: Override', 1],
    ['reconcile: disabled', 0],
    ['reconcile: enabled', 1],
  ])('may be set by something else beside the annotation %s', (mark, times) => {
    const text = service(HTTP).replace(
      'name: web,',
      `name: web, annotations: { kustomize.toolkit.fluxcd.io/${mark} },`,
    );
    expect(count(CODE, folder(text, ingress('{ number: 81 }')))).toBe(times);
  });

  it.each([
    ['{ targetRef: { name: web }, service: { port: 81 } }', 'flagger.app', 'default', 0],
    ['{ targetRef: { name: app }, service: { name: web, port: 81 } }', 'flagger.app', 'default', 0],
    ['{ targetRef: { name: web }, service: { name: app, port: 81 } }', 'flagger.app', 'default', 1],
    ['{ targetRef: { name: web }, service: { port: 81 } }', 'flagger.app', 'other', 1],
    ['{ targetRef: { name: web }, service: { port: 81 } }', 'example.com', 'default', 1],
  ])('is set by the Canary %s of %s in %s', (spec, group, namespace, times) => {
    const canary = object(`${group}/v1beta1`, 'Canary', 'x', namespace, `spec: ${spec}`);
    expect(count(CODE, folder(service(HTTP), canary, ingress('{ number: 81 }')))).toBe(times);
  });

  it('is one finding if several paths name it', () => {
    const path = '{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 81 } } } }';
    const rules = `spec: { rules: [{ http: { paths: [${path}, ${path}] } }, { http: { paths: [${path}] } }] }`;
    const text = object('networking.k8s.io/v1', 'Ingress', 'web', 'default', rules);
    expect(count(CODE, folder(service(HTTP), text))).toBe(1);
  });

  it('is compared with every copy of the Service', () => {
    const copy = (port: number) => ({
      'clusters/prod/service.yaml': fluxKustomization('service', './service'),
      'service/service.yaml': service(`{ ports: [{ port: ${port} }, { name: http, port: 80 }] }`),
      ...folder(service(HTTP), ingress('{ number: 81 }')),
    });
    expect(found(CODE, copy(82))).toMatchObject([{ hint: 'use a port that the Service has: 80 (http), 82' }]);
    expect(count(CODE, copy(81))).toBe(0);
  });

  it('may be that of the default backend', () => {
    const spec = 'spec: { defaultBackend: { service: { name: web, port: { number: 81 } } } }';
    const text = object('networking.k8s.io/v1', 'Ingress', 'web', 'default', spec);
    expect(found(CODE, folder(service(HTTP), text))).toMatchObject([
      { field: 'spec.defaultBackend.service.port.number' },
    ]);
  });

  it.each([
    ['a Service of another namespace', service(HTTP, 'other')],
    ['no Service', ''],
    ['a name of DNS', service('{ type: ExternalName, externalName: a.example.com, ports: [{ port: 80 }] }')],
    ['a Service without ports', service('{ clusterIP: None }')],
    ['a port that is a variable', service('{ ports: [{ port: 80 }, { port: "${PORT}" }] }')],
  ])('is not judged for %s', (_name, text) => {
    expect(count(CODE, folder(text, ingress('{ number: 81 }')))).toBe(0);
  });

  it('is the name of a port if it is a text', () => {
    expect(found(CODE, folder(service(HTTP), ingress('{ name: "80" }')))).toMatchObject([
      { hint: 'write "number: 80" instead of "name", which is for the names of ports' },
    ]);
    expect(found(CODE, folder(service(HTTP), ingress('{ name: "81" }')))).toMatchObject([
      { hint: 'use a port that the Service has: 80 (http)' },
    ]);
    const spec = 'spec: { routes: [{ services: [{ name: web, port: "80" }] }] }';
    const route = object('traefik.io/v1alpha1', 'IngressRoute', 'web', 'default', spec);
    expect(found(CODE, folder(service(HTTP), route))).toMatchObject([
      { hint: 'write 80 without quotes: a text is the name of a port' },
    ]);
  });

  it('is not known where the Kustomization of the Service is suspended', () => {
    const apart = (spec: string[]) => ({
      'clusters/prod/web.yaml':
        fluxKustomization('service', './service', spec) + fluxKustomization('ingress', './ingress'),
      'service/service.yaml': service(HTTP),
      'ingress/ingress.yaml': ingress('{ number: 81 }'),
    });
    expect(count(CODE, apart([]))).toBe(1);
    expect(count(CODE, apart(['suspend: true']))).toBe(0);
  });

  it('is not judged by name where the name of a port is a variable', () => {
    const ports = '{ ports: [{ name: "${NAME}", port: 80 }] }';
    expect(count(CODE, folder(service(ports), ingress('{ name: https }')))).toBe(0);
    expect(count(CODE, folder(service(ports), ingress('{ number: 81 }')))).toBe(1);
  });

  it('is not judged where a build is incomplete', () => {
    const remote = {
      'apps/kustomization.yaml': 'resources: [all.yaml, "https://example.com/more.yaml"]\n',
    };
    expect(count(CODE, { ...folder(service(HTTP), ingress('{ number: 81 }')), ...remote })).toBe(0);
    const apart = {
      ...folder(ingress('{ number: 81 }')),
      'clusters/prod/service.yaml': fluxKustomization('service', './service'),
      'service/kustomization.yaml': 'resources: [service.yaml, "https://example.com/more.yaml"]\n',
      'service/service.yaml': service(HTTP),
    };
    expect(count(CODE, apart)).toBe(0);
    expect(count(CODE, { ...apart, 'service/kustomization.yaml': 'resources: [service.yaml]\n' })).toBe(1);
  });
});

describe('a port of a Service that a route names', () => {
  it.each([
    ['HTTPRoute', '{ name: web, port: 81 }', 1],
    ['GRPCRoute', '{ name: web, port: 81 }', 1],
    ['HTTPRoute', '{ name: web, port: 80 }', 0],
    ['HTTPRoute', '{ name: web }', 0],
    ['HTTPRoute', '{ name: web, port: 81, kind: Service, group: "" }', 1],
    ['HTTPRoute', '{ name: web, port: 81, kind: ServiceImport, group: multicluster.x-k8s.io }', 0],
    ['HTTPRoute', '{ name: web, port: 81, namespace: other }', 0],
    ['Gateway', '{ name: web, port: 81 }', 0],
  ])('of a %s: %s is reported %d times', (kind, reference, times) => {
    const findings = found(CODE, folder(service(HTTP), route(kind, reference)));
    expect(findings.map(({ field }) => field)).toEqual(
      Array<string>(times).fill('spec.rules[1].backendRefs[1].port'),
    );
  });

  it.each([
    ['{ name: web, port: 81 }', 1],
    ['{ name: web, port: https }', 1],
    ['{ name: web, port: http }', 0],
    ['{ name: web, port: 80 }', 0],
    ['{ name: web, kind: TraefikService }', 0],
    ['{ name: web, kind: TraefikService, port: 81 }', 0],
  ])('of Traefik: %s is reported %d times', (reference, times) => {
    expect(count(CODE, folder(service(HTTP), traefik(reference)))).toBe(times);
    expect(count(CODE, folder(service(HTTP), traefik(reference, 'traefik.containo.us')))).toBe(times);
    expect(count(CODE, folder(service(HTTP), traefik(reference, 'example.com')))).toBe(0);
    for (const kind of ['IngressRouteTCP', 'IngressRouteUDP'])
      expect(count(CODE, folder(service(HTTP), traefik(reference, 'traefik.io', kind)))).toBe(times);
    expect(count(CODE, folder(service(HTTP), traefik(reference, 'traefik.io', 'Middleware')))).toBe(0);
  });
});
