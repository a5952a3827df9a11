import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkKey, RememberedFindings } from '../../lib/app/remembered-findings';
import { finding } from '../../lib/findings/finding';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import { build } from '../tools/built';
import { ProjectFolder } from './project-folder';

const KEY = 'a'.repeat(64);
const found = [finding({ code: 'crd-race', message: 'm', locations: [{ file: 'a.yaml', line: 1 }] })];
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-remembered-'));
  folders.push(folder);
  execFileSync('git', ['init', '--quiet', folder]);
  return folder;
}

/** The file that stores the findings of a repository. */
function keptIn(folder: string): string {
  const state = join(folder, '.git', 'cdk8s-flux');
  return join(state, readdirSync(state)[0] ?? '', 'checked');
}

describe('the findings of the last check', () => {
  it('are reused for the same key, and for no other', () => {
    const folder = repository();
    RememberedFindings.of(folder)?.keep(KEY, found);
    expect(RememberedFindings.of(folder)?.find(KEY)).toEqual(JSON.parse(JSON.stringify(found)));
    expect(RememberedFindings.of(folder)?.find('b'.repeat(64))).toBeUndefined();
    RememberedFindings.of(folder)?.keep('b'.repeat(64), []);
    expect(RememberedFindings.of(folder)?.find(KEY)).toBeUndefined();
  });

  it('are stored only in a git directory', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-remembered-'));
    folders.push(folder);
    expect(RememberedFindings.of(folder)).toBeUndefined();
  });

  it.each([
    ['is cut off', (text: string) => text.slice(0, -5)],
    ['holds no findings', () => `{"key":"${KEY}","findings":{}}`],
    ['is of another form', () => '[]'],
  ])('are not used if the file %s', (_what, damage) => {
    const folder = repository();
    RememberedFindings.of(folder)?.keep(KEY, found);
    writeFileSync(keptIn(folder), damage(readFileSync(keptIn(folder), 'utf8')));
    expect(RememberedFindings.of(folder)?.find(KEY)).toBeUndefined();
  });

  it('are not read through a link', () => {
    const folder = repository();
    RememberedFindings.of(folder)?.keep(KEY, found);
    const file = keptIn(folder);
    writeFileSync(join(folder, 'elsewhere'), readFileSync(file));
    rmSync(file);
    symlinkSync(join(folder, 'elsewhere'), file);
    expect(RememberedFindings.of(folder)?.find(KEY)).toBeUndefined();
  });

  it('are not stored if something else is in the way, and stop no run', () => {
    const folder = repository();
    writeFileSync(join(folder, '.git', 'cdk8s-flux'), '');
    RememberedFindings.of(folder)?.keep(KEY, found);
    expect(RememberedFindings.of(folder)?.find(KEY)).toBeUndefined();
  });
});

describe('the key of a check', () => {
  const files = () => [
    TreeFile.fromBytes('a.yaml', 'a: 1\n'),
    TreeFile.fromDocuments('b.yaml', [{ object }]),
  ];
  const key = checkKey(new Tree(files()), { check: {} });

  it('is the same for the same files in another order', () => {
    expect(checkKey(new Tree(files().reverse()), { check: {} })).toBe(key);
  });

  it.each<readonly [string, readonly TreeFile[], object]>([
    ['a byte', [TreeFile.fromBytes('a.yaml', 'a: 2\n'), ...files().slice(1)], { check: {} }],
    ['a path', [TreeFile.fromBytes('c.yaml', 'a: 1\n'), ...files().slice(1)], { check: {} }],
    ['a file', files().slice(1), { check: {} }],
    [
      'who printed a file',
      [...files().slice(0, 1), TreeFile.fromBytes('b.yaml', files()[1]!.bytes)],
      { check: {} },
    ],
    [
      'the end of a file',
      [TreeFile.fromBytes('a.yaml', 'a: 1\n\0b.yaml'), ...files().slice(1)],
      { check: {} },
    ],
    ['the settings', files(), { check: { rules: { 'crd-race': 'off' } } }],
  ])('differs with %s', (_what, changed, settings) => {
    expect(checkKey(new Tree(changed), settings)).not.toBe(key);
  });
});

describe('synth in a repository with git', () => {
  const RACE = `
const slow = new FluxApp(home, 'slow', {
  wait: true, healthChecks: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'default' }],
});
configMap(slow, 'settings', { a: 'b' });`;
  let project: ProjectFolder;

  beforeAll(build, 120_000);
  beforeAll(() => {
    project = new ProjectFolder(RACE);
    project.git('init', '--quiet');
    project.synth();
  });
  afterAll(() => project.remove());

  it('prints the same findings in a run that changes nothing', () => {
    expect(project.synth().stderr).toMatch(/^warning: health-check-ignored at home\/slow/m);
  });

  it('finds what someone adds beside the published files', () => {
    project.write('cdk8s-flux.yaml', 'version: 1\ncheck:\n  rules: { health-check-ignored: error }\n');
    expect(project.synth().stderr).toMatch(/^error: health-check-ignored/m);
    project.write('cdk8s-flux.yaml', 'version: 1\n');
    project.write('cluster-resources/flux/own.yaml', 'apiVersion: v1\nkind: ConfigMap\n');
    expect(project.synth().stderr).toContain('cluster-resources/flux/own.yaml');
    rmSync(join(project.path, 'cluster-resources/flux/own.yaml'));
  });

  it('runs the rules again when a check is requested', () => {
    project.synth();
    const file = keptIn(project.path);
    const { key } = JSON.parse(readFileSync(file, 'utf8')) as { key: string };
    writeFileSync(file, `{"key":"${key}","findings":[]}\n`);
    expect(project.synth().stderr).not.toContain('health-check-ignored');
    const wish = { CDK8S_FLUX_SYNTH: JSON.stringify({ check: true, overwrite: false }) };
    expect(project.synth(wish).stderr).toContain('health-check-ignored');
  });
});
