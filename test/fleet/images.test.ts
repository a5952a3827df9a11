import { FleetImages } from '../../lib';
import { configure, filesOf, problemsOf, ringFleet } from './article-fleet';

const author = { name: 'Flux', email: 'flux@example.com' };
const image = {
  image: 'ghcr.io/example/web',
  policies: { staging: { semver: { range: '1.x' } } },
  tag: '1.0.0',
};

describe('FleetImages', () => {
  it('follow an image if the ring has a policy, only in files of that cluster', () => {
    const { app, fleet } = ringFleet();
    const images = new FleetImages(fleet, 'image-updates', { author, images: { web: image } });
    fleet.deploy('web', { select: { environment: 'staging' } }, (cluster) =>
      configure(cluster, { image: images.in(cluster, 'web'), tag: images.in(cluster.name, 'web', 'tag') }),
    );
    const files = Object.fromEntries(
      Object.entries(filesOf(app)).filter(([path]) => !path.endsWith('kustomization.yaml')),
    );
    expect(Object.keys(files).filter((path) => path.includes('image-updates'))).toEqual([
      'apps/staging/eu-central-1/image-updates/image-updates.yaml',
      'clusters/staging/eu-central-1/apps/image-updates.yaml',
    ]);
    const settings = files['apps/staging/eu-central-1/web/settings.yaml'];
    expect(settings).toContain('image: ghcr.io/example/web:1.0.0 # {"$imagepolicy": "flux-system:web"}\n');
    expect(settings).toContain('tag: 1.0.0 # {"$imagepolicy": "flux-system:web:tag"}\n');
    const automation = files['apps/staging/eu-central-1/image-updates/image-updates.yaml'];
    expect(automation).toContain('push:\n      branch: image-updates-eu-central-1\n');
    expect(automation).toContain('path: ./apps/staging/eu-central-1\n');
  });

  it('fail if a ring neither follows an image nor has a pin for it', () => {
    const { app, fleet } = ringFleet();
    const images = new FleetImages(fleet, 'image-updates', { author, images: { web: image } });
    fleet.deploy('web', { select: { clusters: 'eu-west-1' } }, (cluster) =>
      configure(cluster, { image: images.in(cluster, 'web') }),
    );
    expect(problemsOf(app).filter((text) => text.startsWith('image-unpinned'))).toEqual([
      'image-unpinned: images.web: the image "web" is used in the cluster "eu-west-1": its ring has no policy for the image, and the image has no pin; images: "web" (set a pin of the image, or add a policy for the ring of the cluster)',
    ]);
  });
});
