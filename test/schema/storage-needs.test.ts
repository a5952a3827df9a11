import { validateObject } from '../../lib/schema/validate-object';

const problems = (kind: string, spec: unknown, metadata: object = {}) =>
  validateObject({ apiVersion: 'v1', kind, metadata: { name: 'a', ...metadata }, spec })
    .filter(({ code }) => code === 'schema-required')
    .map(({ field, message, hint }) => [field, message, hint]);

const hostPath = { path: '/data' };
const volume = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const modes = (kind: string) => [
  'spec.accessModes',
  `the API server refuses a ${kind} without accessModes`,
  'set spec.accessModes',
];

describe('storage', () => {
  it.each([
    ['PersistentVolume', volume],
    ['PersistentVolumeClaim', claim],
  ])('is complete as a %s', (kind, spec) => {
    expect(problems(kind, spec)).toEqual([]);
  });

  it.each([
    ['PersistentVolume', { ...volume, accessModes: undefined }],
    ['PersistentVolume', { ...volume, accessModes: [] }],
    ['PersistentVolume', { ...volume, accessModes: null }],
    ['PersistentVolumeClaim', { ...claim, accessModes: undefined }],
  ])('is refused as a %s without access modes', (kind, spec) => {
    expect(problems(kind, spec)).toEqual([modes(kind)]);
  });

  it.each([
    ['PersistentVolume', { ...volume, capacity: undefined }, 'capacity.storage'],
    ['PersistentVolume', { ...volume, capacity: {} }, 'capacity.storage'],
    ['PersistentVolumeClaim', { ...claim, resources: undefined }, 'resources.requests.storage'],
    ['PersistentVolumeClaim', { ...claim, resources: { requests: null } }, 'resources.requests.storage'],
    [
      'PersistentVolumeClaim',
      { ...claim, resources: { limits: { storage: '1Gi' } } },
      'resources.requests.storage',
    ],
  ])('is refused as a %s without a size', (kind, spec, field) => {
    expect(problems(kind, spec)).toEqual([
      [`spec.${field}`, `the API server refuses a ${kind} without ${field}`, `set spec.${field}`],
    ]);
  });

  it.each([
    ['no spec at all', 'PersistentVolumeClaim', undefined],
    ['another kind', 'Service', {}],
    ['what is not a map', 'PersistentVolumeClaim', { ...claim, resources: '${RESOURCES}' }],
  ])('is not looked at for %s', (_, kind, spec) => {
    expect(problems(kind, spec)).toEqual([]);
  });

  it.each([
    ['ssa', 'Ignore'],
    ['reconcile', 'disabled'],
  ])('is not refused if Flux does not apply it: %s %s', (mark, value) => {
    const annotations = { [`kustomize.toolkit.fluxcd.io/${mark}`]: value };
    expect(problems('PersistentVolume', {}, { annotations })).toEqual([]);
  });

  it('may be in the cluster already if Flux merges into it', () => {
    const annotations = { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' };
    expect(problems('PersistentVolumeClaim', {}, { annotations })).toEqual([]);
    expect(problems('PersistentVolumeClaim', {})).toHaveLength(2);
  });
});
