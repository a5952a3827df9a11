import { changesOf, diffOf } from './pair-of-trees';

const source = (url: string) => `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1h, url: "${url}" }
`;
const kustomization = (spec: string) => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1h, path: ./deploy, sourceRef: { kind: GitRepository, name: shop }, ${spec} }
`;
const FILE = 'clusters/prod/shop.yaml';
const ELSEWHERE = source('https://example.com/shop');
const told = (before: string, after: string, of = ELSEWHERE) =>
  changesOf(diffOf({ [FILE]: of + kustomization(before) }, { [FILE]: of + kustomization(after) })).map(
    ({ class: changeClass, message }) => `${changeClass}: ${message}`,
  );

describe('a Kustomization with files from another repository', () => {
  it.each([
    [
      'in another namespace',
      'prune: true, targetNamespace: a',
      'prune: true, targetNamespace: b',
      'recreated: spec.targetNamespace changes: Flux creates its objects in namespace "b", and deletes the old ones',
    ],
    [
      'in those of its files',
      'prune: true, targetNamespace: a',
      'prune: true',
      'recreated: spec.targetNamespace changes: Flux creates those of its objects again that get another namespace, and deletes the old ones',
    ],
    [
      'in one for all',
      'prune: true',
      'prune: true, targetNamespace: a',
      'recreated: spec.targetNamespace changes: Flux creates those of its objects again that get another namespace, and deletes the old ones',
    ],
    [
      'under another name',
      'prune: true, namePrefix: a-',
      'prune: true, namePrefix: b-',
      'recreated: spec.namePrefix changes: Flux creates its objects under other names, and deletes the old ones',
    ],
    [
      'under other names',
      'prune: true, namePrefix: a-, targetNamespace: a',
      'prune: true, nameSuffix: -b, targetNamespace: b',
      'recreated: spec.namePrefix, spec.nameSuffix and spec.targetNamespace change: Flux creates its objects under other names, and deletes the old ones',
    ],
    [
      'without deleting the old ones',
      'prune: false, targetNamespace: a',
      'prune: false, targetNamespace: b',
      'orphaned: spec.targetNamespace changes: Flux creates its objects in namespace "b", and leaves the old ones in the cluster, as prune is off',
    ],
    [
      'only once it is resumed',
      'prune: true, suspend: true, targetNamespace: a',
      'prune: true, suspend: true, targetNamespace: b',
      'changed: once it is resumed: Flux updates one field of the object in place',
    ],
    [
      'no other way',
      'prune: true, timeout: 1m',
      'prune: true, timeout: 2m',
      'wait-changed: it becomes ready under other conditions: spec.timeout changes',
    ],
  ])('creates its objects %s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual([expected]);
  });

  it('is told by its objects if its files are here', () => {
    const here = {
      [FILE]: kustomization('prune: true, targetNamespace: a').replace(
        'name: shop }, prune',
        'name: flux-system }, prune',
      ),
      'deploy/one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\ndata: { a: b }\n',
    };
    const changes = changesOf(
      diffOf(here, { [FILE]: here[FILE].replace('targetNamespace: a', 'targetNamespace: b') }),
    );
    expect(changes.map(({ class: changeClass, object }) => `${changeClass} ${object?.kind ?? ''}`)).toEqual([
      'recreated ConfigMap',
      'changed Kustomization',
    ]);
  });
});

describe('the removal of a Kustomization with files from another repository', () => {
  const removed = (spec: string, of = ELSEWHERE) =>
    changesOf(diffOf({ [FILE]: of + kustomization(spec) }, { [FILE]: of }))
      .filter(({ object }) => object?.kind === 'Kustomization')
      .map(({ class: changeClass, message }) => `${changeClass}: ${message}`);

  it('names what goes along unseen', () => {
    expect(removed('prune: true')).toEqual([
      expect.stringMatching(
        /^deleted: Flux deletes it and everything that it applied \(not part of this diff\): /,
      ),
    ]);
    expect(removed('prune: false')).toEqual([
      expect.stringMatching(
        /^orphaned: Flux deletes it, but leaves everything that it applied \(not part of this diff\) in/,
      ),
    ]);
  });
});
