import { found, lines, object, release, type Files } from './small-repositories';

const values = (...more: string[]) => release('mail', 'default', 'mail', '  values:', ...more);
const told = (text: string, files: Files = {}) =>
  lines('values-key-dotted', { 'clusters/prod/mail.yaml': text, ...files });

describe('a key with dots in the values of a HelmRelease', () => {
  it('is reported with the keys to nest', () => {
    expect(told(values('    relay.tls.enabled: true'))).toEqual([
      'warning at clusters/prod/mail.yaml:8 (HelmRelease mail spec.values) "relay.tls.enabled" in spec.values is one key and not a path, so the chart does not read it => nest it: relay: { tls: { enabled: ... } }',
    ]);
  });

  it.each([
    ['the name of a file', values('    relay.conf: "a"', '    page.html.js: "a"')],
    ['a label', values('    example.com/relay: a', '    relay.example-host: a')],
    ['no path of names', values('    Relay.Enabled: true', '    10.0.0.1: a', '    relay.: a')],
    ['further down', values('    config: { relay.enabled: true }')],
    [
      'for a chart of a Git repository',
      values('    relay.enabled: true').replace('HelmRepository', 'GitRepository'),
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
      expect(found('values-key-dotted', { 'clusters/prod/a.yaml': map('relay.on: a\n') + settings })).toEqual(
        [
          expect.objectContaining({
            message:
              '"relay.on" in "values.yaml", which HelmRelease "default/mail" takes its values from, is one key and not a path, so the chart does not read it',
            object: expect.objectContaining({ kind: 'ConfigMap', name: 'settings' }),
          }),
        ],
      );
    });

    it.each([
      [
        'with a target path',
        map('relay.on: a\n') + from('{ kind: ConfigMap, name: settings, targetPath: a }'),
      ],
      ['that is not YAML', map('relay.on: [a\n') + settings],
      ['without the key', map('relay.on: a\n') + from('{ kind: ConfigMap, name: settings, valuesKey: b }')],
      ['of a chart from Git', map('relay.on: a\n') + settings.replace('HelmRepository', 'GitRepository')],
      ['that is a Secret', map('relay.on: a\n', 'Secret') + settings.replace('ConfigMap', 'Secret')],
    ])('is not reported in one %s', (_, text) => {
      expect(told(text)).toEqual([]);
    });
  });
});
