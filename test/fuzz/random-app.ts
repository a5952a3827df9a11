import { Cluster, Fleet, FluxApp, GitOpsApp, ManifestDirectory, Setting, type FluxAppProps } from '../../lib';
import { ApiObject } from 'cdk8s';
import { Choices } from './choices';
import { PARTS, type Maker } from './random-parts';

/** The controllers that all parts need. */
const BOOTSTRAP = {
  componentsExtra: ['image-reflector-controller', 'image-automation-controller', 'source-watcher'],
} as const;

/** Encrypting needs no private key. */
const AGE = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

export const NAMESPACES = ['web', 'data', 'team', 'default', 'flux-system'] as const;

/** A random app, and its clusters. */
export interface RandomApp {
  readonly app: GitOpsApp;
  readonly clusters: readonly Cluster[];
}

/** The app that some bytes describe: constructs and props as authors combine them, often and rarely. */
export function randomApp(bytes: Uint8Array): RandomApp {
  const choices = new Choices(bytes);
  const app = new GitOpsApp({ outdir: 'unused' });
  const clusters = choices.oneIn(4) ? fleet(app, choices) : homeClusters(app, choices);
  return { app, clusters };
}

function clusterProps(choices: Choices) {
  return {
    // Synth then writes the source and the Kustomization of the entry path too.
    sync: { kind: 'OCIRepository', url: 'oci://ghcr.io/org/fleet', ref: { tag: 'latest' } },
    bootstrap: BOOTSTRAP,
    sops: { age: AGE },
    variables: { domain: 'example.com', zone: 'eu' },
    ...choices.maybe(6, 'artifacts', () => choices.pick(['app', 'layer'] as const)),
    ...choices.maybe(7, 'sharding', () => ({ shards: ['one', 'two'] })),
    ...choices.maybe(12, 'lockDown', () => true),
    ...choices.maybe(9, 'namespace', () => 'team'),
  } as const;
}

function homeClusters(app: GitOpsApp, choices: Choices): Cluster[] {
  return ['one', ...(choices.oneIn(4) ? ['two'] : [])].map((id) => {
    const path = choices.pick([`./clusters/${id}`, `./${id}/flux`]);
    const cluster = new Cluster(app, id, { path, ...clusterProps(choices) });
    const maker = new AppMaker(choices, app);
    for (let left = choices.below(4) + 1; left > 0; left -= 1) maker.fluxApp(cluster, 0);
    if (choices.oneIn(3)) choices.pick(PARTS.filter(({ isForEntry }) => isForEntry)).make(maker, cluster);
    return cluster;
  });
}

function fleet(app: GitOpsApp, choices: Choices): Cluster[] {
  const made = new Fleet(app, 'fleet', {
    settings: { size: Setting.number({ default: 1 }) },
    environments: { staging: {}, production: { size: 3 } },
    output: choices.pick(['rendered', 'shared']),
    layout: choices.pick(['regions', 'flat']),
    defaults: clusterProps(choices),
    clusters: {
      one: { environment: 'staging', region: 'eu' },
      two: { environment: 'production', region: 'eu' },
      three: { environment: 'production', region: 'us', ...choices.maybe(4, 'lockDown', () => true) },
    },
  });
  const bytes = Array.from({ length: 60 }, () => choices.below(256));
  const isOdd = choices.oneIn(5);
  for (const name of ['first', 'second'].slice(choices.below(2))) {
    const props = new AppMaker(choices, app).props();
    made.deploy(name, props, ({ app: root, settings, environment }) => {
      const own = isOdd && environment === 'staging' ? bytes.slice(1) : bytes;
      const maker = new AppMaker(new Choices(Uint8Array.from(own)), app, `${name}-`);
      new ApiObject(root, `${name}-size`, map({ size: String(settings.size) }));
      maker.contents(root, 1);
    });
  }
  return made.clusters.map(({ construct }) => construct);
}

export function map(data: Readonly<Record<string, string>>) {
  return { apiVersion: 'v1', kind: 'ConfigMap', data };
}

/** Makes the FluxApps of a cluster, and what is in them. */
class AppMaker implements Maker {
  readonly apps: FluxApp[] = [];
  readonly known: Maker['known'] = {};
  private count = 0;

  constructor(
    readonly choices: Choices,
    readonly root: GitOpsApp,
    private readonly prefix = '',
  ) {}

  id(kind: string): string {
    this.count += 1;
    return `${this.prefix}${kind}${this.count}`;
  }

  namespace(times = 4): { readonly namespace?: string } {
    return this.choices.maybe(times, 'namespace', () => this.choices.pick(NAMESPACES));
  }

  fluxApp(scope: Cluster | FluxApp, depth: number): FluxApp {
    const { choices } = this;
    const earlier = this.apps.filter((app) => app.kustomization && app !== scope);
    const dependsOn = earlier.length > 0 && choices.oneIn(3) ? [choices.pick(earlier)] : [];
    const app = new FluxApp(scope, this.id('app'), { ...this.props(), dependsOn });
    this.contents(app, depth + 1);
    this.apps.push(app);
    return app;
  }

  props(): Omit<FluxAppProps, 'dependsOn'> {
    const { choices } = this;
    const namespace = choices.pick(NAMESPACES);
    const moved = {
      ...choices.maybe(5, 'targetNamespace', () => choices.pick(NAMESPACES)),
      ...choices.maybe(5, 'kustomize', () => ({
        ...choices.maybe(3, 'namespace', () => choices.pick(NAMESPACES)),
        ...choices.maybe(3, 'namePrefix', () => 'k-'),
        ...choices.maybe(5, 'labels', () => [{ pairs: { team: 'x' }, includeSelectors: choices.oneIn(2) }]),
        ...choices.maybe(5, 'commonAnnotations', () => ({ note: 'n' })),
        ...choices.maybe(5, 'configMapGenerator', () => [{ name: this.id('gen'), literals: ['a=b'] }]),
        ...choices.maybe(3, 'resources', () => [this.base()]),
      })),
    };
    return {
      namespace,
      createNamespace: !['default', 'flux-system'].includes(
        moved.targetNamespace ?? moved.kustomize?.namespace ?? namespace,
      ),
      ...moved,
      ...choices.maybe(6, 'namePrefix', () => 'p-'),
      ...choices.maybe(9, 'nameSuffix', () => '-s'),
      ...choices.maybe(4, 'layer', () => choices.pick(['infra', 'services'])),
      ...choices.maybe(9, 'wait', () => choices.oneIn(2)),
      ...choices.maybe(9, 'prune', () => false),
      ...choices.maybe(12, 'suspend', () => true),
      ...choices.maybe(12, 'kubeConfig', () => ({ secretRef: { name: 'remote' } })),
      ...choices.maybe(12, 'serviceAccountName', () => 'deployer'),
      ...choices.maybe(12, 'timeout', () => '7m' as const),
    };
  }

  contents(app: FluxApp, depth: number): void {
    new ApiObject(app, this.id('map'), map({ a: 'b' }));
    for (let left = this.choices.below(4); left > 0; left -= 1) {
      if (depth < 3 && this.choices.oneIn(6)) this.fluxApp(app, depth);
      else this.choices.pick(PARTS).make(this, app);
    }
  }

  private base(): ManifestDirectory {
    const id = this.id(`base${this.root.node.children.length}-`);
    const base = new ManifestDirectory(this.root, id, { path: `./bases/${id}`, namespace: 'web' });
    new ApiObject(base, id, map({ a: 'b' }));
    return base;
  }
}
