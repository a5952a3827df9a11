import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, fluxKustomization } from '../graph/tree-of';
import { build } from '../tools/built';
import { ProjectFolder } from './project-folder';

const ONE = "const web = new FluxApp(home, 'web'); configMap(web, 'web-settings', { a: 'b' });";
const TWO = `${ONE} configMap(new FluxApp(home, 'api', { dependsOn: [web] }), 'api-settings', { a: 'c' });`;
const BEGIN = '<!-- cdk8s-flux:graph -->';
const END = '<!-- /cdk8s-flux:graph -->';

const folders: ProjectFolder[] = [];

beforeAll(build, 120_000);
afterAll(() => folders.forEach((folder) => folder.remove()));

/** A project whose synth keeps these pictures current. */
function project(
  pictures: readonly string[],
  code: string,
  files: Readonly<Record<string, string>> = {},
): ProjectFolder {
  const folder = new ProjectFolder(code, files);
  folders.push(folder);
  configure(folder, pictures);
  return folder;
}

function configure(folder: ProjectFolder, pictures: readonly string[]): void {
  const list = pictures.map((picture) => `  - ${picture}\n`).join('');
  folder.write('cdk8s-flux.yaml', `version: 1\n${list === '' ? '' : `pictures:\n${list}`}`);
}

const wish = (request: object) => ({
  CDK8S_OUTDIR: 'dist/manifests',
  CDK8S_FLUX_SYNTH: JSON.stringify({ check: false, overwrite: false, ...request }),
});

describe('the configured pictures', () => {
  it('are written by synth, and then are up to date', () => {
    const folder = project(
      ['file: docs/graph.md', 'file: docs/graph.svg', 'file: docs/graph.html'].map((p) => `{ ${p} }`),
      TWO,
    );
    expect(folder.synth().status).toBe(0);
    expect(folder.read('docs/graph.md')).toMatch(
      /^# What Flux applies\n\n<!-- cdk8s-flux:graph -->\n\n```mermaid\nflowchart LR\n[^]*```\n\n<!-- \/cdk8s-flux:graph -->\n$/,
    );
    expect(folder.read('docs/graph.md')).toContain('["cluster home"]');
    expect(folder.read('docs/graph.svg')).toMatch(/^<svg /);
    expect(folder.read('docs/graph.html')).toMatch(/^<!doctype html>/);
    expect(folder.synth().stderr).toContain('up to date');
    expect(folder.synth(wish({ check: true })).status).toBe(0);
  });

  it('follow the code, and synth --check reports them if they do not', () => {
    const folder = project(['{ file: graph.mmd }'], ONE);
    folder.synth();
    expect(folder.read('graph.mmd')).not.toContain('flux-system/api');
    folder.setCode(TWO);
    const check = folder.synth(wish({ check: true }));
    expect([check.status, check.stderr]).toEqual([1, expect.stringContaining('would write graph.mmd')]);
    folder.synth();
    expect(folder.read('graph.mmd')).toMatch(/n\d ==> n\d/);
  });

  it('show the whole repository, including files of bootstrap and of people', () => {
    const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml']?.replaceAll(
      'clusters/prod',
      'cluster-resources/flux',
    );
    const folder = project(['{ file: graph.mmd }'], ONE, {
      'cluster-resources/flux/flux-system/gotk-sync.yaml': sync ?? '',
      'cluster-resources/flux/hand.yaml': fluxKustomization('by-hand', './hand'),
      'hand/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: hand }\n',
    });
    folder.synth();
    expect(folder.read('graph.mmd')).toContain('flux-system/by-hand');
    expect(folder.read('graph.mmd')).toContain('GitRepository<br/>flux-system/flux-system');
  });

  it('do not show what this run removes', () => {
    const folder = project(['{ file: graph.mmd }'], TWO);
    folder.synth();
    folder.setCode(ONE);
    folder.synth();
    expect(folder.read('graph.mmd')).not.toContain('flux-system/api');
    expect(folder.synth().stderr).toContain('up to date');
  });

  it('of one cluster have its name', () => {
    const other = "{ path: './cluster-resources/other-flux', directory: 'cluster-resources/other' }";
    const code = `const other = new Cluster(app, 'other', ${other}); configMap(new FluxApp(other, 'x'), 'x', {});`;
    const folder = project(['{ file: other.mmd, cluster: other }'], `${ONE}\n${code}`);
    expect(folder.synth().status).toBe(0);
    expect(folder.read('other.mmd')).toContain('cluster other');
    expect(folder.read('other.mmd')).not.toContain('cluster home');
  });

  it('stay when they are no longer configured, and are then in no record', () => {
    const folder = project(['{ file: docs/graph.md }', '{ file: docs/graph.mmd }'], ONE);
    folder.synth();
    configure(folder, []);
    expect(folder.synth()).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('record-entry-ignored'),
    });
    expect(folder.files('docs')).toEqual(['docs/graph.md', 'docs/graph.mmd']);
    expect(existsSync(join(folder.path, 'cluster-resources/.cdk8s-flux.json'))).toBe(false);
  });

  it('are not changed by a run for one cluster', () => {
    const folder = project(['{ file: graph.mmd }'], ONE);
    folder.synth();
    const before = folder.read('graph.mmd');
    folder.setCode(TWO);
    folder.synth(wish({ cluster: 'home' }));
    expect(folder.read('graph.mmd')).toBe(before);
    expect(folder.synth().stderr).toContain('2 files written');
  });

  it('cost nothing if none is configured', () => {
    const loaded =
      "process.on('exit', () => console.error(Object.keys(require.cache).filter((file) => /lib.draw/.test(file)).length));";
    const folder = project([], `${ONE}\n${loaded}`);
    expect(folder.synth().stderr).toMatch(/^0$/m);
  });
});

describe('a Markdown file with a picture', () => {
  const page = `# Ours\r\n\r\nBefore.\r\n\r\n${BEGIN}\r\n${END}\r\n\r\nAfter.\r\n`;

  it('gets the picture between its marker lines, and keeps the rest', () => {
    const folder = project(['{ file: docs/ours.md }'], ONE, { 'docs/ours.md': page });
    expect(folder.synth().status).toBe(0);
    const text = folder.read('docs/ours.md');
    expect(text.startsWith('# Ours\r\n\r\nBefore.\r\n\r\n<!--')).toBe(true);
    expect(text.endsWith('-->\r\n\r\nAfter.\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('may be edited around the picture at any time', () => {
    const folder = project(['{ file: docs/ours.md }'], ONE, { 'docs/ours.md': page });
    folder.synth();
    folder.write('docs/ours.md', folder.read('docs/ours.md').replace('After.', 'More.'));
    expect(folder.synth().stderr).toContain('up to date');
    folder.setCode(TWO);
    expect(folder.synth().status).toBe(0);
    expect(folder.read('docs/ours.md')).toMatch(/flux-system\/api[^]*More\.\r\n$/);
  });

  it('fails if the picture itself was edited, and is kept', () => {
    const folder = project(['{ file: docs/ours.md }'], ONE, { 'docs/ours.md': page });
    folder.synth();
    const edited = folder.read('docs/ours.md').replace('flowchart LR', 'flowchart TB');
    folder.write('docs/ours.md', edited);
    const { status, stderr } = folder.synth();
    expect([status, stderr]).toEqual([1, expect.stringContaining('file-edited at docs/ours.md')]);
    expect(folder.read('docs/ours.md')).toBe(edited);
  });

  it('fails without marker lines, before anything is published', () => {
    const folder = project(['{ file: docs/ours.md }'], ONE, { 'docs/ours.md': '# Ours\n' });
    const { status, stderr } = folder.synth();
    expect([status, stderr]).toEqual([1, expect.stringContaining('picture-markers-missing')]);
    expect(existsSync(join(folder.path, 'cluster-resources'))).toBe(false);
  });

  it('is completed after a killed run left a part of it', () => {
    const folder = project(['{ file: docs/graph.md }'], ONE);
    folder.synth();
    const whole = folder.read('docs/graph.md');
    folder.write('docs/graph.md', '');
    expect(folder.synth().status).toBe(0);
    expect(folder.read('docs/graph.md')).toBe(whole);
  });
});

describe('an impossible picture', () => {
  it.each([
    ['{ file: docs/graph.png }', 'picture-format-unknown'],
    ['{ file: ../graph.svg }', 'path-outside-repository'],
    ['{ file: graph.mmd, cluster: nowhere }', 'cluster-unknown'],
    ['{ files: graph.mmd }', 'config-unknown-key'],
  ])('fails before anything is published: %s', (picture, code) => {
    const folder = project([picture], ONE);
    const { status, stderr } = folder.synth();
    expect([status, stderr]).toEqual([1, expect.stringContaining(code)]);
    expect(existsSync(join(folder.path, 'cluster-resources'))).toBe(false);
  });

  it('fails if a person has a file with its name', () => {
    const folder = project(['{ file: graph.mmd }'], ONE, { 'graph.mmd': 'by hand\n' });
    const { status, stderr } = folder.synth();
    expect([status, stderr]).toEqual([1, expect.stringContaining('file-not-ours at graph.mmd')]);
    expect(folder.read('graph.mmd')).toBe('by hand\n');
  });
});
