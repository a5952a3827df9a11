import { formatUsers } from '../../lib/findings/format';

const user = (kustomization: string, namespace?: string) => ({
  cluster: 'prod',
  kustomization,
  ...(namespace !== undefined && { object: { group: '', kind: 'Secret', namespace, name: 's' } }),
});

it.each([
  ['a Kustomization under the same name', [user('apps')], 'prod apps'],
  ['several Kustomizations', [user('a'), user('b', 'x')], 'prod a, prod b (as x/s)'],
  ['one that applies it in several namespaces', [user('a', 'x'), user('a', 'y')], 'prod a (as x/s, y/s)'],
  [
    'one that applies it in many namespaces, under the same name too',
    [user('a'), ...['v', 'w', 'x', 'y', 'z'].map((namespace) => user('a', namespace))],
    'prod a (also as v/s, w/s, x/s and 2 more)',
  ],
])('names %s', (_, users, expected) => {
  expect(formatUsers(users)).toBe(expected);
});
