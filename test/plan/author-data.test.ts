import { ApiObject } from 'cdk8s';
import { GitOpsApp } from '../../lib/app/gitops-app';
import { Cluster } from '../../lib/delivery/cluster';
import { FluxApp } from '../../lib/delivery/flux-app';
import { withMarker } from '../../lib/flux/variables/image-marker';
import { planApp } from '../../lib/plan/plan';

/** Plans an app with one Deployment; returns the files as text and the author's data. */
function plan(image: string) {
  const app = new GitOpsApp();
  const web = new FluxApp(new Cluster(app, 'home', { path: './clusters/home' }), 'web');
  const labels = { app: 'web' };
  const spec = {
    replicas: 1,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image, args: ['a', 'b'] }] } },
  };
  new ApiObject(web, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'a' },
    spec,
  });
  const before = structuredClone(spec);
  const texts = [planApp(app), planApp(app)].map(({ tree }) =>
    tree.files.map(({ path, bytes }) => `${path}\n${bytes.toString('utf8')}`).join('\n'),
  );
  return { texts, spec, before };
}

describe("the author's data", () => {
  it('stays as it is, so that a second plan is equal', () => {
    const { texts, spec, before } = plan('nginx:1.27');
    expect(spec).toEqual(before);
    expect(texts[0]).toBe(texts[1]);
  });

  it('stays as it is if an image follows a policy', () => {
    const { texts, spec, before } = plan(withMarker('nginx:1.27', 'flux-system:web'));
    expect(spec).toEqual(before);
    expect(texts[0]).toContain('nginx:1.27 # {"$imagepolicy": "flux-system:web"}');
    expect(texts[0]).toBe(texts[1]);
  });
});
