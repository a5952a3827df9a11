import {
  HAND_WRITTEN,
  kustomization,
  removeRepositories,
  repository,
  typeIn,
  type Typed,
} from './command-line';

afterAll(removeRepositories);

/** A secret in a file that is not valid YAML; no output may contain it. */
const CANARY = 'hunter2-canary';

const secret = (lines: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: token\n  namespace: shop\nstringData:\n${lines}\n`;

/** Every way to break a file around a secret. */
const malformed: Readonly<Record<string, string>> = {
  'a duplicate key': secret(`  ${CANARY}: a\n  ${CANARY}: b`),
  'a duplicate key beside it': secret(`  a: ${CANARY}\n  a: ${CANARY}`),
  'a tab': secret(`\ta: ${CANARY}`),
  'bad indentation': secret(`    a: ${CANARY}\n  b: ${CANARY}\n c: ${CANARY}`),
  'two values in a line': secret(`  a: ${CANARY}: ${CANARY}`),
  'an alias': secret(`  a: *${CANARY}`),
  'an alias as a key': secret(`  *${CANARY} : a`),
  'an anchor that contains itself': secret(`  a: &${CANARY} [*${CANARY}]`),
  'two anchors': secret(`  a: &${CANARY} &${CANARY} b`),
  'an undeclared tag': secret(`  a: !${CANARY}!x b`),
  'a tag with bad characters': secret(`  a: !<${CANARY}\\> b`),
  'a tag that does not fit': secret(`  a: !!int ${CANARY}`),
  'two tags': secret(`  a: !${CANARY} !${CANARY} b`),
  'a tag directive twice': `%TAG !${CANARY}! x:\n%TAG !${CANARY}! y:\n---\n${secret('  a: b')}`,
  'a directive without an end': `%${CANARY} x\n${secret('  a: b')}`,
  'a bracket without an end': secret(`  a: [${CANARY}`),
  'a quote without an end': secret(`  a: "${CANARY}`),
  'an escape that does not exist': secret(`  a: "\\q${CANARY}"`),
  'a block without an indicator': secret(`  a: |${CANARY}\n    b`),
  'a key that is a list': secret(`  ? [${CANARY}]\n  : a`),
  'a merge of a text': secret(`  <<: ${CANARY}`),
  'a character that YAML forbids': secret(`  a: ${CANARY}\u0007`),
  'a value that begins with a percent sign': secret(`  a: %${CANARY}`),
  'a value that begins with an at sign': secret(`  a: @${CANARY}`),
  'a conflict': `<<<<<<< ${CANARY}\n${secret(`  a: ${CANARY}`)}=======\nb: 1\n>>>>>>> ${CANARY}\n`,
  'a second document': `${secret('  a: b')}---\n${CANARY}: [${CANARY}`,
  'a text in place of an object': `${CANARY}\n`,
  JSON: `{"kind": "Secret", "stringData": {"a": "${CANARY}" "b"}}\n`,
  'an encrypted file that was edited': secret(
    `  a: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\n  b: *${CANARY}\nsops:\n  mac: x`,
  ),
};

/** Where such a file may be in a folder that Flux applies: among manifests, or in a part of a kustomization. */
const kustomize = (text: string): string => `kind: Kustomization\nresources: [map.yaml]\n${text}`;
const block = (text: string): string => text.replace(/^/gm, '      ');
const places: Readonly<Record<string, (text: string) => Record<string, string>>> = {
  'a manifest': (text) => ({ 'secret.yaml': text }),
  'a kustomization': (text) => ({ 'kustomization.yaml': text }),
  'an inline patch': (text) => ({
    'kustomization.yaml': kustomize(
      `patches:\n  - patch: |\n${block(text)}\n    target: { kind: ConfigMap }\n`,
    ),
  }),
  'a file of a patch': (text) => ({
    'kustomization.yaml': kustomize('patches: [{ path: patch.txt, target: { kind: ConfigMap } }]\n'),
    'patch.txt': text,
  }),
  'a rule of sops': (text) => ({ '.sops.yaml': text }),
  'the values of a chart': (text) => ({
    'values.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: values, namespace: shop }\ndata:\n  values.yaml: |\n${block(text)}\n`,
  }),
};

/** A repository with a separate folder, and a Kustomization that applies it, for each of the broken files. */
function repositoryWith(place: (text: string) => Record<string, string>): string {
  const files: Record<string, string> = { ...HAND_WRITTEN };
  Object.values(malformed).forEach((text, index) => {
    files[`clusters/home/${index}.yaml`] = kustomization(`app-${index}`, `./broken/${index}`);
    files[`broken/${index}/map.yaml`] = HAND_WRITTEN['apps/map.yaml'].replace('settings', `map-${index}`);
    for (const [name, content] of Object.entries(place(text))) files[`broken/${index}/${name}`] = content;
  });
  return repository(files);
}

const formats = (command: string[], ...names: string[]): string[][] =>
  names.map((name) => [...command, '--format', name]);
const commands = [
  ...formats(['check'], 'text', 'json', 'sarif'),
  ...formats(['order'], 'text', 'json'),
  ...formats(['secrets'], 'text', 'json'),
  ['secrets', 'rotate'],
  ...formats(['graph', '--check'], 'mermaid', 'dot', 'json', 'svg', 'html'),
];

const linesWithCanary = ({ stdout, stderr }: Typed): string[] =>
  `${stdout}${stderr}`.split('\n').filter((line) => line.includes(CANARY));

describe('a file that is not valid YAML', () => {
  it.each(commands.map((command) => [command.join(' ')]))('is not quoted by %s', async (command) => {
    const folder = repositoryWith((text) => ({ 'secret.yaml': text }));
    expect(linesWithCanary(await typeIn(folder, {}, ...command.split(' ')))).toEqual([]);
  });

  it.each(Object.keys(places))('is not quoted wherever it is: in %s', async (place) => {
    const folder = repositoryWith(places[place] ?? (() => ({})));
    for (const command of [['check'], ['check', '--format', 'json'], ['order'], ['secrets']])
      expect([command, linesWithCanary(await typeIn(folder, {}, ...command))]).toEqual([command, []]);
  });

  it('is reported by its line and column', async () => {
    const folder = repository({ ...HAND_WRITTEN, 'apps/secret.yaml': malformed['an alias'] ?? '' });
    const { stdout } = await typeIn(folder, {}, 'check', '--format', 'json');
    const { findings } = JSON.parse(stdout) as { findings: { code: string; locations: unknown[] }[] };
    const invalid = findings.find(({ code }) => code === 'yaml-invalid');
    expect(invalid?.locations).toEqual([{ file: 'apps/secret.yaml', line: 7, column: 7 }]);
  });
});
