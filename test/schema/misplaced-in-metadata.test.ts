import { validateObject } from '../../lib/schema/validate-object';

const config = (metadata: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop', ...metadata },
});
const release = (version: string, metadata: object) => ({
  apiVersion: `helm.toolkit.fluxcd.io/${version}`,
  kind: 'HelmRelease',
  metadata: { name: 'shop', namespace: 'shop', ...metadata },
  spec: {
    interval: '1h',
    chart: { spec: { chart: 'shop', sourceRef: { kind: 'HelmRepository', name: 'shop' } } },
  },
});

describe('a field in metadata that belongs elsewhere', () => {
  it.each([
    ['the object', config({ data: { a: 'b' } }), 'move it out of metadata, to the object itself'],
    ['its spec', release('v2', { values: { replicas: 2 } }), 'did you mean "spec.values"?'],
    [
      'nothing, as the server sets it',
      release('v2', { status: {} }),
      'move it to where it belongs, or remove it',
    ],
    ['nothing known', release('v2', { team: 'web' }), 'move it to where it belongs, or remove it'],
  ])('is unknown, and the hint names its place in %s', (_place, object, hint) => {
    const [violation, ...more] = validateObject(object);
    expect(violation).toMatchObject({ code: 'schema-unknown-field', hint });
    expect(more).toEqual([]);
  });

  it('is unknown in versions of Flux kinds whose schema is not known', () => {
    expect(validateObject(release('v2beta1', {}))).toMatchObject([{ code: 'removed-api' }]);
    expect(validateObject(release('v2beta1', { values: { replicas: 2 } }))).toMatchObject([
      { code: 'removed-api' },
      { code: 'schema-unknown-field', field: 'metadata.values' },
    ]);
    expect(validateObject(release('v2beta1', { labels: { size: 3 } }))).toMatchObject([
      { code: 'removed-api' },
      { code: 'schema-type', field: 'metadata.labels.size' },
    ]);
  });

  it('may be one of another system in other kinds', () => {
    const entity = {
      apiVersion: 'catalog.example.com/v1',
      kind: 'Entity',
      metadata: { name: 'shop', title: 'Shop' },
    };
    expect(validateObject(entity)).toEqual([]);
  });

  it('is not looked for deeper in the object', () => {
    const template = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'job' },
      spec: { template: { metadata: { spec: {} }, spec: { containers: [], restartPolicy: 'Never' } } },
    };
    expect(validateObject(template)).toContainEqual(
      expect.objectContaining({
        code: 'schema-unknown-field',
        field: 'spec.template.metadata.spec',
        hint: 'did you mean "spec.template.spec"?',
      }),
    );
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b', data: {} };
    const hints = [release('v2', { ownerReferences: [owner] }), config({ ownerReferences: [owner] })]
      .flatMap((object) => validateObject(object))
      .map(({ hint }) => hint);
    expect(hints).toEqual([expect.stringMatching(/^remove it/), expect.stringMatching(/^remove it/)]);
  });

  it('is not looked for from other fields of the object', () => {
    const { spec, ...rest } = release('v2', {});
    expect(validateObject({ ...rest, spec: { ...spec, spec: {} } })).toMatchObject([
      { field: 'spec.spec', hint: 'did you mean "chart.spec"?' },
    ]);
    const repository = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'shop' },
      spec: { interval: '1m', url: 'https://example.com/shop', metadata: {} },
    };
    expect(validateObject(repository)).toMatchObject([
      { field: 'spec.metadata', hint: expect.stringMatching(/^remove it/) as string },
    ]);
  });
});
