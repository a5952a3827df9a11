import { FluxApp } from '../../lib';
import { articleFleet, configure, filesOf } from './article-fleet';

describe('Fleet', () => {
  it('has the layout of entry paths by environment and region', () => {
    const { app, fleet } = articleFleet();
    fleet.deploy('ingress', { layer: 'infrastructure', select: { environment: 'production' } }, configure);
    fleet.deploy('shop', { select: { clusters: 'eu-west-1' } }, configure);
    expect(Object.keys(filesOf(app)).sort()).toEqual([
      'apps/production/eu-west-1/shop/kustomization.yaml',
      'apps/production/eu-west-1/shop/settings.yaml',
      'clusters/production/eu-west-1/apps/shop.yaml',
      'clusters/production/eu-west-1/infrastructure/ingress.yaml',
      'clusters/production/europe-west1/infrastructure/ingress.yaml',
      'infrastructure/production/eu-west-1/ingress/kustomization.yaml',
      'infrastructure/production/eu-west-1/ingress/settings.yaml',
      'infrastructure/production/europe-west1/ingress/kustomization.yaml',
      'infrastructure/production/europe-west1/ingress/settings.yaml',
    ]);
  });

  it('prefers a cluster’s own settings to those of its environment and the defaults', () => {
    const { fleet } = articleFleet();
    expect(fleet.clusters.map(({ name, settings }) => [name, settings])).toEqual([
      ['eu-central-1', { replicas: 2, domain: 'staging.example.com' }],
      ['eu-west-1', { replicas: 6, domain: 'aws.example.com' }],
      ['europe-west1', { replicas: 3, domain: 'gcp.example.com' }],
    ]);
  });

  it('selects by all given criteria', () => {
    const { fleet } = articleFleet();
    const clusters = (select: Parameters<typeof fleet.deploy>[1]['select']) =>
      fleet.deploy(`d${Math.random()}`, { select }, configure).clusters;
    expect(clusters(undefined)).toEqual(['eu-central-1', 'eu-west-1', 'europe-west1']);
    expect(clusters({ provider: 'aws', environment: ['production', 'staging'] })).toEqual([
      'eu-central-1',
      'eu-west-1',
    ]);
    expect(clusters({ labels: { tier: ['edge', 'core'] } })).toEqual(['europe-west1']);
    expect(clusters({ region: 'eu-west-1' })).toEqual(['eu-west-1']);
    expect(clusters({ where: ({ settings }) => settings.replicas > 2 })).toEqual([
      'eu-west-1',
      'europe-west1',
    ]);
  });

  it('resolves dependencies of deployments within each cluster', () => {
    const { app, fleet } = articleFleet();
    const ingress = fleet.deploy('ingress', { layer: 'infrastructure' }, configure);
    const shop = fleet.deploy('shop', { dependsOn: [ingress, { name: 'dns' }] }, configure);
    fleet.deploy('own', { dependsOn: [shop] }, ({ construct }) => {
      const own = new FluxApp(construct, 'my-own');
      configure({ app: own });
      return own;
    });
    const files = filesOf(app);
    for (const place of ['staging/eu-central-1', 'production/eu-west-1', 'production/europe-west1']) {
      expect(files[`clusters/${place}/apps/shop.yaml`]).toContain(
        'dependsOn:\n    - name: dns\n    - name: ingress\n',
      );
      expect(files[`clusters/${place}/infrastructure/ingress.yaml`]).toContain('wait: true\n');
      expect(files[`clusters/${place}/my-own.yaml`]).toContain('dependsOn:\n    - name: shop\n');
    }
    expect(ingress.in('eu-west-1').directory).toBe('infrastructure/production/eu-west-1/ingress');
  });
});
