import fs, { mkdirSync, readdirSync } from 'node:fs';
import { Writer } from '../../lib/publish/writer';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);
afterEach(() => void jest.restoreAllMocks());

const TOKEN = '0123456789abcdef0123456789abcdef';
const TEMPORARY = `.cdk8s-flux.${TOKEN}.tmp`;
const NEW = Buffer.from('new\n');

/** A writer, and what it tells before each operation. */
function writing(refuse?: string): { repository: Repository; writer: Writer; told: string[] } {
  const repository = new Repository();
  const told: string[] = [];
  const hook = (operation: string, path: string): void => {
    told.push(`${operation} ${path}`);
    if (operation === refuse) throw new Error('stopped');
  };
  return { repository, writer: new Writer(repository.root, TOKEN, hook), told };
}

/** Lets the file system refuse hard links. */
function refuseLinks(code: string): void {
  jest.spyOn(fs, 'linkSync').mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });
}

const codes = (work: () => void): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as { findings: { code: string }[] }).findings.map(({ code }) => code);
  }
};

describe('writing', () => {
  it('creates a file, and the folders above it once', () => {
    const { repository, writer, told } = writing();
    writer.makeFolder('');
    for (const name of ['1', '2']) {
      writer.makeFolder('a/b');
      writer.create(`a/b/${name}`, NEW);
    }
    expect(repository.snapshot()).toEqual({ a: '', 'a/b': '', 'a/b/1': 'new\n', 'a/b/2': 'new\n' });
    const made = (path: string): string[] => [`write ${path}`, `fill ${path}`, `create ${path}`];
    expect(told).toEqual(['create the folder a/b', ...made('a/b/1'), ...made('a/b/2')]);
  });

  it('replaces a file, and says so before', () => {
    const { repository, writer, told } = writing();
    repository.write('a', 'old\n');
    writer.replace('a', NEW);
    expect(repository.snapshot()).toEqual({ a: 'new\n' });
    expect(told).toEqual(['write a', 'fill a', 'replace a']);
  });

  it('fails to create a file that has appeared, and leaves nothing behind', () => {
    const { repository, writer } = writing();
    repository.write('a', 'mine\n');
    expect(codes(() => writer.create('a', NEW))).toEqual(['publish-failed']);
    expect(repository.snapshot()).toEqual({ a: 'mine\n' });
  });

  it('fails if a temporary file of the same run is there', () => {
    const { repository, writer } = writing();
    repository.write(TEMPORARY, 'other\n');
    expect(codes(() => writer.replace('a', NEW))).toEqual(['publish-failed']);
    expect(repository.snapshot()).toEqual({ [TEMPORARY]: 'other\n' });
  });

  it('leaves no part of a file behind if the disk is full', () => {
    const { repository, writer } = writing('fill');
    expect(codes(() => writer.create('a', NEW))).toEqual(['publish-failed']);
    expect(repository.snapshot()).toEqual({});
  });

  (process.platform === 'linux' ? it : it.skip)('closes its files', () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    const { writer } = writing();
    writer.create('a', NEW);
    writer.replace('a', NEW);
    expect(open()).toBe(before);
  });
});

describe('a folder that was not there', () => {
  it('takes files by a rename: nobody else has put one there', () => {
    const { repository, writer } = writing();
    refuseLinks('EIO');
    writer.makeFolder('apps/podinfo');
    writer.create('apps/podinfo/a', NEW);
    expect(repository.snapshot()).toEqual({ apps: '', 'apps/podinfo': '', 'apps/podinfo/a': 'new\n' });
  });

  it('is not one in which it is made', () => {
    const { repository, writer } = writing();
    mkdirSync(repository.path('apps'));
    refuseLinks('EIO');
    writer.makeFolder('apps/podinfo');
    writer.makeFolder('apps');
    expect(codes(() => writer.create('apps/a', NEW))).toEqual(['publish-failed']);
    expect(repository.snapshot()).toEqual({ apps: '', 'apps/podinfo': '' });
  });
});

describe('a file system without hard links', () => {
  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])(
    'creates files by renaming (%s)',
    (code) => {
      const { repository, writer } = writing();
      refuseLinks(code);
      writer.create('a', NEW);
      expect(repository.snapshot()).toEqual({ a: 'new\n' });
    },
  );

  it('does not replace a file that has appeared', () => {
    const { repository, writer } = writing();
    repository.write('a', 'mine\n');
    refuseLinks('EPERM');
    expect(codes(() => writer.create('a', NEW))).toEqual(['publish-failed']);
    expect(repository.snapshot()).toEqual({ a: 'mine\n' });
  });

  it('fails for another reason, and leaves nothing behind', () => {
    const { repository, writer } = writing();
    refuseLinks('EIO');
    expect(codes(() => writer.create('a', NEW))).toEqual(['publish-failed']);
    expect(repository.snapshot()).toEqual({});
  });
});

describe('removing', () => {
  it('removes a file, if it is there', () => {
    const { repository, writer, told } = writing();
    repository.write('a', 'old\n');
    for (const path of ['a', 'a', 'missing/b']) writer.remove(path);
    expect(repository.snapshot()).toEqual({});
    expect(told).toEqual(['remove a', 'remove a', 'remove missing/b']);
  });

  it('fails for a folder in place of the file', () => {
    const { repository, writer } = writing();
    mkdirSync(repository.path('a'));
    expect(codes(() => writer.remove('a'))).toEqual(['publish-failed']);
  });

  it.each([
    ['an empty folder', 'empty', true],
    ['no folder', 'missing', true],
    ['a folder with a file', 'full', false],
    ['a file', 'full/file', false],
  ])('says whether a folder is gone: %s', (_, path, isGone) => {
    const { repository, writer, told } = writing();
    mkdirSync(repository.path('empty'));
    repository.write('full/file', 'mine\n');
    expect(writer.removeEmptyFolder(path)).toBe(isGone);
    expect(told).toEqual([`remove the folder ${path}`]);
    expect(repository.has(path)).toBe(!isGone);
  });

  it('fails if the system refuses to remove a folder', () => {
    const { writer } = writing();
    jest.spyOn(fs, 'rmdirSync').mockImplementation(() => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    expect(codes(() => writer.removeEmptyFolder('a'))).toEqual(['publish-failed']);
  });
});
