import { containersOf, neededKeys, podSpecOf } from '../../../lib/check/facts/pod-specs';
import type { ManifestObject } from '../../../lib/tree/manifest';

const pod = (spec: object): ManifestObject => ({ apiVersion: 'v1', kind: 'Pod', spec }) as ManifestObject;
const needed = (spec: object) =>
  neededKeys(pod(spec)).map(({ kind, name, key, field, isFolder }) =>
    [kind, name, key, field, ...(isFolder ? ['folder'] : [])].join(' '),
  );
const withEnv = (valueFrom: object) => ({
  containers: [
    {
      env: [
        { name: 'A', value: 'a' },
        { name: 'B', valueFrom },
      ],
    },
  ],
});
const mounting = (volume: object, mount: object) => ({
  volumes: [
    { name: 'other', configMap: { name: 'other' } },
    { name: 'v', ...volume },
  ],
  containers: [{ volumeMounts: [{ name: 'v', ...mount }] }],
});

describe('the spec of Pods', () => {
  it('is that of a workload', () => {
    const spec = { containers: [] };
    expect(podSpecOf(pod(spec))).toEqual({ spec, field: 'spec' });
    const job = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      spec: { jobTemplate: { spec: { template: { spec } } } },
    };
    expect(podSpecOf(job as ManifestObject)).toEqual({ spec, field: 'spec.jobTemplate.spec.template.spec' });
    expect(podSpecOf({ apiVersion: 'v1', kind: 'Pod' })).toBeUndefined();
    expect(podSpecOf({ apiVersion: 'v1', kind: 'Service', spec } as ManifestObject)).toBeUndefined();
    expect(podSpecOf({ apiVersion: 'acme.io/v1', kind: 'Pod', spec } as ManifestObject)).toBeUndefined();
  });

  it('has containers that run first', () => {
    const all = containersOf({ containers: [{ name: 'b' }, { name: 'c' }], initContainers: [{ name: 'a' }] });
    expect(all.map(({ container, field }) => [container.name, field])).toEqual([
      ['a', 'initContainers[0]'],
      ['b', 'containers[0]'],
      ['c', 'containers[1]'],
    ]);
  });
});

describe('a key that a Pod needs', () => {
  it.each([
    [
      'a ConfigMap',
      { configMapKeyRef: { name: 'm', key: 'k' } },
      ['ConfigMap m k spec.containers[0].env[1].valueFrom.configMapKeyRef.key'],
    ],
    [
      'a Secret',
      { secretKeyRef: { name: 'm', key: 'k' } },
      ['Secret m k spec.containers[0].env[1].valueFrom.secretKeyRef.key'],
    ],
    ['one that may be missing', { secretKeyRef: { name: 'm', key: 'k', optional: true } }, []],
    [
      'one that must be there',
      { secretKeyRef: { name: 'm', key: 'k', optional: false } },
      ['Secret m k spec.containers[0].env[1].valueFrom.secretKeyRef.key'],
    ],
    ['none without a name', { configMapKeyRef: { key: 'k' } }, []],
    ['none without a key', { configMapKeyRef: { name: 'm' } }, []],
    ['none of a field', { fieldRef: { fieldPath: 'a' } }, []],
  ])('is that of a variable: %s', (_, valueFrom, expected) => {
    expect(needed(withEnv(valueFrom))).toEqual(expected);
  });

  const at = 'spec.containers[0].volumeMounts[0].subPath folder';
  it.each([
    ['of a ConfigMap', { configMap: { name: 'm' } }, { subPath: 'k' }, [`ConfigMap m k ${at}`]],
    ['of a Secret', { secret: { secretName: 'm' } }, { subPath: './k' }, [`Secret m k ${at}`]],
    ['in a folder', { configMap: { name: 'm' } }, { subPath: 'a/k' }, []],
    ['below a folder', { configMap: { name: 'm' } }, { subPath: 'a./k' }, []],
    ['without a path', { configMap: { name: 'm' } }, {}, []],
    ['of an optional one', { configMap: { name: 'm', optional: true } }, { subPath: 'k' }, []],
    [
      'of one that must be there',
      { configMap: { name: 'm', optional: false } },
      { subPath: 'k' },
      [`ConfigMap m k ${at}`],
    ],
    ['of another volume', { emptyDir: {} }, { subPath: 'k' }, []],
    ['of one without a name', { configMap: {} }, { subPath: 'k' }, []],
  ])('is that of a file %s', (_, volume, mount, expected) => {
    expect(needed(mounting(volume, mount))).toEqual(expected);
  });

  it('is that of an item, which gives its file another name', () => {
    const items = [{ key: 'a' }, { key: 'b', path: 'k' }];
    const volumes = 'spec.volumes[1]';
    expect(needed(mounting({ configMap: { name: 'm', items } }, { subPath: 'k' }))).toEqual([
      `ConfigMap m a ${volumes}.configMap.items[0].key`,
      `ConfigMap m b ${volumes}.configMap.items[1].key`,
    ]);
    expect(needed(mounting({ configMap: { name: 'm', items, optional: true } }, {}))).toEqual([]);
    const sources = [
      { secret: { name: 's', items: [{ key: 'c' }] } },
      { configMap: { name: 'm' } },
      { downwardAPI: {} },
    ];
    expect(needed(mounting({ projected: { sources } }, {}))).toEqual([
      `Secret s c ${volumes}.projected.sources[0].secret.items[0].key`,
    ]);
  });
});
