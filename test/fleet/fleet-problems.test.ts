import { Cluster, Fleet, GitOpsApp, Setting, type FleetProps } from '../../lib';
import { articleFleet, configure, problemsOf } from './article-fleet';

type Props = FleetProps<
  Record<string, Setting<unknown>>,
  Record<string, object>,
  Record<string, object>,
  string
>;

/** A fleet in a program without types, and its findings. */
function fleetOf(props: unknown): { app: GitOpsApp; fleet: Fleet } {
  const app = new GitOpsApp();
  return { app, fleet: new Fleet(app, 'fleet', props as Props) as unknown as Fleet };
}

const eu = { environment: 'production', region: 'eu-west-1' };

describe('a fleet', () => {
  it('fails on settings that are missing, unknown or not allowed, each reported once', () => {
    const { app, fleet } = fleetOf({
      settings: {
        replicas: Setting.number({ min: 1 }),
        size: Setting.oneOf(['small', 'large'], { default: 'small' }),
      },
      environments: { production: { replicas: 0 }, staging: {} },
      clusters: {
        a: eu,
        b: { ...eu, region: 'eu-west-2' },
        c: { environment: 'staging', region: 'c' },
        d: { environment: 'staging', region: 'd', settings: { replicas: 1, size: 'medium', siz: 'small' } },
      },
    });
    const made: string[] = [];
    fleet.deploy('shop', {}, ({ name }) => void made.push(name));
    expect(made).toEqual([]);
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "setting-invalid: environments.production.replicas: got 0 for the setting "replicas"; must be a whole number of at least 1 (use another value, or change the limits of the setting in settings)",
       "setting-missing: clusters.c.settings.replicas: the cluster "c" has no setting "replicas" (set it in clusters["c"].settings; for several clusters, set it in environments, in regions, or as the default)",
       "setting-invalid: clusters.d.settings.size: got "medium" for the setting "size"; must be one of "small", "large" (use another value, or change the limits of the setting in settings)",
       "setting-invalid: clusters.d.settings.siz: unknown setting "siz"; known settings: "replicas", "size" (did you mean "size"?)",
     ]
    `);
  });

  it('fails on settings that are not declared with Setting', () => {
    const { app } = fleetOf({ settings: { domain: 'example.com' }, clusters: { a: eu } });
    expect(problemsOf(app)).toEqual([
      'argument-invalid: settings.domain: must be a Setting (declare it with Setting.text(), Setting.number() and so on)',
    ]);
  });

  it('fails on selections that match nothing, and on unknown names', () => {
    const { app, fleet } = articleFleet();
    fleet.deploy('a', { select: { environment: 'prod' as 'production' } }, configure);
    fleet.deploy('b', { select: { clusters: ['eu-west-1', 'eu-west' as 'eu-west-1'] } }, configure);
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "selection-empty: select: no cluster gets "a", because none matches { environment: "prod" } (correct select, or remove the deployment; environments of the fleet: "staging", "production")",
       "cluster-unknown: unknown cluster "eu-west"; known clusters: "eu-central-1", "eu-west-1", "europe-west1" (did you mean "eu-west-1"?)",
     ]
    `);
  });

  it('fails if another deployment is not in the cluster, and does not repeat it', () => {
    const { app, fleet } = articleFleet();
    const dns = fleet.deploy('dns', { select: { environment: 'production' } }, configure);
    const shop = fleet.deploy('shop', { dependsOn: [dns] }, configure);
    fleet.deploy('cart', { dependsOn: [shop] }, configure);
    expect(dns.isIn('eu-central-1')).toBe(false);
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "deployment-missing: "dns" is not deployed in the cluster "eu-central-1", only in "eu-west-1", "europe-west1" (select "eu-central-1" in deploy("dns", ...) too, or exclude it from the deployment that needs "dns")",
     ]
    `);
    expect(() => shop.in('eu-central-1')).toThrow('not deployed');
  });

  it('fails on a function that creates nothing', () => {
    const { app, fleet } = articleFleet();
    fleet.deploy('shop', { select: { clusters: 'eu-west-1' } }, () => undefined);
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "deployment-empty: the function of "shop" created no construct in the cluster "eu-west-1" (create constructs in cluster.app, or create them in cluster.construct and return them; if there is nothing to deploy, exclude the cluster with select)",
     ]
    `);
  });

  it('fails on clusters that share a folder', () => {
    const { app } = fleetOf({
      layout: { path: './clusters/{name}', directory: './apps/{environment}' },
      clusters: { a: eu, b: eu },
    });
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "cluster-directory-shared: clusters.b.directory: the clusters "a" and "b" put their FluxApps into the same folder "apps/production" (set directory of one of them, or use a layout whose paths contain {name})",
     ]
    `);
  });

  it('fails on a layout with what a cluster does not have', () => {
    const { app } = fleetOf({ layout: { path: './clusters/{provider}/{name}' }, clusters: { a: eu } });
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "argument-invalid: clusters.a: the layout contains {provider}, for which the cluster "a" has no value; known placeholders: {name}, {environment}, {region} and {provider} (set it on the cluster, or correct the layout)",
     ]
    `);
  });

  it('fails on clusters in two rings, and on rings without clusters', () => {
    const { app } = fleetOf({
      clusters: { a: eu, b: { ...eu, region: 'b' } },
      rings: [
        { name: 'first', select: { clusters: 'a' }, soak: 'long' },
        { name: 'second', select: {} },
        { name: 'third', select: { region: 'c' }, batches: 0 },
      ],
    });
    expect(problemsOf(app)).toMatchInlineSnapshot(`
     [
       "duration-invalid: rings[0].soak: got "long", which is not a duration (use for example "30m" or "24h")",
       "ring-overlap: rings[1].select: clusters of the ring "second" are also in an earlier ring: a (also in first) (narrow one of the selections: a cluster can be in only one ring)",
       "argument-invalid: rings[2].batches: got 0; must be a whole number of at least 1 (set the number of batches in which the clusters get a new version, or remove it)",
       "selection-empty: rings[2].select: the ring "third" is empty, because no cluster matches { region: "c" } (correct select, or remove the ring)",
     ]
    `);
  });

  it('fails on arguments of deploy with the wrong shape', () => {
    const deploy =
      (...given: unknown[]) =>
      () =>
        (articleFleet().fleet as unknown as { deploy(...all: unknown[]): void }).deploy(...given);
    expect(deploy('', {}, configure)).toThrow('must be a non-empty string');
    expect(deploy('shop', configure)).toThrow('the props of the deployment "shop" must be an object');
    expect(deploy('shop', {})).toThrow('must be a function');
  });

  it('finds no Cluster of another fleet', () => {
    const { fleet } = articleFleet();
    expect(Cluster.isCluster(fleet.cluster('eu-west-1').construct)).toBe(true);
    expect(() => fleet.cluster('eu-west' as 'eu-west-1')).toThrow('did you mean "eu-west-1"?');
  });
});
