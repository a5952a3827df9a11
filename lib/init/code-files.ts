import type { Recipient } from '../sops/keys/key-request';
import { clustersOf, entryPathOf, type InitOptions } from './init-options';

/** The code of a new project, by path. */
export function codeFiles(options: InitOptions): Record<string, string> {
  return {
    'src/main.ts': MAIN,
    'src/clusters.ts': clustersFile(options),
    'src/podinfo.ts': PODINFO,
    'src/clusters.test.ts': testFile(options),
  };
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

/** A small web application, as an example: replace it by your own. */
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

function clustersFile(options: InitOptions): string {
  const secrets = sopsCode(options.recipients);
  const body = options.kind === 'cluster' ? oneCluster(options) : severalClusters(options);
  return `import { Cluster, type GitOpsApp } from 'cdk8s-flux';
import { Podinfo } from './podinfo';

${secrets}${body}`;
}

function oneCluster(options: InitOptions): string {
  return clustersOf(options)
    .map(
      (cluster) => `/** Describes what the cluster runs. */
export function addClusters(app: GitOpsApp): void {
  const cluster = new Cluster(app, '${cluster.id}', { path: '${entryPathOf(cluster)}'${sopsProp(options)} });
  new Podinfo(cluster, 'podinfo', { replicas: ${cluster.replicas} });
}
`,
    )
    .join('');
}

function severalClusters(options: InitOptions): string {
  const rows = clustersOf(options).map(
    (cluster) =>
      `  { id: '${cluster.id}', path: '${entryPathOf(cluster)}', replicas: ${cluster.replicas} },\n`,
  );
  return `/** The clusters, and what differs between them. */
export const CLUSTERS = [
${rows.join('')}];

/** Describes what each cluster runs. */
export function addClusters(app: GitOpsApp): void {
  for (const { id, path, replicas } of CLUSTERS) {
    const cluster = new Cluster(app, id, { path${sopsProp(options)} });
    new Podinfo(cluster, 'podinfo', { replicas });
  }
}
`;
}

function sopsProp({ recipients }: InitOptions): string {
  return recipients.length === 0 ? '' : ', sops: RECIPIENTS';
}

/** Whom secrets are encrypted for, as code. */
function sopsCode(recipients: readonly Recipient[]): string {
  if (recipients.length === 0) return '';
  const age = recipients.flatMap(({ kind, id }) => (kind === 'age' ? [`'${id}'`] : []));
  const pgp = recipients.flatMap(({ kind, id }) => (kind === 'pgp' ? [`{ fingerprint: '${id}' }`] : []));
  const lists = [
    ...(age.length > 0 ? [`  age: [${age.join(', ')}],\n`] : []),
    ...(pgp.length > 0 ? [`  pgp: [${pgp.join(', ')}],\n`] : []),
  ];
  return `/** Whom secrets are encrypted for: SopsSecret uses it, and synth writes .sops.yaml from it. */
const RECIPIENTS = {
${lists.join('')}};

`;
}

function testFile(options: InitOptions): string {
  const rows = clustersOf(options).map(({ folder, replicas }) => `  ['${folder}', ${replicas}],\n`);
  return `import { GitOpsApp } from 'cdk8s-flux';
import { synthFiles } from 'cdk8s-flux/testing';
import { addClusters } from './clusters';

const app = new GitOpsApp();
addClusters(app);
const files = synthFiles(app);

test.each([
${rows.join('')}])('%s runs podinfo, replicas: %i', (folder, replicas) => {
  const release = files[\`\${folder}/services/podinfo/podinfo.yaml\`];
  expect(release).toContain('kind: HelmRelease');
  expect(release).toContain(\`replicaCount: \${replicas}\`);
});
`;
}
