import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printScratchMarker, SCRATCH_MARKER } from '../../lib/config/scratch-marker';
import { run } from '../../lib/cli/run';
import { writeFiles } from '../tools/write-files';

let home: string;
let root: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-scratch-')));
  root = join(home, 'repository');
  write({ 'repository/.git/HEAD': 'ref: refs/heads/main\n' });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string>>) => writeFiles(home, files);

/** Everything below the repository's parent, with contents. */
function everything(): Record<string, string> {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(file, 'utf8')]));
}

/** Runs `synth` with an app that writes one file to the scratch folder, as this version of the library does. */
async function synth(output: string): Promise<{ code: number; stderr: string }> {
  const content = 'apiVersion: v1\nkind: New\n';
  const marker = printScratchMarker([{ name: 'home.k8s.yaml', content: Buffer.from(content) }]);
  write({
    'repository/cdk8s.yaml': `app: node app.cjs\noutput: ${output}\n`,
    'repository/app.cjs': `
      const { mkdirSync, writeFileSync } = require('node:fs');
      const folder = process.env.CDK8S_OUTDIR;
      mkdirSync(folder, { recursive: true });
      writeFileSync(folder + '/${SCRATCH_MARKER}', ${JSON.stringify(marker)});
      writeFileSync(folder + '/home.k8s.yaml', ${JSON.stringify(content)});`,
  });
  const err: string[] = [];
  const io = { stdout: () => undefined, stderr: (text: string) => void err.push(text), env: process.env };
  const code = await run(['synth'], { ...io, cwd: root, stderrIsTerminal: false, childStreams: 'pipe' });
  return { code, stderr: err.join('') };
}

const files = (folder: string): string[] => readdirSync(join(root, folder)).sort();

describe('the scratch folder of synth', () => {
  it('is created if there is none, and contains only what the last run wrote', async () => {
    expect(await synth('dist/manifests/')).toEqual({ code: 0, stderr: '' });
    const old = 'apiVersion: v1\nkind: Old\n';
    const entries = ['home', 'gone'].map((name) => ({ name: `${name}.k8s.yaml`, content: Buffer.from(old) }));
    write({
      'repository/dist/manifests/home.k8s.yaml': old,
      'repository/dist/manifests/gone.k8s.yaml': old,
      [`repository/dist/manifests/${SCRATCH_MARKER}`]: printScratchMarker(entries),
    });
    expect(await synth('./dist/manifests')).toEqual({ code: 0, stderr: '' });
    expect(files('dist/manifests')).toEqual([SCRATCH_MARKER, 'home.k8s.yaml']);
  });

  it('keeps files that others put beside those of the last run, and files that they changed', async () => {
    await synth('dist');
    write({
      'repository/dist/notes.txt': 'mine',
      'repository/dist/mine.k8s.yaml': 'mine',
      'repository/dist/sub/x.k8s.yaml': 'mine',
    });
    const marker = [{ name: 'mine.k8s.yaml', content: Buffer.from('other') }];
    write({ [`repository/dist/${SCRATCH_MARKER}`]: printScratchMarker(marker) });
    expect((await synth('dist')).code).toBe(0);
    expect(files('dist')).toEqual([SCRATCH_MARKER, 'home.k8s.yaml', 'mine.k8s.yaml', 'notes.txt', 'sub']);
  });

  it('is adopted from cdk8s without a marker, and nothing in it is removed', async () => {
    write({
      'repository/dist/app.k8s.yaml': 'apiVersion: v1\nkind: Old\n',
      'repository/dist/Chart/Deployment.x.k8s.yaml': 'apiVersion: apps/v1\nkind: Old\n',
      'repository/dist/empty.k8s.yaml': '',
      'repository/dist/construct-metadata.json': '{}',
      'repository/dist/.gitignore': '*\n',
    });
    const before = everything();
    expect(await synth('dist')).toEqual({ code: 0, stderr: '' });
    expect(everything()).toMatchObject(before);
  });

  it.each([
    ['a folder of sources', { 'src/hand.ts': 'x' }, 'src', '"hand.ts"'],
    [
      'a folder with one file of someone',
      { 'dist/a.k8s.yaml': 'apiVersion: v1\n', 'dist/b.js': 'x' },
      'dist',
      '"b.js"',
    ],
    ['manifests with comments', { 'dist/a.k8s.yaml': 'apiVersion: v1\n# mine\n' }, 'dist', '"a.k8s.yaml"'],
    ['other files of this name', { 'dist/a.k8s.yaml': 'mine: x\n' }, 'dist', '"a.k8s.yaml"'],
    ['a deep folder', { 'a/b/c/d.txt': 'x' }, 'a', '"b/c/d.txt"'],
    [
      'a folder of many',
      { 'x/1': '', 'x/2': '', 'x/3': '', 'x/4': '', 'x/5': '' },
      'x',
      '"1", "2", "3" and more',
    ],
    ['the folder of git', {}, '.git', 'git keeps its own files there'],
    ['a folder in that of git', {}, './.git/hooks', 'git keeps its own files there'],
    ['a folder outside', { '../outside/x': '' }, '../outside', 'is outside the repository'],
    ['a new folder outside', {}, '../outside', 'is outside the repository'],
    ['an absolute path outside', {}, join(tmpdir(), 'cdk8s-flux-none'), 'is outside the repository'],
    ['the parent', {}, 'src/../..', 'contains files that must be kept'],
    ['the root, with slashes', {}, './/', 'contains files that must be kept'],
    ['a file', { dist: 'mine' }, 'dist', 'is not a folder'],
  ] as [string, Record<string, string>, string, string][])(
    'fails and removes nothing if cdk8s.yaml names %s',
    async (_, given, output, reason) => {
      write(
        Object.fromEntries(Object.entries(given).map(([path, text]) => [join('repository', path), text])),
      );
      const before = everything();
      const { code, stderr } = await synth(output);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: scratch-folder-unsafe at cdk8s\.yaml\n/);
      expect(stderr).toContain(reason);
      expect(stderr).toContain('"output: dist/manifests"');
      expect(everything()).toMatchObject(before);
    },
  );

  it.each([
    ['outside', '../outside', 'dist', 'is outside the repository'],
    ['to sources', 'src', 'dist', 'is a symbolic link'],
    ['outside, above the folder', '../outside', 'dist/manifests', 'is outside the repository'],
    ['to the folder of git', '.git', 'dist/hooks', 'git keeps its own files there'],
    ['to nowhere', 'gone', 'dist', 'is a symbolic link'],
  ])('fails and removes nothing through a link %s', async (_, target, output, reason) => {
    write({ 'outside/x.k8s.yaml': 'x', 'repository/src/hand.ts': 'x' });
    symlinkSync(target, join(root, 'dist'));
    const before = everything();
    const { code, stderr } = await synth(output);
    expect([code, stderr.includes(reason)]).toEqual([2, true]);
    expect(everything()).toMatchObject(before);
  });

  it.each([
    ['files outside it', { '../../key': '', '../src/hand.ts': '', '/etc/passwd': '', 'sub/x.k8s.yaml': '' }],
    ['files that synth never writes', { 'hand.ts': '', '.env': '', '.k8s.yaml': '' }],
    ['a link', { 'link.k8s.yaml': '' }],
  ])('keeps %s that a marker in the repository lists', async (_, listed) => {
    write({
      key: 'x',
      'repository/src/hand.ts': 'x',
      'repository/dist/hand.ts': 'x',
      'repository/dist/.env': 'x',
    });
    write({ 'repository/dist/.k8s.yaml': 'x', 'repository/dist/sub/x.k8s.yaml': 'x' });
    symlinkSync('hand.ts', join(root, 'dist/link.k8s.yaml'));
    const marker = printScratchMarker(
      Object.keys(listed).map((name) => ({ name, content: Buffer.from('x') })),
    );
    write({ [`repository/dist/${SCRATCH_MARKER}`]: marker });
    const before = everything();
    expect((await synth('dist')).code).toBe(0);
    const { [join(root, 'dist', SCRATCH_MARKER)]: old, ...kept } = before;
    expect(old).toBeDefined();
    expect(everything()).toMatchObject(kept);
    expect(existsSync(join(root, 'dist/link.k8s.yaml'))).toBe(true);
  });

  it.each(['', 'null', '[]', '{"files":{"home.k8s.yaml":null}}', '{"files":[1]}', '\0'])(
    'may have a truncated or malformed marker: %j',
    async (text) => {
      write({ [`repository/dist/${SCRATCH_MARKER}`]: text, 'repository/dist/x.txt': 'mine' });
      expect(await synth('dist')).toEqual({ code: 0, stderr: '' });
      expect(files('dist')).toEqual([SCRATCH_MARKER, 'home.k8s.yaml', 'x.txt']);
    },
  );

  (process.getuid?.() === 0 ? it.skip : it)('fails with one finding if it may not be emptied', async () => {
    await synth('dist');
    chmodSync(join(root, 'dist'), 0o500);
    const { code, stderr } = await synth('dist');
    chmodSync(join(root, 'dist'), 0o700);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: scratch-folder-unwritable\n/)]);
  });
});
