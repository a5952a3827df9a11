import { validateObject } from '../../lib/schema/validate-object';

const problems = (
  spec: unknown,
  metadata: object = {},
  apiVersion = 'networking.k8s.io/v1',
  kind = 'Ingress',
) =>
  validateObject(
    { apiVersion, kind, metadata: { name: 'a', ...metadata }, spec },
    { substitutions: true },
  ).map(({ code, field, message }) => `${code} ${field}: ${message}`);

const service = { name: 'web', port: { number: 80 } };
const item = (more: object = {}) => ({ path: '/', pathType: 'Prefix', backend: { service }, ...more });
const routes = (...paths: object[]) => ({ rules: [{ host: 'shop.example.com', http: { paths } }] });
const backend = (value: unknown) => routes(item({ backend: value }));
const host = (value: string) => ({ rules: [{ host: value, http: { paths: [item()] } }] });
const resource = { kind: 'Bucket', name: 'b', apiGroup: 'example.com' };

describe('an Ingress', () => {
  it.each<[string, unknown]>([
    ['rules', routes(item())],
    ['only a default backend', { defaultBackend: { service } }],
    ['a rule without paths', { rules: [{ host: 'shop.example.com' }] }],
    ['a resource', backend({ resource })],
    ['a named port', backend({ service: { name: 'web', port: { name: 'http' } } })],
    ['a name that is empty', backend({ service: { name: 'web', port: { name: '', number: 80 } } })],
    ['a port that a variable sets', backend({ service: { name: 'web', port: { number: '${PORT}' } } })],
    ['a path that a controller reads', routes(item({ path: '/a//b', pathType: 'ImplementationSpecific' }))],
    [
      'no path that a controller reads',
      routes(item({ path: undefined, pathType: 'ImplementationSpecific' })),
    ],
    ['an empty one', routes(item({ path: '', pathType: 'ImplementationSpecific' }))],
    ['a path that a variable sets', routes(item({ path: '${BASE}' }))],
    ['hidden folders', routes(item({ path: '/.well-known/..a/b.' }))],
    ['all hosts', host('')],
    ['a part of the hosts', host('*.example.com')],
    ['a host that a variable sets', host('${HOST}.example.com')],
    ['an address in tls', { ...routes(item()), tls: [{ hosts: ['10.0.0.1', '*.example.com', '${HOST}'] }] }],
  ])('may have %s', (_, spec) => {
    expect(problems(spec)).toEqual([]);
  });

  const refused = (field: string, problem: string) =>
    `schema-rule ${field}: the API server refuses an Ingress ${problem}`;
  const path = 'spec.rules[0].http.paths[0]';
  it.each<[string, unknown, string]>([
    ['nothing', {}, refused('spec', 'without rules and without defaultBackend')],
    [
      'only a class',
      { ingressClassName: 'nginx' },
      refused('spec', 'without rules and without defaultBackend'),
    ],
    ['no rules', { rules: [] }, refused('spec', 'without rules and without defaultBackend')],
    [
      'a rule with no paths',
      routes(),
      refused('spec.rules[0].http.paths', 'if one of its rules has no paths'),
    ],
    [
      'an empty backend',
      backend({}),
      refused(`${path}.backend`, 'with a backend that has neither service nor resource'),
    ],
    [
      'an empty default backend',
      { defaultBackend: {} },
      refused('spec.defaultBackend', 'with a backend that has neither service nor resource'),
    ],
    [
      'both backends',
      backend({ service, resource }),
      refused(`${path}.backend`, 'with a backend that has both service and resource'),
    ],
    [
      'no port',
      backend({ service: { name: 'web' } }),
      refused(`${path}.backend.service.port`, 'if a backend has no port'),
    ],
    [
      'the port 0',
      backend({ service: { name: 'web', port: { number: 0 } } }),
      refused(`${path}.backend.service.port`, 'if a backend has no port'),
    ],
    [
      'a port with two names',
      backend({ service: { name: 'web', port: { name: 'http', number: 80 } } }),
      refused(`${path}.backend.service.port`, 'if a backend has the name and the number of a port'),
    ],
    [
      'a relative path',
      routes(item({ path: 'shop' })),
      `name-invalid ${path}.path: the path is not valid: begin it with "/"`,
    ],
    [
      'no path',
      routes(item({ path: undefined })),
      `name-invalid ${path}.path: the path is not valid: begin it with "/"`,
    ],
    [
      'a relative path that a controller reads',
      routes(item({ path: '(.*)', pathType: 'ImplementationSpecific' })),
      `name-invalid ${path}.path: the path is not valid: begin it with "/"`,
    ],
    [
      'an empty part of a path',
      routes(item({ path: '/a//b', pathType: 'Exact' })),
      `name-invalid ${path}.path: the path is not valid: it contains "//"`,
    ],
    [
      'a step up',
      routes(item({ path: '/a/..' })),
      `name-invalid ${path}.path: the path is not valid: it contains "/.."`,
    ],
    [
      'an address',
      host('10.0.0.1'),
      'name-invalid spec.rules[0].host: the host is not valid: it is an IP address, not a name',
    ],
    [
      'a URL',
      host('https://example.com'),
      'name-invalid spec.rules[0].host: the host is not valid: use lower-case letters, digits, "-" and ".", and start and end each part with a letter or digit',
    ],
    [
      'a star alone',
      host('*'),
      'name-invalid spec.rules[0].host: the host is not valid: an asterisk may only be the first part, as in "*.example.com"; without a host, a rule is for all',
    ],
    [
      'a wrong name in tls',
      { ...routes(item()), tls: [{ hosts: ['shop.example.com', 'Shop.example.com'] }] },
      'name-invalid spec.tls[0].hosts[1]: the host is not valid: use lower-case letters, digits, "-" and ".", and start and end each part with a letter or digit',
    ],
  ])('is refused with %s', (_, spec, problem) => {
    expect(problems(spec)).toEqual([problem]);
  });

  it('may be in the cluster already if Flux merges into it', () => {
    const annotations = { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' };
    expect(problems({ ingressClassName: 'nginx' }, { annotations })).toEqual([]);
  });

  it('is not looked at where something else is wrong', () => {
    expect(problems(undefined)).toEqual([]);
    expect(problems({ rules: {} })).toEqual([expect.stringContaining('schema-type spec.rules:')]);
    expect(problems(backend({ service: 'web' }))).toEqual([expect.stringContaining('schema-type')]);
    expect(problems(routes(item({ pathType: 'prefix', path: 'a' })))).toEqual([
      expect.stringContaining('schema-enum'),
    ]);
  });

  it('is not looked at where a variable stays that nothing replaces', () => {
    const object = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a' } };
    expect(validateObject({ ...object, spec: host('${HOST}') })).toEqual([]);
    expect(validateObject({ ...object, spec: routes(item({ path: '${BASE}' })) })).toEqual([]);
  });

  it('has the same class in the annotation as in the field', () => {
    const classes = (annotation: unknown, ingressClassName?: string) =>
      problems(
        { ...routes(item()), ...(ingressClassName !== undefined && { ingressClassName }) },
        { annotations: { 'kubernetes.io/ingress.class': annotation } },
      );
    expect(classes('traefik', 'nginx')).toEqual([
      'schema-rule metadata.annotations["kubernetes.io/ingress.class"]: the API server refuses a new Ingress with the class "traefik" in an annotation and "nginx" in ingressClassName',
    ]);
    expect([classes('nginx', 'nginx'), classes('traefik'), classes('${CLASS}', 'nginx')].flat()).toEqual([]);
    expect(classes('traefik', '${CLASS}')).toEqual([]);
  });

  it.each(['*', 'a.*.example.com', '*a.example.com', '**.example.com'])(
    'says where %s may have an asterisk',
    (name) => {
      expect(problems(host(name))).toEqual([
        expect.stringContaining('an asterisk may only be the first part'),
      ]);
    },
  );

  it('is that of the known version and group', () => {
    const unlike = (apiVersion: string, kind: string) =>
      problems({ rules: [] }, {}, apiVersion, kind).filter((line) => line.startsWith('schema-rule'));
    expect(unlike('networking.k8s.io/v1beta1', 'Ingress')).toEqual([]);
    expect(unlike('networking.k8s.io/v1', 'IngressClass')).toEqual([]);
    expect(unlike('config.openshift.io/v1', 'Ingress')).toEqual([]);
  });
});
