import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { root as project } from '../../docs/pages';
import { checkOutput } from '../check-output';
import type { Corpus } from '../corpus';
import { mutate } from '../mutate';
import type { Random } from '../random';
import { Sandbox, snapshot } from '../sandbox';
import type { Input, Target } from '../target';
import { checkKept, KEPT } from './publishing';

const APP = `
const { Cluster, FluxApp, GitOpsApp } = require(${JSON.stringify(join(project, 'dist/lib/index.js'))});
const { ApiObject } = require(${JSON.stringify(join(project, 'node_modules/cdk8s'))});
const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const shop = new FluxApp(home, 'shop', { path: './cluster-resources/shop' });
new ApiObject(shop, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default' }, data: { a: '1' } });
app.synth();
`;

/** Scratch folders that `cdk8s.yaml` may name; every one is inside the sandbox. */
const outputs = [
  'dist/manifests',
  'dist',
  'src',
  '.git',
  '.',
  '..',
  '../outside',
  'cluster-resources',
  'link',
  'a/../src',
];

const configurations = [
  'version: 1\n',
  'version: 1\noutput: cluster-resources\nentries: [cluster-resources/flux]\n',
  'version: 1\nsopsRules: true\npictures:\n  - file: docs/graph.md\n',
  'version: 1\npictures:\n  - file: .git/config\n  - file: cluster-resources/.cdk8s-flux.json\n',
  'version: 1\noutput: ../outside\n',
  'version: 1\nroot: ..\n',
];

/** The files of a project before any change: everything that it needs, and everything that must be kept. */
const BASE: Readonly<Record<string, string>> = {
  ...KEPT,
  'app.js': APP,
  'cdk8s.yaml': 'app: node app.js\noutput: dist/manifests\n',
  'cdk8s-flux.yaml': 'version: 1\n',
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[core]\n',
  '.git/objects/info/packs': '\n',
};

let sandbox: Sandbox | undefined;
let published: ReadonlyMap<string, string> | undefined;

/** The command synth in separate processes, on a project that was published before and that somebody has changed. */
export const synth: Target = {
  name: 'synth',
  cost: 50,
  waitSeconds: 90,
  input: (random, corpus): Input => {
    published ??= publishOnce();
    const texts = Object.entries({ ...Object.fromEntries(published), ...BASE });
    const files = Object.fromEntries(texts.map(([path, text]) => [path, Buffer.from(text)]));
    return { ...files, ...changedInput(random, corpus, files) };
  },
  run: (input) => {
    sandbox ??= new Sandbox();
    sandbox.fill(input);
    runSynth(sandbox);
    sandbox.checkAround();
    checkKept(sandbox.root, input);
  },
};

function changedInput(random: Random, { manifests }: Corpus, files: Readonly<Record<string, Buffer>>): Input {
  const changed: Record<string, Input[string]> = {};
  const output = random.oneIn(3) ? random.pick(outputs) : 'dist/manifests';
  changed['cdk8s.yaml'] = Buffer.from(`app: node app.js\noutput: ${output}\n`);
  const configuration = Buffer.from(random.pick(configurations));
  changed['cdk8s-flux.yaml'] = random.oneIn(3) ? mutate(configuration, random, configuration) : configuration;
  const ours = Object.keys(files).filter((path) => path.startsWith('cluster-resources/'));
  for (let left = random.below(3); left > 0; left -= 1) {
    const path = random.pick(ours);
    changed[path] = mutate(files[path] as Buffer, random, random.pick(manifests));
  }
  if (random.oneIn(6)) changed['link'] = { link: random.pick(['../outside', '.', 'src', 'nowhere']) };
  if (random.oneIn(6))
    changed['.sops.yaml'] = random.pick<Input[string]>([{ link: '../canary.txt' }, 'folder', 'pipe']);
  return changed;
}

function publishOnce(): Map<string, string> {
  sandbox ??= new Sandbox();
  sandbox.fill(Object.fromEntries(Object.entries(BASE).map(([path, text]) => [path, Buffer.from(text)])));
  const code = runSynth(sandbox);
  if (code !== 0) throw new Error(`a first synth ended with ${code}`);
  return snapshot(sandbox.root, (path) => !path.startsWith('cluster-resources'));
}

function runSynth({ root, around }: Sandbox): number | null {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, 'dist/lib/cli/bin.js'), 'synth'],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
      env: {
        PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: around,
        NODE_OPTIONS: '--max-old-space-size=320',
      },
    },
  );
  for (const text of [stdout, stderr]) checkOutput({ text, isText: true });
  if (signal !== null) throw new Error(`synth does not end (${signal})`);
  if (status === null || status > 2) throw new Error(`synth ended with ${status}: ${stderr}`);
  if (/^\s+at .*\.js:\d+/m.test(stderr)) throw new Error(`synth shows a stack: ${stderr}`);
  return status;
}
