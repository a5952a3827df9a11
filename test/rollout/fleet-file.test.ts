import { rolloutFiles, type FleetFacts } from '../../lib/rollout/fleet-file';
import { parseFleet } from '../../lib/rollout/parse-fleet';
import { printFleet } from '../../lib/rollout/print-fleet';

const clusters = (...names: readonly string[]) => new Map(names.map((name) => [name, `clusters/${name}`]));
const FLEET: FleetFacts = {
  rings: [
    { name: 'staging', soak: '24h', clusters: clusters('staging-eu') },
    { name: 'production', soak: '0s', clusters: clusters('us', 'eu', 'ap') },
  ],
  components: [
    {
      name: 'ingress-nginx',
      pins: ['ingress-nginx'],
      kustomizations: [
        { namespace: 'flux-system', name: 'ingress-nginx', clusters: ['us', 'staging-eu', 'eu'] },
      ],
    },
    {
      name: 'crds',
      pins: [],
      kustomizations: [{ namespace: 'flux-system', name: 'crds', clusters: ['us', 'eu', 'ap'] }],
    },
  ],
};

describe('the file of a fleet', () => {
  it('has a line for each ring of a Kustomization', () => {
    expect(printFleet(FLEET).split('\n').slice(3).join('\n')).toMatchInlineSnapshot(`
      "  "rings": [
          {
            "name": "staging",
            "soak": "24h",
            "clusters": {
              "staging-eu": "clusters/staging-eu"
            }
          },
          {
            "name": "production",
            "soak": "0s",
            "clusters": {
              "ap": "clusters/ap",
              "eu": "clusters/eu",
              "us": "clusters/us"
            }
          }
        ],
        "components": {
          "crds": {
            "pins": "",
            "kustomizations": {
              "flux-system/crds": {
                "production": "*"
              }
            }
          },
          "ingress-nginx": {
            "pins": "ingress-nginx",
            "kustomizations": {
              "flux-system/ingress-nginx": {
                "staging": "*",
                "production": "eu us"
              }
            }
          }
        }
      }
      "
    `);
  });

  it('is read as it was written', () => {
    const { fleet } = parseFleet(printFleet(FLEET), 'fleet.json');
    expect(fleet?.rings.map(({ name }) => name)).toEqual(['staging', 'production']);
    expect(fleet?.rings[1]?.clusters.get('us')).toBe('clusters/us');
    expect(fleet?.components.map(({ kustomizations: [one] }) => one?.clusters)).toEqual([
      ['ap', 'eu', 'us'],
      ['staging-eu', 'eu', 'us'],
    ]);
    expect(printFleet(fleet ?? { rings: [], components: [] })).toBe(printFleet(FLEET));
  });

  it('does not depend on the order of clusters and components', () => {
    const { rings, components } = FLEET;
    const other = rings.map((ring) => ({ ...ring, clusters: new Map([...ring.clusters].reverse()) }));
    expect(printFleet({ rings: other, components: [...components].reverse() })).toBe(printFleet(FLEET));
  });

  it('may have no rings', () => {
    const none: FleetFacts = { rings: [], components: [] };
    expect(parseFleet(printFleet(none), 'fleet.json').fleet).toEqual(none);
  });

  it('takes less than 3 MB for 1,000 clusters with 60 components', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `production-eu-west-${index}`);
    const components = Array.from({ length: 60 }, (_, index) => ({
      name: `component-${index}`,
      pins: [`component-${index}`],
      kustomizations: [
        { namespace: 'flux-system', name: `component-${index}`, clusters: names.slice(0, 999 + (index % 2)) },
      ],
    }));
    const rings = [{ name: 'production', soak: '24h', clusters: clusters(...names) }];
    expect(printFleet({ rings, components }).length).toBeLessThan(3e6);
  });

  it.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['another file', '{"a": 1}', 'does not describe a fleet'],
    ['a newer version', '{"version": 2}', 'has version 2; only version 1 is supported'],
    ['no rings', '{"version": 1}', 'has no list of rings'],
    ['a ring without a soak', '{"version": 1, "rings": [{"name": "a"}]}', 'has a ring without a soak time'],
    [
      'a cluster that no ring has',
      printFleet(FLEET).replace('"eu us"', '"eu uk"'),
      'has a component in a cluster that it does not list',
    ],
    [
      'an unknown ring',
      printFleet(FLEET).replace('"production": "*"', '"prod": "*"'),
      'has a component in a ring that it does not list',
    ],
  ])('fails on %s', (_, text, message) => {
    const { problem } = parseFleet(text, 'out/fleet.json');
    expect(problem).toMatchObject({ code: 'fleet-file-invalid', message: `"out/fleet.json" ${message}` });
  });

  it('is in the output, or at the root if the configuration sets none', () => {
    const places = (output: string, namesOutput: boolean) =>
      rolloutFiles({ pins: 'pins.yaml', output, namesOutput }).fleet;
    expect(places('cluster-resources', false)).toEqual(['cluster-resources/fleet.json', 'fleet.json']);
    expect(places('out', true)).toEqual(['out/fleet.json']);
    expect(places('', false)).toEqual(['fleet.json']);
  });
});
