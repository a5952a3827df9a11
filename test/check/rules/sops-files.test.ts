import { checkTree } from '../../../lib/check/check-tree';
import { LoadedTree } from '../../../lib/tree/loaded-tree';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { line, lines, type Files } from '../small-repositories';

const bytes = (count: number) => Buffer.alloc(count, 'x').toString('base64');
const enc = (type = 'str') =>
  `ENC[AES256_GCM,data:${bytes(3)},iv:${bytes(32)},tag:${bytes(16)},type:${type}]`;
const sops = `sops:\n  mac: ${enc()}\n  version: 3.10.2\n`;
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: m, namespace: default }\n';
const app: Files = {
  'clusters/prod/a.yaml': fluxKustomization('a', './a', ['decryption: { provider: sops }']),
};

describe('sops-metadata-encrypted', () => {
  const told = (...documents: readonly string[]) =>
    lines('sops-metadata-encrypted', { ...app, 'a/s.yaml': documents.join('---\n') });
  const secret = (more = '') =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: default\n${more}`;

  it('names the first field that is encrypted', () => {
    const text = `apiVersion: v1\nkind: ${enc()}\nmetadata:\n  name: s\n  labels: { a: "${enc()}" }\n${sops}`;
    expect(told(text)).toEqual([
      line(
        'error at a/s.yaml:2 (  kind) is encrypted, so Flux cannot identify the object',
        '=> encrypt the file again with encrypted_regex',
      ),
    ]);
    const labels = `${secret()}${sops}`.replace('  name: s\n', `  name: s\n  labels: { a: "${enc()}" }\n`);
    expect(told(labels)).toEqual([line('(  metadata.labels.a)')]);
    expect(told(labels.replace('apiVersion: v1', `apiVersion: ${enc()}`))).toEqual([line('(  apiVersion)')]);
  });

  const kind = (text: string) => text.replace('kind: Secret', `kind: ${enc()}`);
  it.each([
    ['values', `${secret(`stringData: { a: "${enc()}" }\n`)}${sops}`],
    ['no encryption', `${secret(`stringData: { a: "${enc()}" }\n`)}`],
    ['no field "sops"', kind(secret())],
    ['no apiVersion', kind(secret()).replace('apiVersion: v1\n', '') + sops],
    ['no kind', secret().replace('kind: Secret\n', '').replace('name: s', `name: ${enc()}`) + sops],
    ['no metadata', `apiVersion: v1\nkind: ${enc()}\n${sops}`],
    ['encrypted metadata, all in one', `apiVersion: v1\nkind: Secret\nmetadata: ${enc()}\n${sops}`],
    ['a list', `- ${enc()}\n`],
    ['what is not YAML', `a: [${enc()}\n`],
  ])('passes an object with %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  it('says of a file that nothing builds only what would happen', () => {
    const files = { ...app, 'a/kustomization.yaml': 'resources: []\n', 'a/s.yaml': kind(secret()) + sops };
    expect(lines('sops-metadata-encrypted', files)).toEqual([
      line('info at a/s.yaml:2', 'so a Kustomization that applies the file would fail'),
    ]);
  });

  it('finds the second document', () => {
    expect(told(`a: ${enc()}\n`, kind(secret()) + sops)).toEqual([line('at a/s.yaml:4 (')]);
  });
});

describe('sops-value-not-text', () => {
  const told = (...documents: readonly string[]) =>
    lines('sops-value-not-text', { ...app, 'a/s.yaml': documents.join('---\n') });
  const secret = (data: string, kind = 'Secret') =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: { name: s, namespace: default }\n${data}\n${sops}`;

  it.each(['int', 'float', 'bool'])('finds a value of type %s', (type) => {
    expect(told(secret(`stringData:\n  pin: "${enc(type)}"`))).toEqual([
      line('error at a/s.yaml:', '(Secret s stringData.pin)', `type:${type}`, '=> put the value in quotes'),
    ]);
  });

  it.each([
    ['text', secret(`stringData: { pin: "${enc()}" }`)],
    ['bytes', secret(`data: { pin: "${enc('bytes')}" }`)],
    ['a type in another kind', secret(`data: { pin: "${enc('int')}" }`, 'Widget')],
    ['a type in plain text', secret(`stringData: { pin: "x [,type:int]" }`)],
    ['a list', `- ${enc('int')}\n`],
    ['no metadata', `kind: Secret\nstringData: { pin: "${enc('int')}" }\n`],
    ['what is not YAML', `a: [${enc('int')}\n`],
  ])('passes %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('an encrypted JSON file', () => {
  const json = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'default', labels: { a: enc() } },
    stringData: { pin: enc('int') },
    sops: { mac: enc(), version: '3.10.2' },
  });
  const codes = (listed: string) => {
    const files = {
      ...bootstrap,
      ...app,
      'a/kustomization.yaml': `resources: [${listed}]\n`,
      'a/map.yaml': map,
    };
    const tree = new LoadedTree(treeOf(files).files, new Set(['a/s.json']), () => Buffer.from(json));
    return checkTree(tree)
      .findings.map(({ code, locations: [at] }) => `${code} ${at?.file}`)
      .filter((text) => text.startsWith('sops-'));
  };

  it('is read if a cluster applies it', () => {
    expect(codes('s.json')).toEqual(['sops-metadata-encrypted a/s.json', 'sops-value-not-text a/s.json']);
    expect(codes('map.yaml')).toEqual([]);
  });
});

describe('sops-rule-no-regex', () => {
  const rules = (...all: readonly string[]) =>
    `creation_rules:\n${all.map((rule) => `  - { ${rule}, age: age1x }\n`).join('')}`;
  const told = (files: Files) =>
    lines('sops-rule-no-regex', {
      ...app,
      'a/map.yaml': map,
      ...files,
    });
  const open = rules('path_regex: .*');

  it('shows the rule', () => {
    const two = rules('path_regex: talos/', 'path_regex: secret');
    expect(told({ '.sops.yaml': two })).toEqual([
      line(
        'warning at .sops.yaml:3 (  creation_rules[1]) does not say which values of a manifest to encrypt',
        '=> add encrypted_regex',
      ),
    ]);
  });

  it.each([
    ['.sops.yaml', 1],
    ['.sops.yml', 1],
    ['a/.sops.yaml', 1],
    ['other/.sops.yaml', 0],
    ['x.sops.yaml', 0],
    ['.sops.yaml.bak', 0],
  ])('reads %s', (file, expected) => {
    expect(told({ [file]: open })).toHaveLength(expected);
  });

  it.each([
    ['a rule with a selector', rules('path_regex: .*, encrypted_regex: ^data$'), 0],
    [
      'a rule behind one for all files',
      rules('path_regex: .*, encrypted_regex: ^data$', 'path_regex: secret'),
      0,
    ],
    ['usual names in a folder that Flux builds', rules('path_regex: ^a/secret\\.yaml$'), 1],
    ['usual names in a folder below', rules('path_regex: ^a/secrets/x\\.yaml$'), 1],
    ['usual names beside an object that Flux builds', rules('path_regex: ^b/c/secrets\\.yaml$'), 1],
    ['usual names where Flux starts', rules('path_regex: ^clusters/prod/x\\.sops\\.yaml$'), 1],
    ['usual names at the root, which Flux does not build', rules('path_regex: ^secret\\.yaml$'), 0],
    ['usual names elsewhere', rules('path_regex: ^other/'), 0],
    ['other names', rules('path_regex: ^a/values\\.yaml$'), 0],
    ['a file that it cannot read', 'creation_rules: [', 0],
  ])('judges %s', (_, text, expected) => {
    const more = {
      'a/kustomization.yaml': 'resources: [map.yaml, ../b/c/m.YAML]\n',
      'b/c/m.YAML': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: n, namespace: default }\n',
    };
    expect(told({ '.sops.yaml': text, ...more })).toHaveLength(expected);
  });

  it('asks encrypted manifests alone, if there are any', () => {
    const file = (text: string) => ({ '.sops.yaml': rules('path_regex: secret'), 'a/token.yaml': text });
    const manifest = `apiVersion: v1\nkind: Secret\nmetadata: { name: t, namespace: default }\nstringData: { a: "${enc()}" }\n`;
    expect(told(file(`${manifest}${sops}`))).toEqual([]);
    expect(told(file(manifest))).toHaveLength(1);
    expect(told(file(`a: b\n${sops}`))).toHaveLength(1);
  });
});
