import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TreeFile } from '../../lib/tree';

const ROOT = join(__dirname, '..', '..');

function objectsOf(path: string): readonly object[] {
  return TreeFile.fromBytes(path, readFileSync(join(ROOT, path))).documents.map(({ object }) => object);
}

// The first article's home cluster, unchanged: podinfo from git, at the article's own paths.
describe('the home cluster of main.ts', () => {
  it('has podinfo’s GitRepository and Kustomization in services/podinfo/podinfo.yaml, without additions', () => {
    expect(objectsOf('cluster-resources/services/podinfo/podinfo.yaml')).toEqual([
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: 'podinfo', namespace: 'default' },
        spec: {
          interval: '1m15s',
          ref: { branch: 'master' },
          url: 'https://github.com/stefanprodan/podinfo',
        },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'podinfo', namespace: 'default' },
        spec: {
          path: './kustomize',
          interval: '60m0s',
          timeout: '3m0s',
          retryInterval: '2m0s',
          prune: true,
          targetNamespace: 'default',
          sourceRef: { kind: 'GitRepository', name: 'podinfo' },
        },
      },
    ]);
  });

  it('has the kustomization.yaml of services/podinfo', () => {
    const [object] = objectsOf('cluster-resources/services/podinfo/kustomization.yaml');
    expect(object).toMatchObject({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: expect.arrayContaining(['podinfo.yaml']) as unknown,
    });
  });

  it('has its Flux Kustomization in flux/services/podinfo.yaml; our defaults add retryInterval and timeout', () => {
    const [object] = objectsOf('cluster-resources/flux/services/podinfo.yaml');
    expect(object).toMatchObject({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'podinfo', namespace: 'flux-system' },
      spec: {
        interval: '10m0s',
        prune: true,
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        path: './cluster-resources/services/podinfo',
        // Not in the article. Without them, a failed apply is retried only after ten minutes, and may take as long.
        retryInterval: '2m',
        timeout: '3m',
      },
    });
  });
});
