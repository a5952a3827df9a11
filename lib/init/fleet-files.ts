import { printPins } from '../rollout/print-pins';
import { FLEET_CLUSTERS, type InitOptions } from './init-options';
import { sopsCode } from './sops-code';

/** The pin of the example, its first version, and how Renovate finds the next one. */
const PIN = 'podinfo';
const VERSION = '6.9.2';
const DEPENDENCY = { datasource: 'docker', depName: 'ghcr.io/stefanprodan/charts/podinfo' };

/** The rings that the code describes. */
const RINGS = ['staging', 'production-1', 'production-2'];

/** The code of a new fleet and its pins, by path. */
export function fleetFiles(options: InitOptions): Record<string, string> {
  return { 'src/clusters.ts': clustersFile(options), 'src/podinfo.ts': PODINFO, 'pins.yaml': pinsFile() };
}

function clustersFile({ recipients }: InitOptions): string {
  const rows = FLEET_CLUSTERS.map(({ id, environment, region }) => {
    const key = /\W/.test(id) ? `'${id}'` : id;
    return `      ${key}: { environment: '${environment}', region: '${region}' },\n`;
  });
  const defaults = recipients.length === 0 ? '' : '    defaults: { sops: RECIPIENTS },\n';
  return `import { Fleet, Setting, type GitOpsApp } from 'cdk8s-flux';
import { deployPodinfo } from './podinfo';

${sopsCode(recipients)}/** The clusters with their settings, and the order in which they get a new version. */
function createFleet(app: GitOpsApp) {
  return new Fleet(app, 'fleet', {
    settings: { replicas: Setting.number({ min: 1, default: 1 }) },
    environments: { staging: {}, production: { replicas: 2 } },
${defaults}    clusters: {
${rows.join('')}    },
    rings: [
      { name: 'staging', select: { environment: 'staging' }, soak: '24h' },
      { name: 'production', select: { environment: 'production' }, soak: '1h', batches: 2 },
    ],
  });
}

/** The fleet, for the functions that deploy something to it. */
export type Clusters = ReturnType<typeof createFleet>;

/** Describes what each cluster runs. */
export function addClusters(app: GitOpsApp): void {
  deployPodinfo(createFleet(app));
}
`;
}

const PODINFO = `import { HelmChartRelease } from 'cdk8s-flux';
import type { Clusters } from './clusters';

/** A small web application, as an example: replace it with your own. */
export function deployPodinfo(fleet: Clusters): void {
  // pins.yaml has the version for each ring. Renovate updates the first ring; promote it to the next one with
  // npx cdk8s-flux promote ${PIN}
  const version = fleet.pin('${PIN}', {
    renovate: { datasource: '${DEPENDENCY.datasource}', depName: '${DEPENDENCY.depName}' },
  });
  const props = { namespace: 'podinfo', createNamespace: true, timeout: '10m' } as const;
  fleet.deploy('podinfo', props, (cluster) => {
    new HelmChartRelease(cluster.app, 'podinfo', {
      repository: 'oci://ghcr.io/stefanprodan/charts/podinfo',
      version: version.in(cluster),
      onFailure: 'RetryOnFailure',
      values: { replicaCount: cluster.settings.replicas },
    });
  });
}
`;

function pinsFile(): string {
  const renovate = `datasource=${DEPENDENCY.datasource} depName=${DEPENDENCY.depName}`;
  const pins = printPins({
    pins: new Map([[PIN, new Map(RINGS.map((ring) => [ring, VERSION]))]]),
    renovate: new Map([[PIN, renovate]]),
  });
  return `# yaml-language-server: $schema=./node_modules/cdk8s-flux/schema/pins.schema.json\n${pins}`;
}
