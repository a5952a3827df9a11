import { claimOf, claimsOf, itClassifies, manifest, type Case } from '../cases';

const deployment = manifest('apps/v1', 'Deployment');
const set = manifest('apps/v1', 'StatefulSet');
const job = manifest('batch/v1', 'Job');
const claim = manifest('v1', 'PersistentVolumeClaim');
const volume = manifest('v1', 'PersistentVolume');
const service = manifest('v1', 'Service');
const config = manifest('v1', 'ConfigMap');
const secret = manifest('v1', 'Secret');
const pod = manifest('v1', 'Pod');
const binding = manifest('rbac.authorization.k8s.io/v1', 'RoleBinding');
const storage = manifest('storage.k8s.io/v1', 'StorageClass');
const crd = manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
const of = (make: (rest: string) => string, what: string, before: string, after: string): Case => [
  what,
  make(before),
  make(after),
];
const inSpec = (make: (rest: string) => string, what: string, before: string, after: string): Case =>
  of(make, what, `spec: { ${before} }`, `spec: { ${after} }`);
const selector = (app: string) => `selector: { matchLabels: { app: ${app} } }`;

const IMMUTABLE: readonly Case[] = [
  inSpec(deployment, 'the selector of a Deployment', selector('a'), selector('b')),
  inSpec(manifest('apps/v1', 'DaemonSet'), 'the selector of a DaemonSet', selector('a'), selector('b')),
  inSpec(set, 'the serviceName of a StatefulSet', 'serviceName: a', 'serviceName: b'),
  inSpec(
    set,
    'the size of a volumeClaimTemplate',
    'volumeClaimTemplates: [{ metadata: { name: d }, spec: { resources: { requests: { storage: 1Gi } } } }]',
    'volumeClaimTemplates: [{ metadata: { name: d }, spec: { resources: { requests: { storage: 2Gi } } } }]',
  ),
  inSpec(
    set,
    'a podManagementPolicy that is not the default',
    'replicas: 1',
    'podManagementPolicy: Parallel',
  ),
  inSpec(
    job,
    'the template of a Job',
    'template: { spec: { containers: [{ name: a, image: "a:1" }] } }',
    'template: { spec: { containers: [{ name: a, image: "a:2" }] } }',
  ),
  inSpec(
    job,
    'the image in a suspended Job',
    'suspend: true, template: { spec: { containers: [{ name: a, image: "a:1" }] } }',
    'suspend: true, template: { spec: { containers: [{ name: a, image: "a:2" }] } }',
  ),
  inSpec(job, 'the completions of a Job', 'completions: 2', 'completions: 3'),
  inSpec(job, 'the completionMode of a Job', 'completions: 1', 'completions: 1, completionMode: Indexed'),
  inSpec(
    claim,
    'a storage class where the claim got the default one',
    'accessModes: []',
    'accessModes: [], storageClassName: a',
  ),
  inSpec(
    claim,
    'the access modes of a claim',
    'accessModes: [ReadWriteOnce]',
    'accessModes: [ReadWriteMany]',
  ),
  inSpec(claim, 'the storage class of a claim', 'storageClassName: a', 'storageClassName: b'),
  inSpec(claim, 'a storage class that goes', 'storageClassName: a', 'accessModes: []'),
  inSpec(
    claim,
    'a claim that shrinks',
    'resources: { requests: { storage: 1Gi } }',
    'resources: { requests: { storage: 1023Mi } }',
  ),
  inSpec(claim, 'the volume of a claim', 'volumeName: a', 'volumeName: b'),
  inSpec(volume, 'the source of a volume', 'nfs: { path: /a }', 'nfs: { path: /b }'),
  inSpec(volume, 'another kind of volume', 'nfs: { path: /a }', 'hostPath: { path: /a }'),
  inSpec(volume, 'the nodes of a volume', 'nodeAffinity: { required: 1 }', 'nodeAffinity: { required: 2 }'),
  of(
    binding,
    'the role of a binding',
    'roleRef: { kind: Role, name: a }',
    'roleRef: { kind: Role, name: b }',
  ),
  inSpec(service, 'the address of a Service', 'clusterIP: 10.0.0.1', 'clusterIP: 10.0.0.2'),
  inSpec(service, 'a Service that becomes headless', 'type: ClusterIP', 'clusterIP: None'),
  inSpec(service, 'a Service that gets an address', 'clusterIPs: [None]', 'clusterIPs: [10.0.0.1]'),
  inSpec(
    service,
    'the class of a load balancer',
    'type: LoadBalancer, loadBalancerClass: a.b/c',
    'type: LoadBalancer, loadBalancerClass: a.b/d',
  ),
  of(storage, 'the provisioner of a StorageClass', 'provisioner: a', 'provisioner: b'),
  of(storage, 'a parameter of a StorageClass', 'parameters: { a: b }', 'parameters: { a: b, c: d }'),
  of(
    storage,
    'the reclaim policy of a StorageClass',
    'provisioner: a',
    'provisioner: a\nreclaimPolicy: Retain',
  ),
  of(config, 'an immutable ConfigMap', 'immutable: true\ndata: { a: b }', 'immutable: true\ndata: { a: c }'),
  of(config, 'a ConfigMap that is no longer immutable', 'immutable: true', 'data: {}'),
  of(secret, 'the type of a Secret', 'type: Opaque', 'type: kubernetes.io/tls'),
  of(
    secret,
    'an immutable Secret',
    'immutable: true\ndata: { a: YQ== }',
    'immutable: true\ndata: { a: Yg== }',
  ),
  of(
    manifest('scheduling.k8s.io/v1', 'PriorityClass'),
    'the value of a PriorityClass',
    'value: 1',
    'value: 2',
  ),
  inSpec(
    manifest('networking.k8s.io/v1', 'IngressClass'),
    'a controller',
    'controller: a/b',
    'controller: a/c',
  ),
  inSpec(
    crd,
    'the version of a CRD in which its objects are stored',
    'versions: [{ name: v1, storage: true }]',
    'versions: [{ name: v2, storage: true }]',
  ),
  inSpec(crd, 'the scope of a CRD', 'scope: Namespaced', 'scope: Cluster'),
  inSpec(crd, 'the names of a CRD', 'names: { kind: A }', 'names: { kind: B }'),
  inSpec(
    pod,
    'the command of a Pod',
    'containers: [{ name: a, command: [a] }]',
    'containers: [{ name: a, command: [b] }]',
  ),
];

const MUTABLE: readonly Case[] = [
  inSpec(
    deployment,
    'the replicas of a Deployment',
    `replicas: 1, ${selector('a')}`,
    `replicas: 2, ${selector('a')}`,
  ),
  inSpec(
    deployment,
    'the labels of the pods alone',
    'template: { metadata: { labels: { a: b } } }',
    'template: { metadata: { labels: { a: c } } }',
  ),
  inSpec(
    set,
    'the replicas and template of a StatefulSet',
    'replicas: 1',
    'replicas: 2, minReadySeconds: 1, template: {}',
  ),
  inSpec(set, 'a default in words', 'replicas: 1', 'replicas: 2, podManagementPolicy: OrderedReady'),
  inSpec(job, 'how long a Job may take', 'activeDeadlineSeconds: 1', 'activeDeadlineSeconds: 2'),
  inSpec(
    job,
    'the default number of completions',
    'parallelism: 1',
    'parallelism: 1, completions: 1, suspend: true',
  ),
  inSpec(
    job,
    'an indexed Job that grows',
    'completionMode: Indexed, completions: 1',
    'completionMode: Indexed, completions: 2',
  ),
  inSpec(
    job,
    'where a suspended Job runs',
    'suspend: true, template: { spec: { nodeSelector: { a: b } } }',
    'suspend: false, template: { spec: { nodeSelector: { a: c } } }',
  ),
  inSpec(
    claim,
    'a claim that grows',
    'resources: { requests: { storage: 1Gi } }',
    'resources: { requests: { storage: 1025Mi } }',
  ),
  inSpec(
    volume,
    'what becomes of a volume',
    'persistentVolumeReclaimPolicy: Retain',
    'persistentVolumeReclaimPolicy: Delete',
  ),
  inSpec(volume, 'nodes where none were named', 'capacity: {}', 'capacity: {}, nodeAffinity: {}'),
  of(binding, 'the subjects of a binding', 'subjects: []', 'subjects: [{ kind: User, name: a }]'),
  of(
    binding,
    'the default group of a role',
    'roleRef: { kind: Role, name: a }',
    'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }',
  ),
  inSpec(service, 'an address that is left to the cluster', 'clusterIP: 10.0.0.1', 'type: ClusterIP'),
  inSpec(service, 'the address that a Service may have', 'type: ClusterIP', 'clusterIP: 10.0.0.1'),
  inSpec(
    service,
    'a Service that becomes a name',
    'clusterIP: 10.0.0.1',
    'type: ExternalName, clusterIP: 10.0.0.2',
  ),
  inSpec(
    service,
    'a class where there was no load balancer',
    'loadBalancerClass: a',
    'type: LoadBalancer, loadBalancerClass: b',
  ),
  of(storage, 'whether volumes may grow', 'allowVolumeExpansion: false', 'allowVolumeExpansion: true'),
  of(storage, 'a default reclaim policy in words', 'provisioner: a', 'provisioner: a\nreclaimPolicy: Delete'),
  of(config, 'a ConfigMap that becomes immutable', 'data: { a: b }', 'immutable: true\ndata: { a: c }'),
  of(secret, 'the default type in words', 'data: { a: YQ== }', 'type: Opaque\ndata: { a: YQ== }'),
  inSpec(
    pod,
    'the image of a Pod',
    'containers: [{ name: a, image: "a:1" }]',
    'containers: [{ name: a, image: "a:2" }]',
  ),
  inSpec(crd, 'the versions of a CRD', 'versions: [{ name: v1 }]', 'versions: [{ name: v1 }, { name: v2 }]'),
  inSpec(
    manifest('example.com/v1', 'Deployment'),
    'another kind of the same name',
    selector('a'),
    selector('b'),
  ),
];

describe('immutable fields', () => {
  itClassifies('refused', { belong: IMMUTABLE, others: MUTABLE });

  it('are named, and nothing else is reported about the object', () => {
    const before = `spec: { replicas: 1, ${selector('a')} }`;
    const [first, ...others] = claimsOf([
      '',
      deployment(before),
      deployment(`spec: { replicas: 2, ${selector('b')} }`),
    ]);
    expect(others).toEqual([]);
    expect(first?.message).toContain('spec.selector.matchLabels.app');
    expect(first?.fields.map(({ path }) => path)).toEqual(['spec.replicas', 'spec.selector.matchLabels.app']);
  });

  const force = 'annotations: { kustomize.toolkit.fluxcd.io/force: enabled }';
  it.each<Case>([
    [
      'the Kustomization forces',
      deployment(`spec: { ${selector('a')} }`),
      deployment(`spec: { ${selector('b')} }`),
      { force: true },
    ],
    [
      'an annotation forces',
      deployment(`spec: { ${selector('a')} }`),
      deployment(`spec: { ${selector('b')} }`, force),
    ],
    [
      'the annotation in the cluster forces',
      deployment(`spec: { ${selector('a')} }`, force),
      deployment(`spec: { ${selector('b')} }`),
    ],
    [
      'a label forces',
      deployment(`spec: { ${selector('a')} }`),
      deployment(`spec: { ${selector('b')} }`, force.replace('annotations', 'labels')),
    ],
    [
      'an annotation in capital letters forces',
      deployment(`spec: { ${selector('a')} }`),
      deployment(`spec: { ${selector('b')} }`, force.replace('enabled', 'Enabled')),
    ],
    [
      'an annotation of all objects forces',
      deployment(`spec: { ${selector('a')} }`),
      deployment(`spec: { ${selector('b')} }`),
      { commonMetadata: { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } } },
    ],
  ])('recreate the object if %s', (...given) => {
    const change = given as unknown as Case;
    expect(claimsOf(change).map((found) => found.class)).toEqual(['recreated']);
    expect(claimOf('recreated', change)?.message).toContain('spec.selector');
  });

  it.each(['on', 'true', 'disabled'])('do not recreate it if the annotation is %s', (value) => {
    const after = deployment(`spec: { ${selector('b')} }`, force.replace('enabled', `"${value}"`));
    expect(claimOf('refused', ['', deployment(`spec: { ${selector('a')} }`), after])).toBeDefined();
  });
});
