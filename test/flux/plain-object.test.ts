import { ApiObject, App, Chart, JsonPatch, Lazy, type ApiObjectProps, type IResolver } from 'cdk8s';
import fc from 'fast-check';
import { orderMetadata, withFirst } from '../../lib/flux/order-fields';
import { plainMetadata, plainObject } from '../../lib/flux/plain-object';

const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const { data } = fc.letrec((tie) => ({
  data: fc.oneof({ depthSize: 'small' }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('data'), { maxLength: 4 }),
  map: fc.dictionary(fc.string({ maxLength: 4 }), tie('data'), { maxKeys: 4, noNullPrototype: true }),
}));
const map = fc.dictionary(fc.string({ maxLength: 4 }), data, { maxKeys: 4, noNullPrototype: true });

function make(props: object, resolvers: IResolver[] = []): ApiObject {
  const chart = new Chart(new App({ resolvers }), 'chart', { namespace: 'apps', labels: { team: 'a' } });
  return new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', ...props } as ApiObjectProps);
}

/** What cdk8s renders for an object, in the order in which it is printed. */
function longWay(object: ApiObject): string {
  process.env['CDK8S_DISABLE_SORT'] = '1';
  const json = withFirst(object.toJson() as Data, ['apiVersion', 'kind', 'metadata', 'spec']);
  delete process.env['CDK8S_DISABLE_SORT'];
  return printed('metadata' in json ? { ...json, metadata: orderMetadata(json['metadata'] as Data) } : json);
}

type Data = Record<string, unknown>;

/** JSON that also shows what JSON leaves out. */
function printed(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner === undefined || (typeof inner === 'number' && !Number.isFinite(inner)) || Object.is(inner, -0)
      ? `<${Object.is(inner, -0) ? '-0' : String(inner)}>`
      : inner,
  );
}

describe('the fast path from an object to plain data', () => {
  it('gives the same as cdk8s, for any plain data', () => {
    fc.assert(
      fc.property(map, map, map, (spec, metadata, labels) => {
        const object = make({ spec, metadata: { ...metadata, labels }, data: spec });
        for (const way of ['copy', 'share'] as const) {
          const short = plainObject(object, way);
          expect(short && printed(short)).toBe(longWay(object));
        }
        expect(printed(plainMetadata(object))).toBe(printed(orderMetadata(object.metadata.toJson() as Data)));
      }),
      { numRuns: 300 },
    );
  });

  it('passes on what needs no change, or copies all of it', () => {
    const data = { a: { b: [1, { c: 'd' }] }, e: { f: null } };
    const [shared, copied] = (['share', 'copy'] as const).map((way) => plainObject(make({ data }), way));
    expect(shared).toEqual(copied);
    expect((shared?.['data'] as typeof data).a).toBe(data.a);
    expect((copied?.['data'] as typeof data).a.b[1]).not.toBe(data.a.b[1]);
    expect(data).toEqual({ a: { b: [1, { c: 'd' }] }, e: { f: null } });
  });

  it('includes what is added to metadata later', () => {
    const object = make({ metadata: { finalizers: ['a'], more: [] } });
    object.metadata.addLabel('z', '1');
    object.metadata.addLabel('a', '2');
    object.metadata.addAnnotation('note', 'x');
    object.metadata.addFinalizers('b');
    object.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: '1' });
    object.metadata.add('generation', 3);
    expect(printed(plainObject(object, 'copy'))).toBe(longWay(object));
  });

  it.each<readonly [string, () => ApiObject]>([
    ['a token', () => make({ data: { a: Lazy.any({ produce: () => 'b' }) } })],
    ['a token of another kind', () => make({ data: { a: { resolve: () => 'b' } } })],
    ['a class', () => make({ data: { a: new Date(0) } })],
    [
      'a union class',
      () =>
        make({
          data: {
            a: new (class IntOrString {
              readonly value = 1;
            })(),
          },
        }),
    ],
    ['a function', () => make({ data: { a: () => 1 } })],
    ['a token in metadata', () => make({ metadata: { labels: { a: Lazy.any({ produce: () => 'b' }) } } })],
    [
      'a key that JavaScript takes for a prototype',
      () => make({ data: JSON.parse('{"__proto__": {"a": 1}}') as object }),
    ],
    ['a resolver of the author', () => make({}, [{ resolve: () => undefined }])],
  ])('leaves %s to cdk8s', (_what, build) => {
    expect(plainObject(build(), 'copy')).toBeUndefined();
  });

  it('leaves patches, other ways to render and data that contains itself to cdk8s', () => {
    const patched = make({});
    patched.addJsonPatch(JsonPatch.add('/data', {}));
    const other = make({});
    other.toJson = () => ({});
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    expect([patched, other, make({ data: loop })].map((one) => plainObject(one, 'share'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
