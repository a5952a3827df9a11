import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Alerts,
  ArtifactGenerator,
  type Cluster,
  ClusterSecretStore,
  ExternalArtifact,
  type FluxApp,
  GitCredentials,
  GitRepository,
  HelmChart,
  HelmChartRelease,
  HelmRelease,
  HelmRepository,
  ImageAutomation,
  Kustomization,
  OperatorStack,
  Receiver,
  RemoteKustomization,
  SecretValue,
  SopsSecret,
  Tenant,
  Variable,
  WebhookToken,
} from '../../lib';
import type { Choices } from './choices';

/** What makes parts of FluxApps, and what it made before. */
export interface Maker {
  readonly choices: Choices;
  readonly apps: readonly FluxApp[];
  /** What later parts refer to. */
  readonly known: { release?: HelmRelease; repository?: HelmRepository };
  id(kind: string): string;
  namespace(times?: number): { readonly namespace?: string };
}

/** A part of a FluxApp, or of an entry path too. */
interface Part {
  readonly isForEntry?: true;
  make(maker: Maker, scope: FluxApp | Cluster): void;
}

const CHART = { chart: 'podinfo', version: '6.9.2' };
const git = { url: 'https://example.com/x.git', interval: '5m' } as const;
const applied = { interval: '1h', retryInterval: '2m', prune: true, path: './deploy' } as const;

/** All parts. */
export const PARTS: readonly Part[] = [
  {
    isForEntry: true,
    make: (maker, scope) => {
      const { choices, known } = maker;
      const id = maker.id('chart');
      const repository = choices.pick(['https://example.com/charts', 'oci://example.com/charts/podinfo']);
      const map = { apiVersion: 'v1', kind: 'ConfigMap', data: { 'values.yaml': 'a: 1' } };
      const chart = new HelmChartRelease(scope, id, {
        repository,
        ...(repository.startsWith('oci') ? { version: CHART.version } : CHART),
        ...choices.maybe(5, 'targetNamespace', () => 'web'),
        ...choices.maybe(3, 'valuesFrom', () => [new ApiObject(scope, `${id}-values`, map)]),
        ...(known.release && choices.maybe(3, 'dependsOn', () => [known.release as HelmRelease])),
        ...choices.maybe(9, 'createNamespace', () => true),
        ...choices.maybe(5, 'split', () => true),
      });
      known.release = chart.release as HelmRelease;
    },
  },
  {
    make: (maker, scope) => {
      const { choices, known } = maker;
      const own = () =>
        new HelmRepository(scope, maker.id('repo'), {
          url: 'https://example.com',
          interval: '1h',
          ...maker.namespace(),
        });
      const sourceRef = known.repository && choices.oneIn(2) ? known.repository : own();
      known.repository = sourceRef;
      const spec = { ...CHART, sourceRef };
      const [id, interval] = [maker.id('release'), '1h'] as const;
      if (choices.oneIn(2)) new HelmRelease(scope, id, { interval, chart: { spec } });
      else
        new HelmRelease(scope, id, {
          interval,
          chartRef: new HelmChart(scope, `${id}-chart`, { interval, ...spec }),
        });
    },
  },
  {
    isForEntry: true,
    make: (maker, scope) => {
      const { choices } = maker;
      const others = maker.apps.filter(
        (app) => app.kustomization && !scope.node.path.startsWith(app.node.path),
      );
      new RemoteKustomization(scope, maker.id('remote'), {
        ...applied,
        source: { git },
        ...maker.namespace(),
        ...choices.maybe(4, 'targetNamespace', () => 'data'),
        ...choices.maybe(4, 'dependsOn', () => others.slice(0, 1)),
        ...choices.maybe(4, 'wait', () => true),
      });
    },
  },
  {
    make: (maker, scope) => {
      const values = { KEY: SecretValue.generate() };
      const secret = new SopsSecret(scope, maker.id('secret'), { values, ...maker.namespace() });
      const sourceRef = new GitRepository(scope, maker.id('git'), git);
      const postBuild = { substituteFrom: [secret] };
      if (maker.choices.oneIn(2))
        new Kustomization(scope, maker.id('apply'), { ...applied, sourceRef, postBuild });
    },
  },
  {
    make: (maker, scope) => {
      const basic = { username: 'git', password: SecretValue.generate() };
      const place = maker.namespace();
      const secretRef = new GitCredentials(scope, maker.id('login'), { basic, ...place });
      const sourceRef = new GitRepository(scope, maker.id('private'), { ...git, secretRef, ...place });
      new Kustomization(scope, maker.id('apply'), { ...applied, sourceRef, ...maker.namespace() });
    },
  },
  {
    make: (maker, scope) => {
      const app = new kplus.Deployment(scope, maker.id('web'), {
        containers: [{ image: 'nginx:1.27.0', portNumber: 8080 }],
      });
      if (maker.choices.oneIn(2)) app.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
    },
  },
  {
    make: (maker, scope) => {
      const sourceRef = new GitRepository(scope, maker.id('fleet'), git);
      const images = new ImageAutomation(scope, maker.id('images'), {
        author: { name: 'flux', email: 'flux@example.com' },
        sourceRef,
        ...maker.namespace(),
      });
      const policy = images.follow(maker.id('nginx'), {
        image: 'nginx',
        policy: { semver: { range: '1.x' } },
      });
      const data = { image: policy.image('nginx:1.27.0') };
      new ApiObject(scope, maker.id('marked'), { apiVersion: 'v1', kind: 'ConfigMap', data });
    },
  },
  {
    isForEntry: true,
    make: (maker, scope) => {
      const { choices, known } = maker;
      const provider = { type: 'generic', address: 'https://example.com/hook' } as const;
      const sources = [
        ...maker.apps.slice(0, 1).filter((app) => app.kustomization),
        ...(known.release ? [known.release] : []),
      ];
      new Alerts(scope, maker.id('alerts'), {
        provider,
        ...maker.namespace(),
        ...(sources.length > 0 && choices.maybe(2, 'eventSources', () => sources as [FluxApp])),
      });
    },
  },
  {
    make: (maker, scope) => {
      const source = new GitRepository(scope, maker.id('whole'), { ...git, ...maker.namespace() });
      const name = maker.id('part');
      const artifacts = [{ name, copy: [{ from: '@a/x/**', to: '@artifact/' }] }];
      new ArtifactGenerator(scope, maker.id('split'), { sources: [{ alias: 'a', source }], artifacts });
      new Kustomization(scope, maker.id('apply'), { ...applied, sourceRef: ExternalArtifact.fromName(name) });
    },
  },
  {
    make: (maker, scope) => {
      const source = new GitRepository(scope, maker.id('hooked'), git);
      const secretRef = new WebhookToken(scope, maker.id('token'), {});
      new Receiver(scope, maker.id('receiver'), { type: 'github', secretRef, resources: [source] });
      new Kustomization(scope, maker.id('apply'), { ...applied, sourceRef: source });
    },
  },
  {
    make: (maker, scope) => {
      const id = maker.id('operator');
      const stack = new OperatorStack(scope, id, {
        release: { ...CHART, repository: 'https://example.com/charts', provides: ['external-secrets.io'] },
        ...maker.choices.maybe(2, 'crds', () => ({ source: { git }, path: './crds' })),
      });
      const provider = { vault: { server: 'https://vault.example.com', path: 'secret', version: 'v2' } };
      const use = maker.choices.below(3);
      if (use === 1) new ClusterSecretStore(stack.resources, id, { provider });
      const target = { type: 'generic', address: 'https://example.com' } as const;
      if (use === 2)
        new Alerts(scope, maker.id('alerts'), { provider: target, eventSources: [stack.resources] });
    },
  },
  {
    make: (maker, scope) => {
      new Tenant(scope, maker.id('tenant'), {
        source: { git },
        path: './deploy',
        ...maker.choices.maybe(3, 'networkPolicy', () => true),
      });
    },
  },
  {
    make: (maker, scope) => {
      const data = { host: `web.${Variable.string('domain')}`, plain: 'literal ${HOME}' };
      new ApiObject(scope, maker.id('host'), { apiVersion: 'v1', kind: 'ConfigMap', data });
    },
  },
];
