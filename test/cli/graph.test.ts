import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../lib/cli/run';
import { broken, shop } from '../draw/pictures';
import { bootstrap } from '../graph/tree-of';
import { build } from '../tools/built';

const folders: string[] = [];

beforeAll(build, 120_000);
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-graph-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function type(
  cwd: string,
  ...argv: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const outcome = { stdout: '', stderr: '' };
  const code = await run(argv, {
    stdout: (text) => void (outcome.stdout += text),
    stderr: (text) => void (outcome.stderr += text),
    cwd,
    env: {},
    stderrIsTerminal: false,
    childStreams: 'pipe',
  });
  return { code, ...outcome };
}

const ours = { ...bootstrap, ...shop };

describe('cdk8s-flux graph', () => {
  it.each([
    [['graph'], 'flowchart LR\n'],
    [['graph', '--format', 'dot'], 'digraph flux {\n'],
    [['graph', '.', '--format', 'json'], '{\n  "version": 1,\n'],
    [['graph', '--format', 'svg', '--cluster', 'prod'], '<svg xmlns='],
    [['graph', '--entry', 'clusters/prod', '--format', 'html'], '<!doctype html>\n'],
  ])('%j prints a picture', async (argv, start) => {
    const { code, stdout, stderr } = await type(repository(ours), ...argv);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.startsWith(start)).toBe(true);
  });

  it('writes a file in the format of its ending, and creates its folder', async () => {
    const folder = repository(ours);
    const { code, stdout } = await type(folder, 'graph', '-o', 'docs/graph.mmd');
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'docs/graph.mmd'), 'utf8')).toMatch(/^flowchart LR\n/);
  });

  it('writes a chart into a Markdown page, and keeps the rest of it', async () => {
    const page = '# Ours\n\n<!-- cdk8s-flux:graph -->\n<!-- /cdk8s-flux:graph -->\n\nAfter.\n';
    const folder = repository({ ...ours, 'page.md': page });
    for (const name of ['page.md', 'new.md']) {
      expect((await type(folder, 'graph', '-o', name)).code).toBe(0);
      expect(readFileSync(join(folder, name), 'utf8')).toContain('\n```mermaid\nflowchart LR\n');
    }
    expect(readFileSync(join(folder, 'page.md'), 'utf8')).toMatch(/^# Ours\n[^]*\nAfter\.\n$/);
  });

  it('marks what changed since another state', async () => {
    const before = repository(ours);
    const after = repository({ ...ours, ...broken });
    const { stdout } = await type(after, 'graph', '--compare', before);
    expect(stdout).toContain('["flux-system/lonely"]:::kustomization_added');
  });

  it('shows findings at the affected objects', async () => {
    const folder = repository({ ...ours, 'apps/broken.yaml': 'a: [' });
    const { code, stdout } = await type(folder, 'graph', '--format', 'json');
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { code: string }[] };
    expect(findings.map((found) => found.code)).toEqual(['yaml-invalid']);
  });

  it('shows what check reports, without allowed findings', async () => {
    const config =
      'version: 1\nallow: [{ code: plaintext-secret, file: apps/shop.yaml, object: Secret/shop/values, reason: known }]\n';
    const codes = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
      const { stdout } = await type(repository(files), 'graph', '--check', '--format', 'json');
      const { findings } = JSON.parse(stdout) as { findings: { code: string }[] };
      return findings.map((found) => found.code);
    };
    expect(await codes({ ...ours, ...broken })).toContain('plaintext-secret');
    const allowed = await codes({ ...ours, ...broken, 'cdk8s-flux.yaml': config });
    expect(allowed).not.toContain('plaintext-secret');
    expect(allowed).toContain('dependency-missing');
  });

  it('starts from the paths of cdk8s-flux.yaml', async () => {
    const folder = repository({ ...ours, 'cdk8s-flux.yaml': 'version: 1\nentries: [./infrastructure]\n' });
    const { stdout } = await type(folder, 'graph');
    expect(stdout).toContain('cluster infrastructure');
  });

  it.each([
    [['graph', 'empty'], 'entry-missing'],
    [['graph', '--cluster', 'other'], 'cluster-unknown'],
    [['graph', '-o', 'graph.png'], 'picture-format-unknown'],
    [['graph', '-o', 'README.md'], 'picture-markers-missing'],
    [['graph', '-o', 'clusters/prod/apps.yaml/graph.dot'], 'picture-unwritable'],
  ])('fails with 2 and a finding: %j', async (argv, finding) => {
    const folder = repository({ ...ours, 'empty/a.txt': '', 'README.md': '# Ours\n' });
    const { code, stdout, stderr } = await type(folder, ...argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(finding);
  });
});
