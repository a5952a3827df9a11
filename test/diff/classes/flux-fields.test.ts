import { claimOf, claimsOf, itClassifies, manifest, type Case } from '../cases';

const ks = manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
const release = manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
const git = manifest('source.toolkit.fluxcd.io/v1', 'GitRepository');
const oci = manifest('source.toolkit.fluxcd.io/v1', 'OCIRepository');
const helm = manifest('source.toolkit.fluxcd.io/v1', 'HelmRepository');
const config = manifest('v1', 'ConfigMap');
const cron = manifest('batch/v1', 'CronJob');
const other = manifest('example.com/v1', 'Kustomization');
const of = (make: (rest: string) => string, what: string, before: string, after: string): Case => [
  what,
  make(`spec: { ${before} }`),
  make(`spec: { ${after} }`),
];
const mark = (name: string, value: string, section = 'annotations') =>
  `${section}: { kustomize.toolkit.fluxcd.io/${name}: ${value} }`;
const marked = (what: string, before: string, after: string): Case => [
  what,
  config('data: { a: b }', before),
  config('data: { a: b }', after),
];
const spec = (change: Case) => claimsOf(change).flatMap(({ fields }) => fields.map(({ path }) => path));

describe('suspension', () => {
  itClassifies('suspended', {
    belong: [
      of(ks, 'a Kustomization', 'suspend: false', 'suspend: true'),
      of(ks, 'one that said nothing', 'path: a', 'path: a, suspend: true'),
      of(git, 'a source', 'url: a', 'url: a, suspend: true'),
      of(cron, 'a CronJob', 'suspend: false', 'suspend: true'),
      [
        'an object of the operator',
        manifest('fluxcd.controlplane.io/v1', 'ResourceSet')('spec: {}'),
        manifest('fluxcd.controlplane.io/v1', 'ResourceSet')(
          'spec: {}',
          'annotations: { fluxcd.controlplane.io/reconcile: disabled }',
        ),
      ],
      marked('an object that Flux leaves alone from now on', '', mark('reconcile', 'disabled')),
      marked('an object that Flux ignores from now on', '', mark('ssa', 'Ignore', 'labels')),
    ],
    others: [
      of(ks, 'one that is resumed', 'suspend: true', 'suspend: false'),
      of(ks, 'one that is suspended anyway', 'suspend: true, path: a', 'suspend: true, path: b'),
      of(other, 'a kind of another group', 'suspend: false', 'suspend: true'),
      of(manifest('apps/v1', 'Deployment'), 'a kind that cannot be', 'suspend: false', 'suspend: true'),
      marked('an object that Flux only creates', '', mark('ssa', 'IfNotPresent')),
    ],
  });

  itClassifies('resumed', {
    belong: [
      of(ks, 'a Kustomization', 'suspend: true', 'suspend: false'),
      of(release, 'a HelmRelease', 'suspend: true, interval: 1h', 'interval: 1h'),
      of(cron, 'a CronJob', 'suspend: true', 'suspend: false'),
      marked('an object that Flux left alone', mark('reconcile', 'disabled'), ''),
    ],
    others: [
      of(ks, 'one that is suspended', 'suspend: false', 'suspend: true'),
      of(ks, 'false in words', 'path: a', 'suspend: false, path: b'),
    ],
  });

  it('claims the fields that show it', () => {
    expect(spec(of(ks, '', 'suspend: false', 'suspend: true'))).toEqual(['spec.suspend']);
    const before = config('data: { a: b }', 'annotations: { a: b }');
    const after = config(
      'data: { a: b }',
      'annotations: { a: b, kustomize.toolkit.fluxcd.io/reconcile: disabled }',
    );
    expect(claimsOf(['', before, after]).map((claim) => claim.class)).toEqual(['suspended']);
  });

  it('warns about objects that depend on a suspended Kustomization', () => {
    expect(claimOf('suspended', of(ks, '', '', 'suspend: true'))?.hint).toContain('depend on it');
    expect(claimOf('suspended', of(release, '', '', 'suspend: true'))?.hint).toBeUndefined();
  });
});

describe('pruning', () => {
  itClassifies('prune-off', {
    belong: [
      of(ks, 'prune is off', 'prune: true', 'prune: false'),
      of(ks, 'prune is gone', 'prune: true, path: a', 'path: a'),
      of(ks, 'objects outlive the Kustomization', 'prune: true', 'prune: true, deletionPolicy: Orphan'),
      of(ks, 'the default policy without prune', 'prune: false, deletionPolicy: Delete', 'prune: false'),
      marked('an object that stays', '', mark('prune', 'disabled')),
    ],
    others: [
      of(ks, 'prune is on', 'prune: false', 'prune: true'),
      of(ks, 'the default policy in words', 'prune: true', 'prune: true, deletionPolicy: MirrorPrune'),
      of(ks, 'another way to delete', 'prune: true', 'prune: true, deletionPolicy: WaitForTermination'),
      of(
        ks,
        'another way to keep',
        'prune: false, deletionPolicy: Orphan',
        'prune: false, deletionPolicy: MirrorPrune',
      ),
      of(other, 'a kind of another group', 'prune: true', 'prune: false'),
      marked('an object that may go again', mark('prune', 'disabled'), ''),
      marked('another value', '', mark('prune', 'enabled')),
    ],
  });

  it('reports one thing if prune is off and nothing else changed', () => {
    expect(claimsOf(of(ks, '', 'prune: true', 'prune: false'))).toHaveLength(1);
  });
});

describe('waiting', () => {
  itClassifies('wait-changed', {
    belong: [
      of(ks, 'wait is off', 'wait: true', 'wait: false'),
      of(
        ks,
        'another health check',
        'healthChecks: [{ kind: A, name: a }]',
        'healthChecks: [{ kind: A, name: b }]',
      ),
      of(ks, 'another timeout', 'timeout: 1m', 'timeout: 2m'),
      of(
        release,
        'a HelmRelease that does not wait',
        'install: { disableWait: false }',
        'install: { disableWait: true }',
      ),
      of(release, 'the timeout of an upgrade', 'upgrade: { timeout: 1m }', 'upgrade: { timeout: 2m }'),
    ],
    others: [
      of(ks, 'the interval', 'interval: 1m', 'interval: 2m'),
      of(
        release,
        'retries',
        'install: { remediation: { retries: 1 } }',
        'install: { remediation: { retries: 2 } }',
      ),
      of(release, 'an action that is configured', 'interval: 1h', 'interval: 1h, install: { crds: Create }'),
      of(git, 'the timeout of a source', 'timeout: 1m', 'timeout: 2m'),
    ],
  });

  it('reports if nothing is waited for any more', () => {
    expect(claimOf('wait-changed', of(ks, '', 'wait: true', 'wait: false'))?.message).toContain(
      'no longer wait',
    );
    const checks = of(ks, '', 'wait: true', 'wait: false, healthChecks: [{ kind: A, name: a }]');
    expect(claimOf('wait-changed', checks)?.message).toContain('other conditions');
  });
});

describe('order', () => {
  itClassifies('order-changed', {
    belong: [
      of(ks, 'a dependency more', 'dependsOn: [{ name: a }]', 'dependsOn: [{ name: a }, { name: b }]'),
      of(ks, 'the first one', 'path: a', 'path: a, dependsOn: [{ name: b }]'),
      of(release, 'a dependency of a HelmRelease', 'dependsOn: [{ name: a }]', 'dependsOn: [{ name: b }]'),
      of(ks, 'a condition', 'dependsOn: [{ name: a }]', 'dependsOn: [{ name: a, readyExpr: "true" }]'),
    ],
    others: [of(ks, 'the path', 'path: a, dependsOn: [{ name: a }]', 'path: b, dependsOn: [{ name: a }]')],
  });

  it('names the added and removed objects, and ignores another order', () => {
    const change = of(ks, '', 'dependsOn: [{ name: a }]', 'dependsOn: [{ name: b, namespace: x }]');
    expect(claimOf('order-changed', change)?.message).toBe(
      'it now waits for x/b, and no longer waits for apps/a',
    );
    expect(
      claimsOf(of(ks, '', 'dependsOn: [{ name: a }, { name: b }]', 'dependsOn: [{ name: b }, { name: a }]')),
    ).toEqual([]);
    const condition = of(ks, '', 'dependsOn: [{ name: a }]', 'dependsOn: [{ name: a, readyExpr: "true" }]');
    expect(claimOf('order-changed', condition)?.message).toContain('other conditions');
  });
});

describe('decryption', () => {
  itClassifies('decryption-off', {
    belong: [
      of(ks, 'a Kustomization', 'decryption: { provider: sops }, path: a', 'path: a'),
      marked('one object', '', mark('decrypt', 'Disabled')),
    ],
    others: [
      of(
        ks,
        'another key',
        'decryption: { provider: sops, secretRef: { name: a } }',
        'decryption: { provider: sops, secretRef: { name: b } }',
      ),
      of(ks, 'decryption is on', 'path: a', 'path: a, decryption: { provider: sops }'),
      marked('decryption of an object is on', mark('decrypt', 'disabled'), ''),
    ],
  });
});

describe('sources', () => {
  itClassifies('source-changed', {
    belong: [
      of(ks, 'the path', 'path: a', 'path: b'),
      of(
        ks,
        'another source',
        'sourceRef: { kind: GitRepository, name: a }',
        'sourceRef: { kind: GitRepository, name: b }',
      ),
      of(git, 'a branch', 'ref: { branch: a }', 'ref: { branch: b }'),
      of(git, 'a tag', 'ref: { tag: v1.0.0 }', 'ref: { tag: v2.0.0 }'),
      of(oci, 'an address', 'url: a', 'url: b'),
      of(
        oci,
        'the tag of manifests',
        'url: "oci://a/b", ref: { tag: a }',
        'url: "oci://a/b", ref: { tag: b }',
      ),
      of(helm, 'the address of a repository', 'url: a', 'url: b'),
      of(
        release,
        'a chart by reference',
        'chart: { spec: { chart: a } }',
        'chartRef: { kind: OCIRepository, name: a }',
      ),
      of(git, 'signatures that are not verified', 'url: a, verify: { mode: HEAD }', 'url: a'),
    ],
    others: [
      of(git, 'the interval', 'interval: 1m', 'interval: 2m'),
      of(ks, 'the target namespace', 'targetNamespace: a', 'targetNamespace: b'),
      of(
        release,
        'the version of a chart',
        'chart: { spec: { chart: a, version: "1", sourceRef: { kind: HelmRepository, name: a } } }',
        'chart: { spec: { chart: a, version: "2", sourceRef: { kind: HelmRepository, name: a } } }',
      ),
      of(other, 'the path of another kind', 'path: a', 'path: b'),
    ],
  });

  it('warn if signatures are no longer verified', () => {
    const change = of(git, '', 'url: a, verify: { mode: HEAD }', 'url: a');
    expect(claimOf('source-changed', change)?.hint).toContain('no longer verifies');
  });
});

describe('messages about several fields', () => {
  it.each([
    ['path: a', 'path: b', 'spec.path changes'],
    ['path: a, components: [x]', 'path: b, components: [y]', 'spec.components[0] and spec.path change'],
  ])('name them: %s to %s', (before, after, end) => {
    const message = claimOf('source-changed', of(ks, '', before, after))?.message;
    expect(message?.endsWith(`: ${end}`) ? end : message).toBe(end);
  });
});
