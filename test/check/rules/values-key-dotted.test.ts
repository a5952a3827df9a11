import { found, lines, object, release, type Files } from '../small-repositories';

const values = (...more: string[]) => release('mail', 'default', 'mail', '  values:', ...more);
const told = (text: string, files: Files = {}) =>
  lines('values-key-dotted', { 'clusters/prod/mail.yaml': text, ...files });

describe('a key with dots in the values of a HelmRelease', () => {
  it('is reported with the keys to nest', () => {
    expect(told(values('    relay.tls.enabled: true'))).toEqual([
      'warning at clusters/prod/mail.yaml:9 (HelmRelease mail spec.values["relay.tls.enabled"]) "relay.tls.enabled" in spec.values is one key and not a path, so the chart does not read it => nest it: relay: { tls: { enabled: ... } }',
    ]);
  });

  it.each([
    ['below the name of a component', 'relay.image.tag: a'],
    ['of all charts', 'global.region: a'],
    ['of a section', 'resources.limits.cpu: 1'],
    ['without more names', 'relay.replicaCount: 2'],
    ['of a key beside it', 'relay: { a: b }', 'relay.host: a'],
  ])('is reported as a path %s', (_, ...keys) => {
    expect(told(values(...keys.map((key) => `    ${key}`)))).toHaveLength(1);
  });

  it.each([
    ['a domain', 'example.com: {}'],
    ['a domain that starts with another key', 'shop: { a: b }', 'shop.local: {}'],
    ['the name of a package', 'org.enabled: true'],
    ['a setting of a program', 'log.retention.hours: 5', 'cluster.name: mail'],
    ['a setting that has a name of charts further down', 'mail.first.image.tag: a', 'mail.image.tagged: b'],
    ['a setting for a text', 'relay.enabled: "true"'],
    ['beside a key that is no map', 'relay: a', 'relay.host: a'],
    ['beside a property that all objects have', 'constructor.host: a'],
  ])('is not reported where it is %s', (_, ...keys) => {
    expect(told(values(...keys.map((key) => `    ${key}`)))).toEqual([]);
  });

  it.each([
    ['the name of a file', values('    relay: { a: b }', '    relay.conf: "a"', '    relay.html.js: "a"')],
    ['a label', values('    relay: { a: b }', '    relay.com/relay: a', '    relay.example-host: a')],
    [
      'no path of names',
      values('    Relay: { a: b }', '    Relay.Enabled: true', '    relay: { a: b }', '    relay.: a'),
    ],
    ['further down', values('    config: { relay.enabled: true }')],
    [
      'for a chart of a Git repository',
      values('    relay.enabled: true').replace('HelmRepository', 'GitRepository'),
    ],
    [
      'for a HelmChart of a Git repository',
      object(
        'source.toolkit.fluxcd.io/v1',
        'HelmChart',
        'mail',
        'default',
        'spec:',
        '  chart: ./mail',
        '  sourceRef: { kind: GitRepository, name: own }',
      ) +
        object(
          'helm.toolkit.fluxcd.io/v2',
          'HelmRelease',
          'mail',
          'default',
          'spec:',
          '  chartRef: { kind: HelmChart, name: mail }',
          '  values:',
          '    relay.enabled: true',
        ),
    ],
  ])('is not reported where it is %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  describe('of a ConfigMap', () => {
    const map = (text: string, kind = 'ConfigMap') =>
      object('v1', kind, 'settings', 'default', 'data:', `  values.yaml: ${JSON.stringify(text)}`);
    const from = (entry: string) => release('mail', 'default', 'mail', `  valuesFrom: [${entry}]`);
    const settings = from('{ kind: ConfigMap, name: settings }');

    it('is reported at the ConfigMap', () => {
      expect(
        found('values-key-dotted', { 'clusters/prod/a.yaml': map('relay.enabled: true\n') + settings }),
      ).toEqual([
        expect.objectContaining({
          message:
            '"relay.enabled" in "values.yaml", which HelmRelease "default/mail" takes its values from, is one key and not a path, so the chart does not read it',
          object: expect.objectContaining({ kind: 'ConfigMap', name: 'settings' }),
        }),
      ]);
    });

    it.each([
      [
        'with a target path',
        map('relay.enabled: true\n') + from('{ kind: ConfigMap, name: settings, targetPath: a }'),
      ],
      ['that is not YAML', map('relay.enabled: [a\n') + settings],
      [
        'without the key',
        map('relay.enabled: true\n') + from('{ kind: ConfigMap, name: settings, valuesKey: b }'),
      ],
      [
        'of a chart from Git',
        map('relay.enabled: true\n') + settings.replace('HelmRepository', 'GitRepository'),
      ],
      ['that is a Secret', map('relay.enabled: true\n', 'Secret') + settings.replace('ConfigMap', 'Secret')],
    ])('is not reported in one %s', (_, text) => {
      expect(told(text)).toEqual([]);
    });
  });
});
