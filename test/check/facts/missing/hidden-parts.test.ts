import { CheckContext } from '../../../../lib/check/check-context';
import {
  describeOrigin,
  hiddenParts,
  possibleOrigin,
} from '../../../../lib/check/facts/missing/hidden-parts';
import { imageMovers } from '../../../../lib/check/facts/images/image-movers';
import { buildGraph } from '../../../../lib/graph/build-graph';
import { bootstrap, fluxKustomization, kustomizationFrom, treeOf } from '../../../graph/tree-of';
import { object, resourceSet, type Files } from '../../small-repositories';

const contextOf = (files: Files) => {
  const tree = treeOf({ ...bootstrap, ...files });
  return new CheckContext(tree, buildGraph(tree), {});
};
const source = (kind: string, spec: string, name = 'theirs') =>
  object('source.toolkit.fluxcd.io/v1', kind, name, 'flux-system', `spec: { interval: 1h, ${spec} }`);
const url = 'url: "https://example.com/team/deploy"';
const map = object('v1', 'ConfigMap', 'm', 'default');

/** The hidden parts of a cluster with more files in its path. */
const parts = (text: string, more: Files = {}) => {
  const [facts] = contextOf({ 'clusters/prod/all.yaml': text, ...more }).clusters;
  return facts
    ? hiddenParts(facts).map(({ node, isForeign }) => `${node.identity.name}${isForeign ? ' elsewhere' : ''}`)
    : [];
};

describe('a part that the repository does not show', () => {
  const theirs = kustomizationFrom('GitRepository', 'theirs', './platform');

  it.each([
    ['another repository', theirs + source('GitRepository', url), ['theirs elsewhere']],
    [
      'an artifact',
      kustomizationFrom('OCIRepository', 'theirs', './') + source('OCIRepository', 'url: "oci://x.io/a"'),
      ['theirs elsewhere'],
    ],
    [
      'a bucket',
      kustomizationFrom('Bucket', 'theirs', './') + source('Bucket', 'bucketName: b, endpoint: e'),
      ['theirs elsewhere'],
    ],
    [
      'Flux itself',
      kustomizationFrom('OCIRepository', 'theirs', './') +
        source('OCIRepository', 'url: "oci://ghcr.io/fluxcd/flux-manifests"'),
      [],
    ],
    [
      'an artifact of a program that the files do not show',
      kustomizationFrom('ExternalArtifact', 'theirs', './') + source('ExternalArtifact', 'sourceRef: {}'),
      ['theirs elsewhere'],
    ],
    ['a source that no file has', theirs, []],
    [
      'a source that a ResourceSet makes',
      theirs + resourceSet('resources: [{ kind: GitRepository }]'),
      ['theirs elsewhere'],
    ],
    [
      'a source that another hidden part may make',
      theirs + kustomizationFrom('GitRepository', 'base', './') + source('GitRepository', url, 'base'),
      ['base elsewhere', 'theirs elsewhere'],
    ],
    [
      'a source that a hidden part of another namespace cannot make',
      theirs +
        kustomizationFrom('GitRepository', 'base', './').replace('spec:', 'spec:\n  targetNamespace: shop') +
        source('GitRepository', url, 'base'),
      ['base elsewhere'],
    ],
    [
      'another cluster',
      theirs.replace('spec:', 'spec:\n  kubeConfig: { secretRef: { name: k } }') +
        source('GitRepository', url),
      [],
    ],
    ['a path of this repository', fluxKustomization('apps', './apps'), []],
  ])('is %s', (_, text, expected) => {
    expect(parts(text, { 'apps/m.yaml': map })).toEqual(expected);
  });

  it('is a build that has remote manifests', () => {
    const files = {
      'apps/m.yaml': map,
      'apps/kustomization.yaml': 'resources: [m.yaml, "https://x.io/all.yaml"]\n',
    };
    expect(parts(fluxKustomization('apps', './apps'), files)).toEqual(['apps']);
  });
});

describe('what may bring an object', () => {
  const origin = (text: string, name: string, namespace?: string) => {
    const [facts] = contextOf({ 'clusters/prod/all.yaml': text }).clusters;
    const found = facts && possibleOrigin(facts, { group: '', kind: 'Secret', name, namespace }, () => false);
    return found && `${found.part.node.identity.name} ${found.isLikely}`;
  };
  const from = (name: string, path: string, spec = '') =>
    kustomizationFrom('GitRepository', 'deploy', path, name).replace('spec:', `spec:${spec}`);
  const theirs = source('GitRepository', url, 'deploy');

  it.each([
    ['of any name', from('x', './y') + theirs, 'token', 'x false'],
    ['of the name of the part', from('token-x', './y') + theirs, 'my-token', 'token-x true'],
    ['of a short word', from('abc', './y') + theirs, 'my-abc', 'abc false'],
    ['of the path', from('x', './y/token') + theirs, 'token', 'x true'],
    ['of the source', from('x', './y') + theirs, 'deploy-key', 'x true'],
    ['of the address', from('x', './y') + theirs.replace('team/deploy', 'team/token'), 'token', 'x true'],
    ['of its host', from('x', './y') + theirs.replace('example.com', 'token.com'), 'token', 'x false'],
    ['of a shared part', from('infra', './y') + theirs, 'token', 'infra true'],
    ['of several, the likely one', from('x', './y') + from('token', './z') + theirs, 'token', 'token true'],
  ])('is a part %s', (_, text, name, expected) => {
    expect(origin(text, name, 'default')).toBe(expected);
  });

  it('is a part of this repository whose path has a variable that no file sets', () => {
    const postBuild = ['postBuild: { substituteFrom: [{ kind: ConfigMap, name: unseen }] }'];
    const [facts] = contextOf({
      'clusters/prod/layer.yaml': fluxKustomization('layer', './layer', postBuild),
      'layer/own.yaml': fluxKustomization('own', './apps/${ENV}'),
    }).clusters;
    const found = facts && possibleOrigin(facts, { group: '', kind: 'Secret', name: 'token' }, () => false);
    expect(found && [found.part.isForeign, found.part.node.identity.name, found.isLikely]).toEqual([
      false,
      'own',
      true,
    ]);
    expect(found && describeOrigin(found)).toBe(
      'the path of Kustomization "flux-system/own" has a variable whose value is not in the files, so it may contain it',
    );
  });

  it('must go to the namespace', () => {
    const bound = from('x', './y', '\n  targetNamespace: shop') + theirs;
    expect([
      origin(bound, 'token', 'shop'),
      origin(bound, 'token', 'default'),
      origin(bound, 'token'),
    ]).toEqual(['x false', undefined, 'x false']);
  });

  it.each([
    ['in its own namespace', 'shop', 'shop', 'x false'],
    ['in another namespace', 'shop', 'web', undefined],
    ['beside Flux, where it may apply more', 'flux-system', 'web', 'x false'],
    ['somewhere that a variable says', '${SPACE}', 'web', 'x false'],
    ['beside itself, where it may apply more', 'gitops', 'web', 'x false', 'gitops'],
    ['as a tenant', 'gitops\n  serviceAccountName: gitops', 'web', undefined, 'gitops'],
  ])('brings a Namespace %s', (_, target, name, expected, own = 'flux-system') => {
    const bound = from('x', './y', `\n  targetNamespace: ${target}`)
      .replace('namespace: flux-system', `namespace: ${own}`)
      .replace(/( +)name: deploy\n/, '$1name: deploy\n$1namespace: flux-system\n')
      .concat(theirs);
    const [facts] = contextOf({ 'clusters/prod/all.yaml': bound }).clusters;
    const found = facts && possibleOrigin(facts, { group: '', kind: 'Namespace', name }, () => false);
    expect(found && `${found.part.node.identity.name} ${found.isLikely}`).toBe(expected);
  });
});

describe('an image that Flux commits', () => {
  const image = (kind: string, name: string, spec: string) =>
    object('image.toolkit.fluxcd.io/v1', kind, name, 'flux-system', `spec: ${spec}`);
  const automation = (git: string) =>
    image('ImageUpdateAutomation', 'a', `{ git: { checkout: { ref: { branch: main } }, ${git} } }`);
  const moved = (text: string) =>
    [
      ...imageMovers(
        contextOf({
          'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
          'clusters/prod/images.yaml': text,
          'apps/m.yaml': `${map}data:\n  a: b # {"$imagepolicy": "flux-system:shop"}\n`,
        }),
      ),
    ].map(({ node, clusters }) => [node.identity.kind, ...clusters].join(' '));
  const repository = image('ImageRepository', 'shop', '{}');
  const policy = image('ImagePolicy', 'shop', '{}');

  it.each([
    ['to the branch that it reads', repository + policy + automation(''), ['ImagePolicy prod']],
    [
      'to that branch by its name',
      repository + policy + automation('push: { branch: main }'),
      ['ImagePolicy prod'],
    ],
    ['to another branch', repository + policy + automation('push: { branch: images }'), []],
    ['for another policy', policy.replace('name: shop', 'name: web') + automation(''), []],
    [
      'in another namespace',
      policy + automation('').replace('namespace: flux-system', 'namespace: shop'),
      [],
    ],
    ['without an automation', repository + policy, []],
    ['without a policy', repository + automation(''), []],
  ])('moves what runs: %s', (_, text, expected) => {
    expect(moved(text)).toEqual(expected);
  });
});
