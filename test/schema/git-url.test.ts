import { validateObject } from '../../lib/schema/validate-object';
import { changed, minimal } from './objects';

const judge = (url: string, apiVersion = 'source.toolkit.fluxcd.io/v1', options = {}) =>
  validateObject(
    changed(minimal.GitRepository!(), ['spec.url', url], ['apiVersion', apiVersion]),
    options,
  ).filter(({ field }) => field === 'spec.url');

describe('the URL of a GitRepository', () => {
  it.each([
    ['ssh://git@github.com:acme/fleet.git', 'github.com:'],
    ['https://github.com:acme/fleet', 'github.com:'],
    ['https://u:p@git.acme.io:fleet.git', 'git.acme.io:'],
    ['ssh://git@github.com:22acme/fleet', 'github.com:'],
  ])('fails on a path where the port is: %s', (url, host) => {
    const message = `only a port number can follow "${host}", so Flux cannot parse the URL`;
    const found = [expect.objectContaining({ code: 'url-invalid', message })];
    expect(judge(url)).toEqual(found);
    expect(judge(url, 'source.toolkit.fluxcd.io/v1beta2')).toEqual(found);
  });

  it.each([
    'ssh://git@github.com:22/acme/fleet.git',
    'ssh://git@github.com:/acme/fleet.git',
    'https://u:p@git.acme.io/fleet',
    'https://u:p@git.acme.io:8443/a:b',
    'http://[::1]:8080/fleet',
    'https://git.acme.io?a=b:c',
  ])('accepts %s', (url) => {
    expect(judge(url)).toEqual([]);
    expect(judge(url, 'source.toolkit.fluxcd.io/v1beta1')).toEqual([]);
  });

  it('accepts a variable if Flux substitutes', () => {
    expect(judge('https://${HOST}:${PORT}/fleet', undefined, { substitutions: true })).toEqual([]);
  });

  it('fails on other forms in each API version once', () => {
    const scp = 'git@github.com:acme/fleet.git';
    const hint = 'write it as "ssh://git@github.com/acme/fleet.git"';
    expect(judge(scp)).toMatchObject([{ code: 'schema-pattern', hint }]);
    expect(judge(scp, 'source.toolkit.fluxcd.io/v1beta2')).toMatchObject([{ code: 'url-invalid', hint }]);
    expect(judge('<https://acme.io/fleet>', 'source.toolkit.fluxcd.io/v1beta1')).toMatchObject([
      { code: 'url-invalid', hint: 'start it with "http://" or "https://" or "ssh://"' },
    ]);
  });

  it('asks nothing of other kinds and groups', () => {
    const of = (apiVersion: string, kind: string) =>
      validateObject(
        changed(minimal.GitRepository!(), ['kind', kind], ['apiVersion', apiVersion], ['spec.url', 'a:b']),
      ).filter(({ code }) => code === 'url-invalid');
    expect(of('source.toolkit.fluxcd.io/v1beta1', 'HelmRepository')).toEqual([]);
    expect(of('acme.io/v1', 'GitRepository')).toEqual([]);
  });
});
