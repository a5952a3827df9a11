import type { PlainMap } from '../../../lib/plain/plain-data';
import type { Dice } from './dice';

/** An object of a random tree. */
export interface RandomObject extends PlainMap {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const rbac = 'rbac.authorization.k8s.io';

/** An object of a random kind, with one of several names. */
export function randomObject(dice: Dice, names: readonly string[]): RandomObject {
  const name = () => dice.pick(names);
  const [apiVersion, kind, body] = dice.pick(dice.chance(0.45) ? common : kinds);
  const metadata = {
    name: name(),
    ...dice.some({ namespace: dice.pick(['x', 'default']), labels: { app: name(), tier: 't' } }),
    ...dice.some({ annotations: dice.pick<PlainMap>([{}, { note: 'n' }, { note: 'n', 'a.b/c': 'd' }]) }),
  };
  return { apiVersion, kind, metadata, ...body(dice, name) };
}

type Body = (dice: Dice, name: () => string) => PlainMap;
type Kind = readonly [apiVersion: string, kind: string, body: Body];

const podSpec: Body = (dice, name) => ({
  containers: [
    {
      name: name(),
      image: dice.pick(['nginx', 'nginx:1', 'reg.io/app:2@sha256:abc', 'app']),
      ...dice.some({
        env: [
          { name: 'A', value: '1' },
          { name: 'B', valueFrom: { configMapKeyRef: { name: name(), key: 'k' } } },
        ],
        ports: [
          { containerPort: 80, protocol: 'TCP' },
          { containerPort: 81, ...dice.some({ protocol: 'UDP' }) },
        ],
        envFrom: [{ secretRef: { name: name() } }],
      }),
    },
    ...(dice.chance(0.3) ? [{ name: 'side', image: 'side:1' }] : []),
  ],
  ...dice.some({
    volumes: [
      { name: 'v', configMap: { name: name() } },
      { name: 'w', secret: { secretName: name() } },
    ],
    serviceAccountName: name(),
    imagePullSecrets: [{ name: name() }],
  }),
});

const template: Body = (dice, name) => ({ metadata: { labels: { app: name() } }, spec: podSpec(dice, name) });

const common: readonly Kind[] = [
  [
    'apps/v1',
    'Deployment',
    (dice, name) => ({
      spec: {
        ...dice.some({ replicas: dice.below(4) }),
        selector: { matchLabels: { app: name() } },
        template: template(dice, name),
      },
    }),
  ],
  [
    'v1',
    'ConfigMap',
    (dice) => ({
      data: {
        k: 'v',
        ...dice.some({
          n: 'a/b/c',
          'c.yaml': 'a: 1\nb:\n  c: x\n  l:\n  - {n: p, v: 1}\n',
          'c.json': '{"a":1,"b":{"c":"x"},"l":["p","q"]}',
        }),
      },
    }),
  ],
  [
    'v1',
    'Service',
    (dice, name) => ({
      spec: {
        selector: { app: name() },
        ports: [
          { port: 80, name: 'http' },
          ...(dice.chance(0.4) ? [{ port: 80, protocol: 'UDP', name: 'u' }] : []),
        ],
      },
    }),
  ],
  ['v1', 'Secret', () => ({ stringData: { k: 'v' } })],
];

const kinds: readonly Kind[] = [
  ...common,
  [
    'apps/v1',
    'StatefulSet',
    (dice, name) => ({
      spec: {
        serviceName: name(),
        selector: { matchLabels: { app: 'a' } },
        template: template(dice, name),
        ...dice.some({
          volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: { storageClassName: name() } }],
        }),
      },
    }),
  ],
  [
    'batch/v1',
    'CronJob',
    (dice, name) => ({ spec: { jobTemplate: { spec: { template: template(dice, name) } } } }),
  ],
  ['batch/v1', 'Job', (dice, name) => ({ spec: { template: template(dice, name) } })],
  [
    'networking.k8s.io/v1',
    'Ingress',
    (_, name) => ({
      spec: {
        tls: [{ secretName: name(), hosts: ['h'] }],
        rules: [{ host: 'h', http: { paths: [{ path: '/', backend: { service: { name: name() } } }] } }],
      },
    }),
  ],
  ['v1', 'ServiceAccount', (dice, name) => dice.some({ imagePullSecrets: [{ name: name() }] })],
  [`${rbac}/v1`, 'Role', (_, name) => ({ rules: [{ resources: ['configmaps'], resourceNames: [name()] }] })],
  [
    `${rbac}/v1`,
    'RoleBinding',
    (dice, name) => ({
      roleRef: { apiGroup: rbac, kind: dice.pick(['Role', 'ClusterRole']), name: name() },
      subjects: [
        { kind: 'ServiceAccount', name: dice.pick([name(), 'default']), ...dice.some({ namespace: 'x' }) },
      ],
    }),
  ],
  [
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    (_, name) => ({ spec: { scaleTargetRef: { kind: 'Deployment', name: name() } } }),
  ],
  ['v1', 'Namespace', () => ({})],
  [
    'example.com/v1',
    'Thing',
    (dice, name) => ({
      spec: { ref: name(), list: [{ name: 'p', v: 1 }], nested: { deep: dice.pick([null, { x: 'y' }]) } },
    }),
  ],
  [
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    (_, name) => ({ spec: { policyName: name() } }),
  ],
  ['policy/v1', 'PodDisruptionBudget', () => ({ spec: { selector: { matchLabels: { app: 'a' } } } })],
];
