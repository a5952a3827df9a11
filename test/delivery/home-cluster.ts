import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, GitOpsApp, type FluxAppProps } from '../../lib';

/** A repository with one cluster, bootstrapped at `./cluster-resources/flux` with all components of Flux. */
export function homeCluster(): Cluster {
  return new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
    path: './cluster-resources/flux',
    bootstrap: {
      componentsExtra: ['image-reflector-controller', 'image-automation-controller', 'source-watcher'],
      readWriteKey: true,
    },
  });
}

/** A FluxApp that is not empty: it contains a ConfigMap. */
export function someApp(scope: Cluster | FluxApp, id: string, props?: FluxAppProps): FluxApp {
  const app = new FluxApp(scope, id, props);
  configMap(app, 'settings');
  return app;
}

/** A ConfigMap with one entry, in namespace `default`. */
export function configMap(scope: Cluster | FluxApp, id: string, namespace = 'default'): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace },
    data: { from: scope.node.id },
  });
}
