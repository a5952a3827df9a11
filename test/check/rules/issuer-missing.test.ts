import { checkTree } from '../../../lib/check/check-tree';
import { fluxKustomization, treeOf } from '../../graph/tree-of';
import { count, foreign, found, line, lines, object, release, type Files } from '../small-repositories';
import { repository } from './crd-repositories';

const CODE = 'issuer-missing';
const clusterIssuer = (name: string) => object('cert-manager.io/v1', 'ClusterIssuer', name);
const certificate = (issuerRef: string, namespace = 'default') =>
  object(
    'cert-manager.io/v1',
    'Certificate',
    'c',
    namespace,
    `spec: { secretName: c, issuerRef: ${issuerRef} }`,
  );
const WITH_TLS =
  '{ tls: [{ hosts: [a.example.com], secretName: a }], listeners: [{ hostname: a.example.com, tls: { certificateRefs: [{ name: a }] } }] }';
const annotated = (kind: string, annotations: string, spec = WITH_TLS) =>
  object('networking.k8s.io/v1', kind, 'web', 'default', `spec: ${spec}`).replace(
    '}',
    `, annotations: ${annotations} }`,
  );
const PROD = clusterIssuer('letsencrypt-prod');
const MISSING = '{ name: letsencrypt-production, kind: ClusterIssuer }';
const told = (applied: string, more: Files = {}) =>
  lines(CODE, { ...repository({ web: [PROD + applied] }), ...more });

it('names the issuer, and one with a similar name', () => {
  expect(told(certificate('{ name: letsencrypt-prd, kind: ClusterIssuer }'))).toEqual([
    line(
      'warning at web/all.yaml:9 (Certificate c spec.issuerRef.name)',
      'refers to ClusterIssuer "letsencrypt-prd", which nothing in the cluster applies, so cert-manager never creates the certificate',
      '=> add it, or correct the name (did you mean "letsencrypt-prod"?)',
    ),
  ]);
});

it.each([
  ['a ClusterIssuer', '{ name: letsencrypt-prod, kind: ClusterIssuer }', 0],
  ['an Issuer, which is the default', '{ name: letsencrypt-prod }', 1],
  ['an Issuer', '{ name: own }', 0],
  ['a kind of another group', '{ name: x, kind: ClusterIssuer, group: awspca.cert-manager.io }', 0],
  ['another kind', '{ name: x, kind: OriginIssuer }', 0],
  ['a variable', '{ name: "${ISSUER}", kind: ClusterIssuer }', 0],
  ['no name', '{ kind: ClusterIssuer }', 0],
])('knows %s', (_, issuerRef, expected) => {
  const own = object('cert-manager.io/v1', 'Issuer', 'own', 'default');
  expect(told(own + certificate(issuerRef))).toHaveLength(expected);
});

it('says what else has the name', () => {
  expect(told(certificate('{ name: letsencrypt-prod }'))).toEqual([
    line('=> there is ClusterIssuer "letsencrypt-prod": correct the kind'),
  ]);
  const away = object('cert-manager.io/v1', 'Issuer', 'own', 'default');
  expect(told(away + certificate('{ name: own }', 'kube-system'))).toEqual([
    line('refers to Issuer "kube-system/own"', '=> there is Issuer "default/own": correct the namespace'),
  ]);
});

it.each([
  ['Ingress', '{ cert-manager.io/cluster-issuer: x }', 1],
  ['Ingress', '{ cert-manager.io/cluster-issuer: letsencrypt-prod }', 0],
  ['Ingress', '{ cert-manager.io/issuer: letsencrypt-prod }', 1],
  ['Ingress', '{ cert-manager.io/issuer: x, cert-manager.io/issuer-kind: OriginIssuer }', 0],
  ['Ingress', '{ cert-manager.io/issuer: x, cert-manager.io/issuer-group: acme.io }', 0],
  ['Ingress', '{ other: x }', 0],
  ['Gateway', '{ cert-manager.io/cluster-issuer: x }', 1],
  ['NetworkPolicy', '{ cert-manager.io/cluster-issuer: x }', 0],
])('reads the annotations of an %s: %s', (kind, annotations, expected) => {
  expect(told(annotated(kind, annotations))).toHaveLength(expected);
});

it.each([
  ['Ingress', '{ rules: [] }'],
  ['Ingress', '{ tls: [] }'],
  ['Ingress', '{ tls: [{ hosts: [a.example.com] }, { secretName: a }] }'],
  ['Gateway', '{ listeners: [{ hostname: a.example.com }, { hostname: a.example.com, tls: {} }] }'],
  ['Gateway', '{ listeners: [{ tls: { certificateRefs: [{ name: a }] } }] }'],
])('ignores an %s without TLS, for which there is no certificate: %s', (kind, spec) => {
  expect(told(annotated(kind, '{ cert-manager.io/cluster-issuer: x }', spec))).toEqual([]);
});

it('reads nothing but certificates in their group', () => {
  expect(told(certificate(MISSING).replace('Certificate', 'CertificateRequest'))).toEqual([]);
  expect(told(certificate(MISSING).replace('cert-manager.io/v1', 'acme.io/v1'))).toEqual([]);
});

const chart = (name: string, values: string, more: readonly string[] = []) =>
  release('r', 'default', name, `  values: ${values}`, ...more);

it.each<[string, Files]>([
  ['the cluster has no issuer', repository({ web: [certificate(MISSING)] })],
  ['it is suspended', repository({ web: [PROD + certificate(MISSING), 'suspend: true'] })],
  [
    'the build is not known in full',
    {
      ...repository({ web: [PROD + certificate(MISSING)] }),
      'web/kustomization.yaml': 'resources: [all.yaml, "https://example.com/all.yaml"]\n',
    },
  ],
  [
    'a page tells to create it',
    {
      ...repository({ web: [PROD + certificate(MISSING)] }),
      'README.md': 'Create the ClusterIssuer letsencrypt-production.\n',
    },
  ],
  [
    'Terraform creates it with a variable in its name',
    {
      ...repository({ web: [PROD + certificate(MISSING)] }),
      'main.tf': 'kind: ClusterIssuer\nname: letsencrypt-${each.key}\n',
    },
  ],
  [
    'a policy creates it',
    repository({
      web: [
        PROD +
          certificate(MISSING) +
          object('kyverno.io/v1', 'ClusterPolicy', 'p') +
          'spec: { rules: [{ generate: { kind: ClusterIssuer, name: letsencrypt-production } }] }\n',
      ],
    }),
  ],
  [
    'a chart of this repository has issuers',
    {
      ...repository({
        web: [
          PROD +
            certificate(MISSING) +
            chart('./charts/ca', '{}').replace(
              /kind: HelmRepository.*$/m,
              'kind: GitRepository, name: flux-system, namespace: flux-system } } }',
            ),
        ],
      }),
      'charts/ca/Chart.yaml': 'name: ca\nversion: 1.0.0\n',
      'charts/ca/templates/ca.yaml': 'kind: ClusterIssuer\nmetadata: { name: {{ .Values.name }} }\n',
    },
  ],
  ...[
    chart('webhook', '{ issuers: [{ name: letsencrypt-production }] }'),
    chart('raw', '{ resources: [{ kind: ClusterIssuer, metadata: { name: letsencrypt-production } }] }'),
    chart('raw', '{ text: "kind: ClusterIssuer, name: letsencrypt-production" }'),
    chart('cluster-issuers', '{}'),
    chart('cert-manager', '{}', ['  valuesFrom: [{ kind: ConfigMap, name: v, optional: true }]']),
    chart('own', '{ issuer: true }').replace('HelmRepository', 'GitRepository'),
    chart('acme-platform', '{}'),
    chart('app', '{}').replace('name: r', 'name: letsencrypt-production'),
    chart('app', '{}').replace('name: r', 'name: letsencrypt'),
  ].map((made): [string, Files] => [
    'a chart may create it',
    repository({ web: [PROD + certificate(MISSING) + made] }),
  ]),
])('reports nothing if %s', (_, files) => {
  expect(count(CODE, files)).toBe(0);
});

it.each([
  [
    'a name in other values',
    chart('app', '{ annotations: { cert-manager.io/cluster-issuer: letsencrypt-production } }'),
  ],
  ['another name', chart('webhook', '{ issuers: [{ name: other }] }')],
  ['a release with a part of a word', chart('app', '{}').replace('name: r', 'name: lets')],
  [
    'values of another chart from elsewhere',
    chart('app', '{}', ['  valuesFrom: [{ kind: ConfigMap, name: v, optional: true }]']),
  ],
])('reports it despite %s', (_, more) => {
  expect(told(certificate(MISSING) + more)).toHaveLength(1);
});

it('is an info if another repository may bring it', () => {
  expect(told(certificate(MISSING), { 'clusters/prod/other.yaml': foreign('other') })).toEqual([
    line(
      'info',
      'which nothing in this repository applies; Kustomization "flux-system/other" applies another',
    ),
  ]);
});

it('is an info if a file has it that no Kustomization builds', () => {
  const by = (text: string) =>
    found(CODE, {
      ...repository({ web: [PROD + certificate(MISSING)] }),
      'manual/issuer.yaml': text,
    });
  expect(by(clusterIssuer('letsencrypt-production'))).toMatchObject([{ severity: 'info' }]);
  const others = [
    object('cert-manager.io/v1', 'Issuer', 'letsencrypt-production', 'a'),
    clusterIssuer('letsencrypt-production2'),
  ];
  for (const other of others) expect(by(other)).toMatchObject([{ severity: 'warning' }]);
});

it('is an info if the path from which Flux starts is guessed', () => {
  const files = {
    'clusters/prod/web.yaml': fluxKustomization('web', './web'),
    'web/all.yaml': PROD + certificate(MISSING),
  };
  const { findings } = checkTree(treeOf(files));
  expect(findings.filter(({ code }) => code === CODE)).toMatchObject([{ severity: 'info' }]);
});
