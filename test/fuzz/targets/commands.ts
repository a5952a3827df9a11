import { run } from '../../../lib/cli/run';
import { ageIdentity, fixture } from '../../sops/fixtures';
import { checkOutput } from '../check-output';
import type { Corpus } from '../corpus';
import { mutate } from '../mutate';
import { replaceEntry } from '../place-input';
import type { Random } from '../random';
import { CANARY, sameSnapshot, Sandbox, snapshot } from '../sandbox';
import { textOf, type Entry, type Input, type Target } from '../target';
import { mutatedRepository } from './repository-input';

/** The file in an input that contains its command line. */
const COMMAND = 'command line';

const commandLines: readonly (readonly string[])[] = [
  ['check'],
  ['check'],
  ['check', '--format', 'json'],
  ['check', '--format', 'sarif'],
  ['order'],
  ['order', '--format', 'json'],
  ['graph'],
  ['graph', '--check', '--format', 'dot'],
  ['graph', '--format', 'json'],
  ['secrets'],
  ['secrets', '--format', 'json'],
];

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
stringData:
  user: admin
  password: ${CANARY}
`;

const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: db, namespace: shop }
spec:
  interval: 1h
  values:
    auth:
      password: ${CANARY}
  chartRef: { kind: OCIRepository, name: db }
`;

/** Where a link may be, and where it may lead. */
const linkPlaces = [
  'clusters/prod/link.yaml',
  'kustomization.yaml',
  '.sops.yaml',
  'cdk8s-flux.yaml',
  'apps',
  '.sourceignore',
];
const linkTargets = [
  '../canary.txt',
  '../outside/notes.yaml',
  '../outside',
  '.',
  'link',
  '/dev/null',
  'clusters/prod',
];

const oddNames = ['\n::error::x', '\u001b[2J', 'a\r::stop-commands::x', '-o', '\u009b31m'];

let sandbox: Sandbox | undefined;

/** Commands that only read, on a repository on disk with files around it that they must leave alone. */
export const commands: Target = {
  name: 'commands',
  cost: 10,
  input: (random, corpus): Input => {
    const files: Input = {
      ...mutatedRepository(random, corpus),
      ...secretsInput(random, corpus),
      ...configurationInput(random, corpus),
      '.git/config': Buffer.from('[core]\n'),
      '.git/HEAD': Buffer.from('ref: refs/heads/main\n'),
      [COMMAND]: Buffer.from(JSON.stringify(random.pick(commandLines))),
    };
    const odd = oddEntry(random);
    return odd === undefined ? files : replaceEntry(files, ...odd);
  },
  run: async ({ [COMMAND]: command, ...files }) => {
    sandbox ??= new Sandbox();
    sandbox.fill(files);
    const before = snapshot(sandbox.root);
    await runCommand(JSON.parse(textOf({ input: command as Entry })) as string[], sandbox);
    sameSnapshot(snapshot(sandbox.root), before, 'by a command that only reads');
    sandbox.checkAround();
  },
};

async function runCommand(argv: readonly string[], { root, around }: Sandbox): Promise<void> {
  const written = { stdout: '', stderr: '' };
  await run(argv, {
    stdout: (text) => void (written.stdout += text),
    stderr: (text) => void (written.stderr += text),
    cwd: root,
    env: { HOME: around, PATH: '', SOPS_AGE_KEY: ageIdentity('age-1') },
    stderrIsTerminal: false,
    childStreams: 'pipe',
  });
  const isText = argv[0] !== 'graph' && !argv.includes('--format');
  checkOutput({ text: written.stdout, isText });
  checkOutput({ text: written.stderr, isText: true });
}

function secretsInput(random: Random, corpus: Corpus): Input {
  const encrypted = fixture(
    `encrypted/${random.pick(['simple.age-1', 'many.age-1', 'typed-values.age-1'])}.yaml`,
  );
  return {
    'clusters/prod/secret.yaml': mutatedAroundCanary(SECRET, random, corpus),
    'clusters/prod/release.yaml': mutatedAroundCanary(RELEASE, random, corpus),
    'clusters/prod/encrypted.yaml': random.oneIn(2)
      ? mutate(Buffer.from(encrypted), random, random.pick(corpus.encrypted))
      : Buffer.from(encrypted),
  };
}

/** The text above the secret value stays, so that readers of the file still recognize it as one. */
function mutatedAroundCanary(text: string, random: Random, { manifests }: Corpus): Buffer {
  if (random.oneIn(2)) return Buffer.from(text);
  const at = text.indexOf(CANARY);
  const rest = mutate(Buffer.from(text.slice(at + CANARY.length)), random, random.pick(manifests));
  const before = random.oneIn(2)
    ? random.pick(['*', '&', '!', '- ', 'a: b: ', '\t', '"', '{', '|', '? ', '%', '@', '`'])
    : '';
  return Buffer.concat([Buffer.from(`${text.slice(0, at)}${before}${CANARY}`), rest]);
}

function configurationInput(random: Random, corpus: Corpus): Input {
  const files = ['cdk8s-flux.yaml', '.sops.yaml', 'cdk8s.yaml'].flatMap((name) => {
    const sources = corpus.named(name);
    if (sources.length === 0 || !random.oneIn(3)) return [];
    return [[name, mutate(random.pick(sources), random, random.pick(corpus.manifests))] as const];
  });
  return Object.fromEntries(files);
}

/** Sometimes something that is not a file, or a name that is a command to a program that prints it. */
function oddEntry(random: Random): [path: string, entry: Entry] | undefined {
  switch (random.below(12)) {
    case 0:
    case 1:
      return [random.pick(linkPlaces), { link: random.pick(linkTargets) }];
    case 2:
      return [random.pick(['cdk8s-flux.yaml', '.sops.yaml', 'clusters/prod/kustomization.yaml']), 'folder'];
    case 3:
      return [random.pick(['cdk8s-flux.yaml', 'clusters/prod/pipe.yaml', '.sops.yaml']), 'pipe'];
    case 4:
      return [`clusters/prod/${random.pick(oddNames)}.yaml`, Buffer.from(SECRET)];
    default:
      return undefined;
  }
}
