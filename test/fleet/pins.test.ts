import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FluxApp } from '../../lib';
import { asFleet } from '../../lib/fleet/fleet-parts';
import { printFleet } from '../../lib/rollout/print-fleet';
import { configure, filesOf, problemsOf, ringFleet } from './article-fleet';

const before = process.cwd();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-pins-')));

/** Makes the pins of the repository that the tests run in. */
function pin(text: string): void {
  writeFileSync(join(folder, 'pins.yaml'), text);
}

beforeAll(() => process.chdir(folder));
afterEach(() => rmSync(join(folder, 'pins.yaml'), { force: true }));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const renovate = {
  datasource: 'helm',
  depName: 'ingress-nginx',
  registryUrl: 'https://kubernetes.github.io/ingress-nginx',
};

describe('a pin', () => {
  it('has the value of the ring that a cluster is in', () => {
    pin(
      'version: 1\npins:\n  nginx:\n    staging: 4.13.3\n    production-1: 4.13.2\n    production-2: "4.12"\n  replicas:\n    staging: 1\n    production-1: 2\n    production-2: 3\n',
    );
    const { app, fleet } = ringFleet();
    const nginx = fleet.pin('nginx', { renovate });
    const replicas = fleet.pin('replicas', { type: 'number' });
    fleet.deploy('ingress', {}, (cluster) =>
      configure(cluster, { version: nginx.in(cluster), pods: `${replicas.in(cluster.name) + 1}` }),
    );
    const files = filesOf(app);
    const shown = (place: string) => files[`apps/${place}/ingress/settings.yaml`]?.split('\ndata:\n')[1];
    expect(shown('staging/eu-central-1')).toBe('  version: 4.13.3\n  pods: "2"\n');
    expect(shown('production/eu-west-1')).toBe('  version: 4.13.2\n  pods: "3"\n');
    expect(shown('production/europe-west1')).toBe('  version: "4.12"\n  pods: "4"\n');
  });

  it('fails once, with the lines to add, where the file does not have it', () => {
    pin('version: 1\npins:\n  other:\n    staging: 1.0.0\n');
    const { app, fleet } = ringFleet();
    const nginx = fleet.pin('nginx', { renovate });
    const ingress = fleet.deploy('ingress', {}, (cluster) =>
      configure(cluster, { version: nginx.in(cluster) }),
    );
    fleet.deploy('shop', { dependsOn: [ingress] }, (cluster) =>
      configure(cluster, { version: nginx.in(cluster) }),
    );
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "pin-missing: there is no pin "nginx" (add these lines to pins.yaml, below "pins:")   nginx:     # renovate: datasource=helm depName=ingress-nginx registryUrl=https://kubernetes.github.io/ingress-nginx     staging: <version>     production-1: <version>     production-2: <version>",
     ]
    `);
  });

  it('fails where it did not reach the ring, has another type, or the cluster is in no ring', () => {
    pin('version: 1\npins:\n  nginx:\n    staging: 4.13.3\n    production-1: true\n');
    const { app, fleet } = ringFleet();
    const nginx = fleet.pin('nginx');
    fleet.deploy('ingress', {}, (cluster) => configure(cluster, { version: nginx.in(cluster) }));
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "pins-invalid: pins.nginx.production-1: the pin "nginx" has true in the ring "production-1", and the code wants a string (correct the value, or the type in pin("nginx", { type: ... }))",
       "pin-missing: the pin "nginx" has no value for the ring "production-2" (deploy only to rings that have it, or bring it on: npx cdk8s-flux promote nginx)",
     ]
    `);
    const { app: other, fleet: plain } = ringFleet([]);
    const loose = plain.pin('nginx');
    plain.deploy('ingress', {}, (cluster) => configure(cluster, { version: loose.in(cluster) }));
    expect(problemsOf(other)[0]).toContain('cluster-without-ring: the cluster "eu-central-1" is in no ring');
  });

  it('is told to commands with the deployments that use it, and where these are', () => {
    pin(
      'version: 1\npins:\n  nginx:\n    staging: 4.13.3\n    production-1: 4.13.3\n    production-2: 4.13.3\n',
    );
    const { fleet } = ringFleet();
    const nginx = fleet.pin('nginx');
    fleet.deploy('ingress', {}, (cluster) => configure(cluster, { version: nginx.in(cluster) }));
    fleet.deploy('shop', { select: { environment: 'production' } }, ({ construct }) => {
      const web = new FluxApp(construct, 'web', { namespace: 'web' });
      configure({ app: web });
      return [web];
    });
    const facts = asFleet(fleet)?.facts();
    expect(facts && printFleet(facts)).toMatchInlineSnapshot(`
     "{
       "version": 1,
       "about": "the rings and components of the fleet, for cdk8s-flux promote, rollback, status and suspend; synth writes this file",
       "rings": [
         {
           "name": "staging",
           "soak": "1h",
           "clusters": {
             "eu-central-1": "clusters/staging/eu-central-1"
           }
         },
         {
           "name": "production-1",
           "soak": "0s",
           "clusters": {
             "eu-west-1": "clusters/production/eu-west-1"
           }
         },
         {
           "name": "production-2",
           "soak": "0s",
           "clusters": {
             "europe-west1": "clusters/production/europe-west1"
           }
         }
       ],
       "components": {
         "ingress": {
           "pins": "nginx",
           "kustomizations": {
             "flux-system/ingress": {
               "staging": "*",
               "production-1": "*",
               "production-2": "*"
             }
           }
         },
         "shop": {
           "pins": "",
           "kustomizations": {
             "flux-system/web": {
               "production-1": "*",
               "production-2": "*"
             }
           }
         }
       }
     }
     "
    `);
  });
});

describe('what is suspended in the pins', () => {
  it('is suspended in Flux, there and nowhere else', () => {
    pin(
      'version: 1\nsuspended:\n  web:\n    eu-west-1: { since: 2026-11-28, reason: an incident }\n  own:\n    eu-west-1: { since: 2026-11-28, reason: an incident }\n',
    );
    const { app, fleet } = ringFleet();
    fleet.deploy('web', {}, configure);
    fleet.deploy('own', {}, ({ construct }) => {
      const own = new FluxApp(construct, 'own');
      configure({ app: own });
      return own;
    });
    const suspended = Object.entries(filesOf(app)).filter(([, text]) => text.includes('suspend: true'));
    expect(suspended.map(([path]) => path)).toEqual([
      'clusters/production/eu-west-1/apps/web.yaml',
      'clusters/production/eu-west-1/own.yaml',
    ]);
  });
});
