import { ApiObject } from 'cdk8s';
import { ConfigMap, Deployment } from 'cdk8s-plus-28';
import { withSources } from '../../lib/app/with-sources';
import { Cluster, FluxApp, GitOpsApp, GitRepository, SecretValue, SopsSecret } from '../../lib';
import { finding, type FindingLocation } from '../../lib/findings/finding';
import { formatLocation } from '../../lib/findings/format';
import { makeConfigMap } from './make-config-map';

class Web extends FluxApp {
  constructor(scope: Cluster) {
    super(scope, 'web');
  }
}

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const web = new Web(home);
const plain = new ApiObject(web, 'plain', { apiVersion: 'v1', kind: 'ConfigMap' });
const map = new ConfigMap(web, 'map');
const deployment = new Deployment(web, 'deployment', { containers: [{ image: 'a' }] });
const secret = new SopsSecret(web, 'secret', { values: { token: SecretValue.env('TOKEN') } });
const source = new GitRepository(web, 'source', { url: 'https://example.com/r', interval: '1m' });
const helped = makeConfigMap(web, 'helped');

function locationAt(constructPath: string): FindingLocation {
  const found = finding({ code: 'construct-invalid', message: 'x', locations: [{ constructPath }] });
  return withSources([found], app, __dirname)[0]?.locations[0] ?? {};
}

describe('the source of a construct', () => {
  it.each([
    ['a cluster', home, 16],
    ['a class of the author', web, 17],
    ['an ApiObject', plain, 18],
    ['a construct of cdk8s-plus', map, 19],
    ['the object that a construct of cdk8s-plus makes', ApiObject.of(deployment), 20],
    ['a secret', secret, 21],
    ['an object of Flux', source, 22],
  ])('is the line of the code that created it: %s', (_, { node }, line) => {
    expect(locationAt(node.path)).toEqual({
      constructPath: node.path,
      source: `source-lines.test.ts:${line}`,
    });
  });

  it('is followed by the line that called the function of another file', () => {
    const location = locationAt(helped.node.path);
    expect(location.source).toBe('make-config-map.ts:6');
    expect(location.calledFrom).toBe('source-lines.test.ts:23');
    expect(formatLocation(location)).toBe(
      'home/web/helped (make-config-map.ts:6, called from source-lines.test.ts:23)',
    );
  });

  it('is that of what the author created around a construct of ours', () => {
    expect(locationAt(`${web.node.path}/Resource`).source).toBe('source-lines.test.ts:17');
  });

  it('is that of the nearest construct if the path leads to none', () => {
    expect(locationAt(`${web.node.path}/gone`).source).toBe('source-lines.test.ts:17');
  });

  it('is unknown if no construct is named', () => {
    const found = finding({ code: 'construct-invalid', message: 'x', locations: [{ file: 'a.yaml' }] });
    expect(withSources([found], app, __dirname)[0]?.locations).toEqual([{ file: 'a.yaml' }]);
  });
});
