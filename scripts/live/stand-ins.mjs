const SOURCES = '/apis/source.toolkit.fluxcd.io/v1';
const RELEASES = '/apis/helm.toolkit.fluxcd.io/v2';
const WORKLOADS = '/apis/apps/v1';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/**
 * Does what the controllers that do not run here would do at best: each source has the artifact, each release is ready and
 * has brought the CRDs of its chart, and each workload runs.
 */
export class StandIns {
  #api;
  #artifact;
  #crds;

  /**
   * @param artifact - `url`, `revision` and `digest` of the repository's archive
   * @param crds - what charts bring
   */
  constructor(api, artifact, crds) {
    this.#api = api;
    this.#artifact = artifact;
    this.#crds = crds;
  }

  /** Looks once at everything that is not ready. */
  async step() {
    await this.#settle(`${SOURCES}/gitrepositories`, () => ({
      artifact: { path: 'repository', lastUpdateTime: now(), ...this.#artifact },
      conditions: ready(),
    }));
    for (const charts of ['helmrepositories', 'ocirepositories'])
      await this.#settle(`${SOURCES}/${charts}`, () => ({ conditions: ready() }));
    await this.#settle(`${RELEASES}/helmreleases`, async () => {
      for (const crd of this.#crds) await this.#api.apply(`${CRDS}/${crd.metadata.name}`, crd);
      return { conditions: ready() };
    });
    await this.#settle(`${WORKLOADS}/deployments`, ({ spec: { replicas = 1 } }) => ({
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      conditions: [{ type: 'Available', status: 'True', reason: 'StandIn', lastTransitionTime: now() }],
    }));
  }

  async #settle(path, statusOf) {
    for (const object of await this.#api.list(path)) {
      const { generation, namespace, name } = object.metadata;
      if (object.status?.observedGeneration === generation) continue;
      const place = path.replace(/[^/]+$/, (plural) => `namespaces/${namespace}/${plural}/${name}`);
      await this.#api.setStatus(place, { observedGeneration: generation, ...(await statusOf(object)) });
    }
  }
}

/** The CRD of a kind that a chart brings: it accepts every object. */
export function anyCrd(group, version, kind) {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: kind.startsWith('Cluster') ? 'Cluster' : 'Namespaced',
      names: { kind, plural },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}

function ready() {
  return [
    { type: 'Ready', status: 'True', reason: 'StandIn', message: 'stand-in', lastTransitionTime: now() },
  ];
}

function now() {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
