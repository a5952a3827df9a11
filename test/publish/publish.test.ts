import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import { kustomization, Repository, removeRepositories, type Plan } from './repository';

afterAll(removeRepositories);

const RECORD = '.cdk8s-flux.json';
const plan: Plan = {
  'out/services/podinfo/podinfo.yaml': 'kind: GitRepository\n',
  'out/services/podinfo/kustomization.yaml': 'resources: [podinfo.yaml]\n',
  'out/flux/services/podinfo.yaml': {
    owner: 'out/services/podinfo',
    content: kustomization('out/services/podinfo'),
  },
  'out/services/redis/redis.yaml': 'kind: HelmRelease\n',
};
const files = Object.keys(plan).sort();

describe('publishing', () => {
  it('creates the files, and a record in the folder of each owner', () => {
    const repository = new Repository();
    const result = repository.publish(plan);
    expect(result).toEqual({
      written: [...files, `out/services/podinfo/${RECORD}`, `out/services/redis/${RECORD}`].sort(),
      removed: [],
      unchanged: 0,
      kept: [],
      findings: [],
    });
    expect(repository.read('out/services/podinfo/podinfo.yaml')).toBe('kind: GitRepository\n');
    expect(JSON.parse(repository.read(`out/services/podinfo/${RECORD}`))).toEqual({
      version: 1,
      about: expect.any(String),
      files: {
        'out/flux/services/podinfo.yaml': expect.stringMatching(/^[0-9a-f]{64}$/),
        'out/services/podinfo/kustomization.yaml': expect.stringMatching(/^[0-9a-f]{64}$/),
        'out/services/podinfo/podinfo.yaml': expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(repository.has(`out/flux/services/${RECORD}`)).toBe(false);
  });

  it('leaves no journal, lock or temporary file behind', () => {
    const repository = new Repository();
    repository.publish(plan);
    repository.publish({ ...plan, 'out/services/redis/redis.yaml': 'kind: OCIRepository\n' });
    const names = Object.keys(repository.snapshot()).filter((name) => name.includes('.cdk8s-flux'));
    expect(names).toEqual([`out/services/podinfo/${RECORD}`, `out/services/redis/${RECORD}`]);
  });

  it('writes nothing on a second run', () => {
    const repository = new Repository();
    repository.publish(plan);
    const stamps = repository.stamps();
    expect(repository.publish(plan)).toMatchObject({ written: [], removed: [], unchanged: 4 });
    expect(repository.stamps()).toEqual(stamps);
  });

  it('writes only files whose bytes differ, and their record', () => {
    const repository = new Repository();
    repository.publish(plan);
    const before = repository.stamps();
    const result = repository.publish({ ...plan, 'out/services/redis/redis.yaml': 'kind: Other\n' });
    expect(result.written).toEqual([`out/services/redis/${RECORD}`, 'out/services/redis/redis.yaml']);
    expect(result.unchanged).toBe(3);
    const after = repository.stamps();
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(result.written);
  });

  it('publishes to the root of a repository', () => {
    const repository = new Repository('');
    repository.publish({ 'a.yaml': { owner: '', content: 'a: 1\n' }, 'apps/b.yaml': 'b: 1\n' });
    expect(repository.publish({ 'apps/b.yaml': 'b: 1\n' }).removed).toEqual([RECORD, 'a.yaml']);
    expect(Object.keys(repository.snapshot())).toEqual(['apps', `apps/${RECORD}`, 'apps/b.yaml']);
  });

  it('writes files outside the published folder, and removes them again', () => {
    const repository = new Repository();
    repository.write('docs/guide.md', 'by hand\n');
    repository.publish({ ...plan, 'docs/pictures/order.svg': { owner: 'out', content: '<svg/>' } });
    expect(repository.read('docs/pictures/order.svg')).toBe('<svg/>');
    const removed = repository.publish(plan, { named: ['docs/pictures/order.svg'] }).removed;
    expect(removed).toEqual(['docs/pictures/order.svg', `out/${RECORD}`]);
    expect(repository.has('docs/pictures')).toBe(false);
    expect(repository.read('docs/guide.md')).toBe('by hand\n');
  });

  it('fails on a file without an owner', () => {
    const tree = new Tree([TreeFile.fromBytes('out/a.yaml', 'a: 1\n')]);
    expect(() => new Repository().publish({}, { tree })).toThrow('"out/a.yaml" has no owner');
  });

  it('fails on an owner outside the published folder', () => {
    const repository = new Repository();
    expect(() => repository.publish({ 'out/a.yaml': { owner: 'elsewhere', content: '' } })).toThrow(
      'owner-outside-output',
    );
  });
});

describe('removing', () => {
  it('removes files that it no longer generates, their record, and folders that become empty', () => {
    const repository = new Repository();
    repository.publish(plan);
    const { 'out/services/redis/redis.yaml': redis } = plan;
    const result = repository.publish({ 'out/services/redis/redis.yaml': redis! });
    expect(result.removed).toEqual([
      'out/flux/services/podinfo.yaml',
      `out/services/podinfo/${RECORD}`,
      'out/services/podinfo/kustomization.yaml',
      'out/services/podinfo/podinfo.yaml',
    ]);
    expect(Object.keys(repository.snapshot())).toEqual([
      'out',
      'out/services',
      'out/services/redis',
      `out/services/redis/${RECORD}`,
      'out/services/redis/redis.yaml',
    ]);
  });

  it('never removes the published folder', () => {
    const repository = new Repository();
    repository.publish(plan);
    repository.publish({});
    expect(repository.snapshot()).toEqual({ out: '' });
  });

  it('leaves files that are not ours, and folders that were empty before', () => {
    const repository = new Repository();
    repository.publish(plan);
    repository.write('out/flux/flux-system/gotk-sync.yaml', 'kind: GitRepository\n');
    repository.write('out/services/podinfo/README.md', 'read me\n');
    mkdirSync(repository.path('out/services/empty'));
    repository.publish({});
    expect(Object.keys(repository.snapshot())).toEqual([
      'out',
      'out/flux',
      'out/flux/flux-system',
      'out/flux/flux-system/gotk-sync.yaml',
      'out/services',
      'out/services/empty',
      'out/services/podinfo',
      'out/services/podinfo/README.md',
    ]);
  });

  it('follows a file whose owner changes', () => {
    const repository = new Repository();
    repository.publish({ 'out/a/x.yaml': 'x: 1\n' });
    repository.publish({ 'out/a/x.yaml': { owner: 'out/b', content: kustomization('out/b') } });
    expect(Object.keys(repository.snapshot())).toEqual([
      'out',
      'out/a',
      'out/a/x.yaml',
      'out/b',
      `out/b/${RECORD}`,
    ]);
    expect(repository.publish({}).removed).toEqual(['out/a/x.yaml', `out/b/${RECORD}`]);
  });

  it('writes a file again that was deleted by hand', () => {
    const repository = new Repository();
    repository.publish(plan);
    rmSync(repository.path('out/services/redis/redis.yaml'));
    expect(repository.publish(plan)).toMatchObject({
      written: ['out/services/redis/redis.yaml'],
      findings: [],
    });
  });

  it('does not search .git, node_modules and folders behind links for records', () => {
    const repository = new Repository('');
    const other = new Repository('');
    other.publish({ 'a/x.yaml': 'x: 1\n' });
    const record = other.read(`a/${RECORD}`);
    repository.write('a/x.yaml', 'x: 1\n');
    repository.write(`.git/${RECORD}`, record);
    repository.write(`node_modules/p/${RECORD}`, record);
    expect(repository.publish({})).toMatchObject({ removed: [], findings: [] });
    expect(repository.has('a/x.yaml')).toBe(true);
  });

  it('uses no path in a record that leads out of the repository', () => {
    const repository = new Repository();
    const outside = new Repository();
    outside.publish({ 'out/x.yaml': 'x: 1\n' });
    const { length } = repository.root.split('/');
    const up = `${'../'.repeat(length)}${outside.path('out/x.yaml').slice(1)}`;
    repository.write(`out/a/${RECORD}`, outside.read(`out/${RECORD}`).replace('out/x.yaml', up));
    repository.publish({});
    expect(outside.has('out/x.yaml')).toBe(true);
  });
});

describe('part runs', () => {
  it('do not change files of owners outside the tree', () => {
    const repository = new Repository();
    repository.publish(plan);
    const before = repository.snapshot();
    const part = { 'out/services/redis/redis.yaml': 'kind: Other\n' };
    const result = repository.publish(part, { complete: false });
    expect(result).toMatchObject({
      written: [`out/services/redis/${RECORD}`, 'out/services/redis/redis.yaml'],
      removed: [],
    });
    for (const file of files.slice(0, 3)) expect(repository.read(file)).toBe(before[file]);
  });

  it('remove files of owners that are in the tree', () => {
    const repository = new Repository();
    repository.publish(plan);
    const part = { 'out/services/podinfo/podinfo.yaml': 'kind: GitRepository\n' };
    expect(repository.publish(part, { complete: false }).removed).toEqual([
      'out/flux/services/podinfo.yaml',
      'out/services/podinfo/kustomization.yaml',
    ]);
    expect(repository.has('out/services/redis/redis.yaml')).toBe(true);
  });
});

describe('checking', () => {
  it('reports what would be done and writes nothing', () => {
    const repository = new Repository();
    expect(repository.publish(plan, { check: true }).written).toHaveLength(6);
    expect(existsSync(repository.path('out'))).toBe(false);
    repository.publish(plan);
    const before = repository.stamps();
    const result = repository.publish({}, { check: true });
    expect(result.removed).toHaveLength(6);
    expect(repository.stamps()).toEqual(before);
    expect(repository.publish(plan, { check: true })).toMatchObject({
      written: [],
      removed: [],
      unchanged: 4,
    });
  });
});
