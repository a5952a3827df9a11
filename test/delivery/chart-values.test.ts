import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Cluster,
  FluxApp,
  GitOpsApp,
  HelmChartRelease,
  ImagePolicy,
  type HelmChartReleaseProps,
} from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { snapshotOf } from '../../lib/testing';

interface PodinfoValues {
  replicaCount: number;
  image: { repository: string; tag?: string };
  level: 'debug' | 'info';
  hosts: { host: string; tls: boolean }[];
}

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['replicaCount'],
  properties: {
    replicaCount: { type: 'integer' },
    image: { type: 'object', properties: { tag: { type: 'string', pattern: '^[0-9.]+$' } } },
    level: { enum: ['debug', 'info'] },
    hosts: { type: 'array' },
  },
};

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-values-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cluster(): Cluster {
  const variables = { replicas: 3, level: 'info' };
  return new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
    path: './cluster-resources/flux',
    variables,
    bootstrap: { componentsExtra: ['image-reflector-controller'] },
  });
}

function release(app: FluxApp, props: Partial<HelmChartReleaseProps<PodinfoValues>>): void {
  new HelmChartRelease<PodinfoValues>(app, 'podinfo', {
    chart: 'podinfo',
    repository: 'https://stefanprodan.github.io/podinfo',
    ...props,
  } as HelmChartReleaseProps<PodinfoValues>);
}

function problems(app: FluxApp): string[] {
  return planApp(app.node.root).findings.map(
    ({ code, field, message, locations }) => `${code} ${locations[0]?.constructPath} ${field}: ${message}`,
  );
}

describe('the values of a chart', () => {
  it('have a type in which everything is optional, null removes, and variables can replace values', () => {
    const home = cluster();
    const app = new FluxApp(home, 'web', { namespace: 'default' });
    release(app, {
      values: {
        replicaCount: home.variable('replicas', 'number'),
        image: { tag: null },
        level: home.variable('level'),
        hosts: [{ host: 'a', tls: true }],
      },
    });
    expect(snapshotOf(app)['podinfo.yaml']).toContain(
      '    replicaCount: ${replicas}\n    image:\n      tag: null\n    level: ${level}\n',
    );
  });

  it('are refused by the compiler if they do not match', () => {
    const values: NonNullable<HelmChartReleaseProps<PodinfoValues>['values']>[] = [
      // @ts-expect-error -- a name that there is not
      { replicaCuont: 3 },
      // @ts-expect-error -- a text for a number
      { replicaCount: '3' },
      // @ts-expect-error -- none of the texts that are allowed
      { level: 'inof' },
      // @ts-expect-error -- an item of a list has no defaults
      { hosts: [{ host: 'a' }] },
    ];
    expect(values).toHaveLength(4);
  });

  it('are checked at synth against a schema, including variables and image policies', () => {
    const home = cluster();
    const app = new FluxApp(home, 'web', { namespace: 'default' });
    const policy = new ImagePolicy(app, 'policy', {
      imageRepositoryRef: { name: 'podinfo' },
      policy: { semver: { range: '*' } },
    });
    release(app, {
      valuesSchema: SCHEMA,
      values: {
        replicaCount: home.variable('replicas', 'number'),
        image: { tag: policy.image('6.9.0', 'tag') },
      },
    });
    expect(problems(app)).toEqual([]);
    expect(snapshotOf(app)['podinfo.yaml']).not.toContain('valuesSchema');
  });

  it('fail with the construct and the field of each mistake', () => {
    const app = new FluxApp(cluster(), 'web', { namespace: 'default' });
    const values: object = { replicaCuont: 3, image: { tag: 'latest' } };
    writeFileSync(join(folder, 'values.schema.json'), JSON.stringify(SCHEMA));
    release(app, { valuesSchema: join(folder, 'values.schema.json'), values });
    expect(problems(app)).toEqual([
      'values-invalid home/web/podinfo/Release spec.values.replicaCuont: the chart has no value "replicaCuont"',
      'values-invalid home/web/podinfo/Release spec.values.image.tag: got "latest"; must match ^[0-9.]+$',
    ]);
  });

  it('fail as in Helm if the defaults of the chart are known', () => {
    const app = new FluxApp(cluster(), 'web', { namespace: 'default' });
    writeFileSync(join(folder, 'values.yaml'), '# defaults\nlevel: info\n');
    release(app, { valuesSchema: SCHEMA, valuesDefaults: join(folder, 'values.yaml') });
    expect(problems(app)).toEqual([
      expect.stringContaining('spec.values.replicaCount: the chart requires this value'),
    ]);
  });

  it.each(['missing.json', '.'])('fail if the schema cannot be read: %s', (file) => {
    const app = new FluxApp(cluster(), 'web', { namespace: 'default' });
    release(app, { valuesSchema: join(folder, file) });
    expect(problems(app)).toEqual([expect.stringContaining('file-unreadable home/web/podinfo/Release')]);
  });
});
