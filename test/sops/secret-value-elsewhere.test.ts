import { ApiObject } from 'cdk8s';
import { FluxApp, HelmRelease, HelmRepository, SecretValue } from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { homeCluster } from '../delivery/home-cluster';

describe('a SecretValue outside of a Secret that is encrypted', () => {
  it.each([
    ['an environment variable', SecretValue.env('TOKEN_OF_NOBODY')],
    ['a literal', SecretValue.literal('hush-hush')],
    ['a command', SecretValue.command(['false'])],
    ['a generated value', SecretValue.generate()],
  ])('fails, and is not looked up: %s', (_, value) => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'app', { namespace: 'web' });
    const sourceRef = new HelmRepository(app, 'charts', { url: 'https://example.com', interval: '1h' });
    new HelmRelease(app, 'release', {
      interval: '1h',
      chart: { spec: { chart: 'a', version: '1.0.0', sourceRef } },
      values: { auth: { password: value } },
    });
    new ApiObject(app, 'map', { apiVersion: 'v1', kind: 'ConfigMap', data: { value } });
    const { findings, tree } = planApp(cluster.node.root);
    expect(findings.map(({ code, field, message }) => [code, field, message])).toEqual([
      ['value-not-plain', undefined, 'got a SecretValue; must be plain data'],
      ['value-not-plain', 'spec.values.auth.password', 'got a SecretValue; must be plain data'],
    ]);
    expect(findings.every(({ hint }) => hint?.includes('put the value into a SopsSecret'))).toBe(true);
    expect(tree.files.some(({ bytes }) => bytes.includes('hush'))).toBe(false);
  });
});
