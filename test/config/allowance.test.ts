import { siftAllowed } from '../../lib/config/allowance';
import { finding } from '../../lib/findings/finding';

const found = finding({
  code: 'dependency-missing',
  message: 'x',
  field: 'spec.dependsOn[1].name',
  object: {
    group: 'kustomize.toolkit.fluxcd.io',
    kind: 'Kustomization',
    namespace: 'flux-system',
    name: 'a',
  },
  locations: [{ file: 'clusters/prod/apps.yaml', line: 3 }],
});

const reason = 'known';

describe('an allowance', () => {
  it.each([
    { code: 'dependency-missing', reason },
    { code: 'dependency-missing', object: 'Kustomization/flux-system/a', reason },
    { code: 'dependency-missing', file: './clusters/prod/apps.yaml', reason },
    { code: 'dependency-missing', file: 'clusters/prod/', reason },
    { code: 'dependency-missing', field: 'spec.dependsOn', reason },
    { code: 'dependency-missing', field: 'spec.dependsOn[1]', reason },
  ])('matches by $object $file $field', (allowance) => {
    expect(siftAllowed([found], [allowance])).toEqual({ kept: [], allowed: 1, unused: [] });
  });

  it.each([
    { code: 'dependency-cycle', reason },
    { code: 'dependency-missing', object: 'Kustomization/a', reason },
    { code: 'dependency-missing', file: 'clusters/pro', reason },
    { code: 'dependency-missing', field: 'spec.dependsOn[0]', reason },
    { code: 'dependency-missing', field: 'spec.depends', reason },
  ])('does not match, and is unused, by $code $object $file $field', (allowance) => {
    expect(siftAllowed([found], [allowance])).toEqual({ kept: [found], allowed: 0, unused: [0] });
  });

  const secret = finding({
    code: 'plaintext-secret',
    message: 'x',
    object: { group: '', kind: 'Secret', namespace: 'shop', name: 'key' },
    locations: [{ file: 'apps/key.yaml' }],
  });
  const [code, object] = ['plaintext-secret', 'Secret/shop/key'];

  it('matches a secret in plain text by its file and object', () => {
    const allowance = { code, object, file: './apps/key.yaml', reason };
    expect(siftAllowed([secret], [allowance]).allowed).toBe(1);
  });

  it.each([
    { code, object, reason },
    { code, file: 'apps/key.yaml', reason },
    { code, object, file: 'apps', reason },
    { code, object: 'Secret/shop/other', file: 'apps/key.yaml', reason },
  ])('does not match a secret in plain text by $object $file alone', (allowance) => {
    expect(siftAllowed([secret], [allowance]).kept).toEqual([secret]);
  });
});
