import { claimsOf, manifest, type Case } from './cases';

const config = manifest('v1', 'ConfigMap');
const classesOf = (change: Case) => claimsOf(change).map((claim) => claim.class);
const annotated = (value: string, marker: string) =>
  config(`data: { a: ${value} }`, `annotations: { kustomize.toolkit.fluxcd.io/${marker} }`);

describe('classifying an object', () => {
  it('calls what no class explains changed', () => {
    const [claim, ...others] = claimsOf(['', config('data: { a: x, b: x }'), config('data: { a: y, b: z }')]);
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      class: 'changed',
      message: 'Flux updates 2 fields of the object in place',
    });
    expect(claim?.fields.map(({ path }) => path)).toEqual(['data.a', 'data.b']);
  });

  it.each(['reconcile: disabled', 'ssa: Ignore', 'ssa: IfNotPresent'])(
    'says that nothing happens under %s',
    (marker) => {
      const [claim] = claimsOf(['', annotated('x', marker), annotated('y', marker)]);
      expect(claim).toMatchObject({ class: 'changed' });
      expect(claim?.message).toMatch(/^nothing happens/);
    },
  );

  it('says nothing of the kind under ssa: Merge, or once the annotation is gone', () => {
    const merged: Case = ['', annotated('x', 'ssa: Merge'), annotated('y', 'ssa: Merge')];
    const freed: Case = ['', annotated('x', 'ssa: Ignore'), config('data: { a: y }')];
    for (const change of [merged, freed])
      expect(JSON.stringify(claimsOf(change))).not.toContain('nothing happens');
  });

  it('says that a change waits until its Kustomization is resumed', () => {
    const change: Case = ['', config('data: { a: x }'), config('data: { a: y }'), { suspend: true }];
    expect(classesOf(change)).toEqual(['changed']);
    expect(claimsOf(change)[0]?.message).toMatch(
      /^once the suspended Kustomization flux-system\/apps is resumed: /,
    );
  });

  it('says nothing where nothing differs', () => {
    expect(claimsOf(['', config('data: { a: x }'), config('data: { a: x }')])).toEqual([]);
  });
});
