import type { Change, ClusterDiff, Diff } from '../../../lib/diff/change';
import { finding, type Finding } from '../../../lib/findings/finding';

/** A change of a Deployment, with the fields that a test is about. */
export function change(given: Partial<Change> = {}): Change {
  return {
    class: 'changed',
    object: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' },
    owner: 'flux-system/shop',
    fields: [],
    message: 'Flux applies the new fields',
    ...given,
  };
}

/** A cluster with changes, and what waits for them. */
export function cluster(
  name: string,
  changes: readonly Change[],
  waiting: readonly string[] = [],
): ClusterDiff {
  return {
    name,
    changes,
    impact: { changed: waiting.length > 0 ? ['flux-system/shop'] : [], order: [], waiting },
  };
}

/** A diff of some clusters. */
export function diffOf(clusters: readonly ClusterDiff[], given: Partial<Diff> = {}): Diff {
  return {
    base: { name: 'main', commit: '1111111111111111111111111111111111111111' },
    head: { name: 'working tree' },
    clusters,
    policy: [],
    clusterCount: clusters.length,
    findings: { new: [], gone: [] },
    uncompared: [],
    ...given,
  };
}

/** A finding of `check`. */
export function found(message: string): Finding {
  return finding({
    code: 'dependency-missing',
    message,
    hint: 'add the object',
    locations: [{ file: 'apps/web.yaml', line: 3 }],
  });
}

/** One of everything that a report can show. */
export const everything: Diff = diffOf(
  [
    cluster(
      'eu',
      [
        change({
          class: 'deleted',
          object: { group: '', kind: 'Namespace', name: 'shop' },
          message: 'Flux prunes it',
          hint: 'keep the file',
          alongWith: Array.from({ length: 8 }, (_, index) => ({
            group: '',
            kind: 'ConfigMap',
            namespace: 'shop',
            name: `c${index}`,
          })),
          location: { file: 'apps/ns.yaml', line: 1 },
        }),
        change({ class: 'moved', formerOwner: 'flux-system/apps', message: 'flux-system/shop adopts it' }),
        change({
          class: 'upgraded',
          versions: [
            { of: 'image', name: 'ghcr.io/shop/web', before: '1.2.3', after: '2.0.0', step: 'major' },
          ],
          fields: [
            { path: 'spec.replicas', before: 1, after: 3 },
            { path: 'spec.paused', after: true },
          ],
        }),
        change({
          class: 'secret-changed',
          object: { group: '', kind: 'Secret', namespace: 'shop', name: 'db' },
          fields: [{ path: 'data.password' }],
          message: 'an entry changes',
        }),
      ],
      ['Kustomization/flux-system/web', 'HelmRelease/shop/web'],
    ),
  ],
  {
    policy: [
      change({
        class: 'policy-changed',
        object: undefined,
        owner: undefined,
        message: 'the limit rises',
        location: { file: 'cdk8s-flux.yaml', line: 4 },
      }),
    ],
    clusterCount: 3,
    findings: { new: [found('Secret "db" is not found')], gone: [found('Secret "old" is not found')] },
    uncompared: [
      {
        cluster: 'eu',
        object: {
          group: 'kustomize.toolkit.fluxcd.io',
          kind: 'Kustomization',
          namespace: 'flux-system',
          name: 'remote',
        },
        reason: 'remote',
        detail: 'https://github.com/acme/base?ref=v1',
      },
    ],
  },
);
