import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../lib/cli/io';
import { run } from '../../lib/cli/run';
import { synthRequestFromEnv } from '../../lib/config/synth-request';
import { writeFiles } from '../tools/write-files';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-cli-')));
  mkdirSync(join(root, '.git'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string>>) => writeFiles(root, files);

/** Runs a command line as typed in a folder of the test's repository. */
async function type(line: string, folder = '.', io: Partial<Io> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(line.split(' ').filter(Boolean), {
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    cwd: join(root, folder),
    env: process.env,
    stderrIsTerminal: false,
    childStreams: 'pipe',
    ...io,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** An app that records how it was run, creates its scratch folder, prints something, and ends with a code. */
function app(exitCode: string): string {
  return `
    const { mkdirSync, writeFileSync } = require('node:fs');
    const { CDK8S_OUTDIR, CDK8S_FLUX_SYNTH, CDK8S_RECORD_CONSTRUCT_METADATA } = process.env;
    const env = { CDK8S_OUTDIR, CDK8S_FLUX_SYNTH, CDK8S_RECORD_CONSTRUCT_METADATA };
    writeFileSync('ran.json', JSON.stringify({ cwd: process.cwd(), env }));
    mkdirSync(CDK8S_OUTDIR, { recursive: true });
    console.log('to stdout');
    console.error('to stderr');
    ${exitCode};
  `;
}

function project(exitCode = 'process.exitCode = 0'): void {
  write({ 'cdk8s.yaml': 'app: node app.cjs\noutput: dist/manifests\n', 'app.cjs': app(exitCode) });
}

function ran(folder = '.'): { cwd: string; env: Record<string, string | undefined> } {
  return JSON.parse(readFileSync(join(root, folder, 'ran.json'), 'utf8')) as ReturnType<typeof ran>;
}

describe('the command line', () => {
  it('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    for (const flag of ['--version', '-v', '-V']) {
      expect(await type(flag)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it.each(['--help', '-h', 'help', 'synth --help', 'synth -h', 'help synth'])(
    'prints help to stdout for %j',
    async (line) => {
      const { code, stdout, stderr } = await type(line);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: cdk8s-flux /);
    },
  );

  it('has an example for every verb', async () => {
    const { stdout } = await type('--help');
    const verbs = [...(stdout.split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z-]+) /gm)].map(
      ([, verb]) => verb,
    );
    expect(verbs).toContain('synth');
    for (const verb of verbs.filter((name) => name !== 'help')) {
      expect((await type(`${verb} --help`)).stdout).toContain(`\nExamples:\n  cdk8s-flux ${verb}`);
    }
  });

  it.each([
    ['', 'Usage: cdk8s-flux [options] [command]'],
    ['synht', "error: unknown command 'synht'\n(Did you mean synth?)\n"],
    ['--versoin', "error: unknown option '--versoin'\n(Did you mean --version?)\n"],
    ['synth --chek', "error: unknown option '--chek'\n(Did you mean --check?)\n"],
    ['synth extra', "error: too many arguments for 'synth'. Expected 0 arguments but got 1.\n"],
    ['synth --cluster', "error: option '--cluster <name>' argument missing\n"],
    [
      'synth --check --overwrite',
      "error: option '--check' cannot be used with option '--overwrite [paths...]'\n",
    ],
  ])('fails with 2 and one clear error on %j', async (line, message) => {
    project();
    const { code, stdout, stderr } = await type(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(message)).toBe(true);
    expect(existsSync(join(root, 'ran.json'))).toBe(false);
  });
});

describe('synth', () => {
  it.each([
    ['synth', { check: false, overwrite: false }],
    ['synth --check', { check: true, overwrite: false }],
    ['synth --overwrite', { check: false, overwrite: true }],
    ['synth --overwrite ./a/b.yaml c/', { check: false, overwrite: ['a/b.yaml', 'c'] }],
    ['synth --overwrite --cluster home', { check: false, overwrite: true, cluster: 'home' }],
    ['synth --cluster=home --check', { check: true, overwrite: false, cluster: 'home' }],
  ])('%s asks the app for %j', async (line, request) => {
    project();
    expect(await type(line)).toEqual({ code: 0, stdout: 'to stdout\n', stderr: 'to stderr\n' });
    expect(synthRequestFromEnv(ran().env)).toEqual({ ...request, resultFile: expect.any(String) as string });
  });

  it('accepts absolute paths to overwrite', async () => {
    project();
    await type(`synth --overwrite ${join(root, 'a/b.yaml')}`);
    expect(synthRequestFromEnv(ran().env)?.overwrite).toEqual(['a/b.yaml']);
  });

  it('runs the app as cdk8s does, in the folder of cdk8s.yaml', async () => {
    write({ 'infra/cdk8s.yaml': 'app: node app.cjs\n', 'infra/app.cjs': app(''), 'infra/lib/x.ts': '' });
    expect((await type('synth', 'infra/lib')).code).toBe(0);
    expect(ran('infra').cwd).toBe(join(root, 'infra'));
    expect(ran('infra').env).toMatchObject({
      CDK8S_OUTDIR: 'dist',
      CDK8S_RECORD_CONSTRUCT_METADATA: 'false',
    });
  });

  it.each([
    ['0', 0],
    ['2', 2],
  ])('ends with %s if the app does', async (code, expected) => {
    project(`process.exit(${code})`);
    expect(await type('synth')).toEqual({ code: expected, stdout: 'to stdout\n', stderr: 'to stderr\n' });
  });

  it.each([
    ['process.exit(1)', 'ended with exit code 1'],
    ['process.exit(77)', 'ended with exit code 77'],
    ["process.kill(process.pid, 'SIGKILL')", /was ended by SIGKILL|ended with exit code 137/],
  ])('fails with 2 and says so if the app does %s', async (exitCode, reason) => {
    project(exitCode);
    const { code, stderr } = await type('synth');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^to stderr\n(Killed\n)?error: app-failed\n {2}the command "node app\.cjs" of cdk8s\.yaml /,
    );
    expect(stderr).toMatch(reason);
  });

  it.each(['synth', 'synth --check'])('fails on %j if the app synthesizes nothing', async (line) => {
    write({ 'cdk8s.yaml': 'app: node app.cjs\noutput: dist/manifests\n', 'app.cjs': '' });
    const { code, stderr } = await type(line);
    expect(code).toBe(2);
    expect(stderr).toContain('synthesized nothing\n  fix: call synth() of the GitOpsApp');
  });

  it.each<[string, Record<string, string>, string]>([
    ['there is no cdk8s.yaml', {}, 'error: cdk8s-config-missing\n'],
    [
      'cdk8s.yaml names no app',
      { 'cdk8s.yaml': 'output: x\n' },
      'error: cdk8s-config-invalid at cdk8s.yaml\n  app: ',
    ],
    [
      'the configuration is wrong',
      { 'cdk8s.yaml': 'app: node app.cjs\n', 'cdk8s-flux.yaml': 'version: 1\nouput: x\n' },
      'error: config-unknown-key at cdk8s-flux.yaml:2\n',
    ],
  ])('fails with 2 if %s', async (_, files, message) => {
    write({ 'app.cjs': app(''), ...files });
    const { code, stderr } = await type('synth');
    expect(code).toBe(2);
    expect(stderr.startsWith(message)).toBe(true);
    expect(existsSync(join(root, 'ran.json'))).toBe(false);
  });

  it.each([
    ['the published folder', 'cluster-resources', 'cluster-resources'],
    ['a folder in it', 'cluster-resources/dist', 'cluster-resources'],
    ['a folder that holds it', 'out', 'out/published'],
    ['the project', '.', 'cluster-resources'],
    ['a folder above', '..', 'cluster-resources'],
  ])('fails and deletes nothing if the output of cdk8s.yaml is %s', async (_, output, published) => {
    write({
      'cdk8s.yaml': `app: node app.cjs\noutput: ${output}\n`,
      'cdk8s-flux.yaml': `version: 1\noutput: ${published}\n`,
      'app.cjs': app(''),
      [`${published}/dist/kept.yaml`]: 'kept',
    });
    const { code, stderr } = await type('synth');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: scratch-folder-unsafe at cdk8s\.yaml\n/);
    expect(stderr).toContain('"output: dist/manifests"');
    expect(existsSync(join(root, published, 'dist/kept.yaml'))).toBe(true);
  });

  it('may have its scratch folder in the repository if that is published', async () => {
    project();
    write({ 'cdk8s-flux.yaml': 'version: 1\noutput: .\n' });
    expect((await type('synth')).code).toBe(0);
  });

  it('fails on a path to overwrite outside the repository', async () => {
    project();
    const { code, stderr } = await type('synth --overwrite ../x');
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'error: path-outside-repository']);
  });
});

describe('the result of synth', () => {
  const left = `require('node:fs').writeFileSync(JSON.parse(CDK8S_FLUX_SYNTH).resultFile, '{"written":["a.yaml"],"removed":[],"kept":[],"findings":[]}')`;

  it('is printed as JSON, for an app that prints errors only', async () => {
    project(left);
    const { code, stdout } = await type('synth --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout.replace('to stdout\n', ''))).toEqual({
      written: ['a.yaml'],
      removed: [],
      kept: [],
      findings: [],
    });
    expect(synthRequestFromEnv(ran().env)?.quiet).toBe(true);
  });

  it('passes exit code 1 on, which means that there are findings', async () => {
    project(`${left}; process.exitCode = 1`);
    expect(await type('synth')).toEqual({ code: 1, stdout: 'to stdout\n', stderr: 'to stderr\n' });
  });

  it('is read from a file that is then removed', async () => {
    project(left);
    await type('synth');
    expect(existsSync(dirname(synthRequestFromEnv(ran().env)?.resultFile as string))).toBe(false);
  });
});

describe('colours', () => {
  const red = '\u001b[31merror: cdk8s-config-missing\u001b[39m\n';

  it.each([
    ['a terminal', { stderrIsTerminal: true, env: {} }, true],
    ['a terminal with NO_COLOR', { stderrIsTerminal: true, env: { NO_COLOR: '1' } }, false],
    ['a terminal with an empty NO_COLOR', { stderrIsTerminal: true, env: { NO_COLOR: '' } }, true],
    ['a file', { stderrIsTerminal: false, env: {} }, false],
    ['a file with FORCE_COLOR', { stderrIsTerminal: false, env: { FORCE_COLOR: '1' } }, true],
    ['a terminal with FORCE_COLOR=0', { stderrIsTerminal: true, env: { FORCE_COLOR: '0' } }, false],
  ])('on %s', async (_, io, coloured) => {
    const { stderr } = await type('synth', '.', io);
    expect(stderr.startsWith(red)).toBe(coloured);
    expect(stderr.includes('\u001b')).toBe(coloured);
  });
});
