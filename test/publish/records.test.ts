import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fingerprint } from '../../lib/publish/content';
import { parseRecord, printRecord } from '../../lib/publish/record';
import type { PublishResult } from '../../lib/publish/publish';
import { kustomization, Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const RECORD = 'out/app/.cdk8s-flux.json';
const codes = (result: PublishResult): string[] => result.findings.map(({ code }) => code);

/** A repository with hand-written files, all of which a record lists with the right fingerprint. */
function recorded(files: Record<string, string>, record = RECORD): Repository {
  const repository = new Repository();
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.write(record, recordOf(files));
  return repository;
}

function recordOf(files: Record<string, string>): string {
  return printRecord(
    Object.entries(files).map(([path, text]) => [path, { hash: fingerprint(Buffer.from(text), path) }]),
  );
}

describe('a record', () => {
  it.each([
    'main.js',
    'src/hand.yaml',
    'out/app/main.js',
    'out/app/.env',
    'out/app/.github/ci.yaml',
    'out/other/hand.yaml',
    'out/hand.yaml',
    'docs/order.svg',
    '.sops.yaml',
    'out/.sops.yaml',
    'out/other/.cdk8s-flux.json',
  ])('cannot make %s ours', (path) => {
    const repository = recorded({ [path]: 'hand: 1\n' });
    const result = repository.publish({}, { named: ['docs/order.svg', '.sops.yaml'] });
    expect(codes(result)).toContain('record-entry-ignored');
    expect(result.findings[0]?.message).toContain(JSON.stringify(path));
    expect(result.removed).not.toContain(path);
    expect(repository.read(path)).toBe('hand: 1\n');
  });

  it('cannot make an empty file ours with the fingerprint of another', () => {
    const path = 'out/app/empty.yaml';
    const repository = recorded({ [path]: 'a: 1\n' });
    repository.write(path, '');
    expect(codes(repository.publish({}))).toEqual(['file-edited']);
    expect(repository.has(path)).toBe(true);
  });

  it('cannot make a file ours that the code generates under another record', () => {
    const path = 'out/flux/web.yaml';
    const repository = recorded({ [path]: 'hand: 1\n' });
    const result = repository.publish({ [path]: { owner: 'out/web', content: kustomization('out/web') } });
    expect(codes(result)).toEqual(['file-not-ours', 'record-entry-ignored']);
    expect(repository.read(path)).toBe('hand: 1\n');
  });

  it('cannot make files ours behind a link', () => {
    const repository = recorded({ 'src/hand.yaml': 'hand: 1\n' });
    symlinkSync('../../src', repository.path('out/app/link'));
    repository.write(RECORD, recordOf({ 'out/app/link/hand.yaml': 'hand: 1\n' }));
    expect(repository.publish({}).removed).toEqual([RECORD]);
    expect(repository.has('src/hand.yaml')).toBe(true);
  });

  it('lists the files below its folder, and the Kustomization that applies it', () => {
    const files = {
      'out/app/a.yaml': 'a: 1\n',
      'out/app/nested/b.yml': 'b: 1\n',
      'out/flux/app.yaml': kustomization('out/app'),
    };
    expect(recorded(files).publish({})).toMatchObject({
      removed: [RECORD, ...Object.keys(files)].sort(),
      findings: [],
    });
  });

  it.each([
    ['of another folder', kustomization('out/other')],
    [
      'of kustomize',
      kustomization('out/app').replace('kustomize.toolkit.fluxcd.io/v1', 'kustomize.config.k8s.io/v1'),
    ],
    ['of another kind', kustomization('out/app').replace('Kustomization', 'Bucket')],
  ])('does not list a Kustomization %s', (_, text) => {
    const repository = recorded({ 'out/flux/app.yaml': text });
    expect(codes(repository.publish({}))).toEqual(['record-entry-ignored']);
    expect(repository.read('out/flux/app.yaml')).toBe(text);
  });

  it('cannot make files ours in a folder that is itself behind a link', () => {
    const repository = new Repository();
    repository.write('src/hand.yaml', 'hand: 1\n');
    repository.write('src/.cdk8s-flux.json', recordOf({ 'out/web/hand.yaml': 'hand: 1\n' }));
    repository.publish({ 'out/app/a.yaml': 'a\n' });
    symlinkSync('../src', repository.path('out/web'));
    repository.publish({ 'out/web/a.yaml': 'a\n' });
    expect(repository.has('src/hand.yaml')).toBe(true);
  });

  it('does not list a Kustomization outside the published folder, or through a link', () => {
    const repository = recorded({ 'clusters/app.yaml': kustomization('out/app') });
    symlinkSync('../clusters', repository.path('out/link'));
    for (const path of ['clusters/app.yaml', 'out/link/app.yaml']) {
      repository.write(RECORD, recordOf({ [path]: kustomization('out/app') }));
      expect(codes(repository.publish({}))).toEqual(['record-entry-ignored']);
      expect(repository.has('clusters/app.yaml')).toBe(true);
    }
  });

  it('at the output lists the files in the configuration', () => {
    const repository = recorded({ 'docs/a.svg': '<svg/>', 'docs/b.svg': '<svg/>' }, 'out/.cdk8s-flux.json');
    const result = repository.publish({}, { named: ['docs/a.svg'] });
    expect(result.removed).toEqual(['docs/a.svg', 'out/.cdk8s-flux.json']);
    expect(codes(result)).toEqual(['record-entry-ignored']);
    expect(repository.has('docs/b.svg')).toBe(true);
    expect(codes(repository.publish({}))).toEqual([]); // Reported once, because no record lists it now.
  });

  it.each(['hand-written notes\n', '{"name":"mine"}\n', '[]', 'null'])(
    'fails if a file is not a record (%j)',
    (text) => {
      const repository = new Repository();
      repository.write(RECORD, text);
      const result = repository.publish({ 'out/app/a.yaml': 'a: 1\n' });
      expect(result).toMatchObject({
        written: [],
        findings: [{ code: 'record-invalid', severity: 'error' }],
      });
      expect(repository.read(RECORD)).toBe(text);
      expect(repository.has('out/app/a.yaml')).toBe(false);
    },
  );

  it('that is not valid is kept with a warning if nothing is planned', () => {
    const repository = new Repository();
    repository.write(RECORD, 'notes\n');
    const result = repository.publish({ 'out/b/a.yaml': 'a: 1\n' });
    expect(result.findings).toMatchObject([{ code: 'record-invalid', severity: 'warning' }]);
    expect(repository.read(RECORD)).toBe('notes\n');
  });

  it('is read in linear time', () => {
    const line = `"a": ${' ,'.repeat(200_000)}x\n`;
    const before = process.cpuUsage().user;
    parseRecord(`<<<<<<< HEAD\n${line}${line}`, RECORD);
    expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  });
});

describe('the records of this repository', () => {
  const root = join(__dirname, '../..');
  const outputs = ['.', ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}`)]
    .map((project) => ({ project, folder: join(root, project, 'cluster-resources') }))
    .filter(({ folder }) => readdirSync(dirname(folder)).includes(basename(folder)));

  it.each(outputs)(
    'are valid: everything in them would be removed with the code ($project)',
    ({ project }) => {
      const base = join(root, project);
      const records = readdirSync(join(base, 'cluster-resources'), { recursive: true, encoding: 'utf8' })
        .filter((name) => basename(name) === '.cdk8s-flux.json')
        .map((name) => `cluster-resources/${name}`);
      expect(records.length).toBeGreaterThan(0);
      const repository = new Repository('cluster-resources');
      const listed = new Set<string>();
      for (const record of records) {
        const text = readFileSync(join(base, record), 'utf8');
        repository.write(record, text);
        for (const path of parseRecord(text, record)?.keys() ?? []) {
          repository.write(path, readFileSync(join(base, path)));
          if (!path.endsWith('.md')) listed.add(path); // The text around a picture belongs to a person.
        }
      }
      const named = [...listed].filter((path) => !path.startsWith('cluster-resources/'));
      const result = repository.publish({}, { named: [...named, 'docs/cluster.md'] });
      expect(result.findings).toEqual([]);
      expect(new Set(result.removed)).toEqual(new Set([...records, ...listed]));
    },
  );
});
