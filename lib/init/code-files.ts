import { fleetFiles } from './fleet-files';
import { clustersOf, entryPathOf, type InitOptions } from './init-options';
import { sopsCode } from './sops-code';

/** The code of a new project, by path. */
export function codeFiles(options: InitOptions): Record<string, string> {
  const own = options.kind === 'fleet' ? fleetFiles(options) : clusterFiles(options);
  return { 'src/main.ts': MAIN, ...own, 'src/clusters.test.ts': testFile(options) };
}

const MAIN = `import { GitOpsApp } from 'cdk8s-flux';
import { addClusters } from './clusters';

const app = new GitOpsApp();
addClusters(app);
app.synth();
`;

const PODINFO = `import { FluxApp, HelmChartRelease } from 'cdk8s-flux';
import type { Construct } from 'constructs';

export interface PodinfoProps {
  /** How many pods run. */
  readonly replicas: number;
}

/** A small web application, as an example: replace it with your own. */
export class Podinfo extends FluxApp {
  constructor(scope: Construct, id: string, { replicas }: PodinfoProps) {
    super(scope, id, { layer: 'services', namespace: 'podinfo', createNamespace: true, timeout: '10m' });
    new HelmChartRelease(this, 'podinfo', {
      repository: 'oci://ghcr.io/stefanprodan/charts/podinfo',
      // renovate: datasource=docker depName=ghcr.io/stefanprodan/charts/podinfo
      version: '6.9.2',
      onFailure: 'RetryOnFailure',
      values: { replicaCount: replicas },
    });
  }
}
`;

function clusterFiles(options: InitOptions): Record<string, string> {
  return { 'src/clusters.ts': clustersFile(options), 'src/podinfo.ts': PODINFO };
}

function clustersFile(options: InitOptions): string {
  const sops = options.recipients.length === 0 ? '' : ', sops: RECIPIENTS';
  const body = clustersOf(options)
    .map(
      (cluster) => `/** Describes what the cluster runs. */
export function addClusters(app: GitOpsApp): void {
  const cluster = new Cluster(app, '${cluster.id}', { path: '${entryPathOf(cluster)}'${sops} });
  new Podinfo(cluster, 'podinfo', { replicas: ${cluster.replicas} });
}
`,
    )
    .join('');
  return `import { Cluster, type GitOpsApp } from 'cdk8s-flux';
import { Podinfo } from './podinfo';

${sopsCode(options.recipients)}${body}`;
}

function testFile(options: InitOptions): string {
  const rows = clustersOf(options).map(({ example, replicas }) => `  ['${example}', ${replicas}],\n`);
  return `import { GitOpsApp } from 'cdk8s-flux';
import { synthFiles } from 'cdk8s-flux/testing';
import { addClusters } from './clusters';

const app = new GitOpsApp();
addClusters(app);
const files = synthFiles(app);

test.each([
${rows.join('')}])('%s has podinfo with %i replicas', (folder, replicas) => {
  const release = files[\`\${folder}/podinfo.yaml\`];
  expect(release).toContain('kind: HelmRelease');
  expect(release).toContain(\`replicaCount: \${replicas}\`);
});
`;
}
