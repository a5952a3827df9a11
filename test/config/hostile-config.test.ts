import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCdk8sYaml } from '../../lib/config/cdk8s-yaml';
import { findConfig } from '../../lib/config/load-config';
import { findProject } from '../../lib/config/project';
import { hasFifos, makeFifo } from '../tools/fifo';
import { writeFiles } from '../tools/write-files';
import { messageOf } from '../tools/message-of';

/** Text that must never be shown. */
const SECRET = 'AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ';

let home: string;
let root: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-hostile-')));
  root = join(home, 'repository');
  mkdirSync(join(root, '.git'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string>>) => writeFiles(root, files);

const configMessage = (text: string, folder = root): string => {
  write({ 'cdk8s-flux.yaml': text });
  return messageOf(() => findConfig(folder));
};

describe('a configuration file', () => {
  const files = [
    ['cdk8s-flux.yaml', (): unknown => findConfig(root)],
    ['cdk8s.yaml', (): unknown => readCdk8sYaml(root)],
  ] as const;

  describe.each(files)('%s', (name, load) => {
    it.each([
      ['to a key outside', '../key'],
      ['to a key inside', 'key'],
      ['to a regular configuration', 'good.yaml'],
      ['to nowhere', 'gone'],
      ['to itself', name],
      ['to a folder', '.git'],
    ])('fails on a link %s, and shows nothing of it', (_, target) => {
      writeFileSync(join(home, 'key'), `${SECRET}\n`);
      write({ key: `${SECRET}\n`, 'good.yaml': 'version: 1\napp: x\n' });
      symlinkSync(target, join(root, name));
      const message = messageOf(load);
      expect(message).toMatch(
        /^error: config-unreadable at .*\n.*is a symbolic link; expected a regular file\n/,
      );
      expect(message).not.toContain('AGE-SECRET');
    });

    it('fails on a folder', () => {
      mkdirSync(join(root, name));
      expect(messageOf(load)).toContain('is a folder; expected a regular file');
    });

    (hasFifos ? it : it.skip)('fails on a FIFO immediately', () => {
      makeFifo(join(root, name));
      expect(messageOf(load)).toContain('is a FIFO; expected a regular file');
    });

    it('fails on a huge file without reading it', () => {
      write({ [name]: 'version: 1\n' });
      truncateSync(join(root, name), 1_900_000_000);
      expect(messageOf(load)).toMatch(/^error: file-too-large at .*\n.*has 1900000000 bytes; the limit is/);
    });

    it.each([
      ['binary data', `\u0000\u0001\ufffd${SECRET}`],
      ['deep nesting', '['.repeat(50_000)],
      ['deep nesting that is closed', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
      [
        'aliases that stand for millions of values',
        `a0: &a0 [x]\n${[...Array(25).keys()].map((n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join('')}`,
      ],
      ['a list', `- ${SECRET}\n`],
      ['a single value', `${SECRET}\n`],
      ['a bracket that closes early', `version: ["${SECRET}",\n"${SECRET}"\n]\napp: [\n]\n`],
    ])('fails on %s with a finding, and shows nothing of it', (_, text) => {
      write({ [name]: text });
      expect(messageOf(load)).not.toContain('AGE-SECRET');
    });
  });

  it('shows nothing of a file with other keys', () => {
    const message = configMessage(`token: ${SECRET}\n${SECRET}: x\n`);
    expect(message).toMatch(
      /^error: config-invalid at cdk8s-flux.yaml:1\n {2}the file has none of the keys "version", /,
    );
    expect(message).not.toMatch(/AGE-SECRET|token/);
  });

  it('shows nothing of a file with users', () => {
    expect(configMessage('root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/bin/sh\n')).not.toMatch(
      /bash|x:0/,
    );
  });

  it.each([
    ['output', '[a]', 'a list is not a string'],
    ['version', JSON.stringify(SECRET), '"AGE-SECRET-KEY-1QQQQQQQQQQQQQQ…" is not a whole number'],
    ['version', JSON.stringify('one\ntwo'), '"one…" is not a whole number'],
    ['version', '99999999999999999999', '100000000000000000000 is not 1, the only value there is'],
    ['version', '9007199254740993', '9007199254740993 is not a whole number'],
    ['version', '.nan', 'NaN is not a whole number'],
    ['chart\\nDepth', '1', 'chart…: unknown key'],
    ['root', JSON.stringify(`./${SECRET}/x\n`), 'there is no folder "./AGE-SECRET-KEY-1QQQQQQQQQQQQ…"'],
    ['root', '"a\\0b"', 'there is no folder'],
    ['root', `"${'x/'.repeat(5_000)}"`, 'there is no folder'],
    ['output', JSON.stringify(`a\n${SECRET}`), '"a…" is not a path: it has several lines'],
    ['output', JSON.stringify('x'.repeat(2_000)), 'is not a path'],
  ])('quotes at most the beginning of a value: %s: %s', (key, value, expected) => {
    const message = configMessage(`${key === 'version' ? '' : 'version: 1\n'}"${key}": ${value}\n`);
    expect(message).toContain(expected);
    expect(message).not.toContain(SECRET);
    expect(message.length).toBeLessThan(400);
  });

  it('reads brackets that close too early, as Flux does', () => {
    write({ 'cdk8s-flux.yaml': 'version: 1\nallow: [\n]\n' });
    expect(findConfig(root)?.config).toEqual({ version: 1, allow: [] });
    expect(configMessage('version: 1\nouput: [\n]\n')).toMatch(
      /^error: config-unknown-key at cdk8s-flux.yaml:2\n/,
    );
  });

  it('treats names of JavaScript’s own properties as unknown keys', () => {
    expect(configMessage('version: 1\n__proto__:\n  output: x\n')).toContain('__proto__: unknown key');
    expect(configMessage('version: 1\nconstructor: x\n')).toContain('constructor: unknown key');
    write({ 'cdk8s.yaml': '__proto__:\n  app: evil\n' });
    expect(readCdk8sYaml(root)).toMatchObject({ app: undefined, output: 'dist' });
  });

  it('fails on a folder or a command of cdk8s.yaml with a NUL character', () => {
    write({ 'cdk8s.yaml': 'app: "a\\0"\noutput: "b\\0"\n' });
    expect(messageOf(() => readCdk8sYaml(root)).match(/NUL character/g)).toHaveLength(2);
  });
});

describe('root', () => {
  const rootOf = (folder: string): string | undefined => findConfig(join(root, folder))?.root;

  it.each([
    ['the parent', '..'],
    ['the file system', '../../../../../../../../..'],
    ['an absolute path', '/'],
    ['the parent, after a detour', 'infra/../..'],
    ['the parent, with slashes behind it', '..///'],
  ])('fails on %s of the git repository', (_, given) => {
    write({ 'infra/x': '' });
    const message = configMessage(`version: 1\nroot: ${given}\n`);
    expect(message).toMatch(
      /^error: path-outside-repository at cdk8s-flux.yaml:2\n {2}root: .* is above the root of the git/,
    );
  });

  it('may be any folder up to the one that contains .git', () => {
    write({ 'a/b/cdk8s-flux.yaml': 'version: 1\nroot: ../..\n' });
    expect(rootOf('a/b')).toBe(root);
    write({ 'a/b/cdk8s-flux.yaml': 'version: 1\nroot: ..\n' });
    expect(rootOf('a/b')).toBe(join(root, 'a'));
    write({ 'a/b/cdk8s-flux.yaml': `version: 1\nroot: ${root}/a/\n` });
    expect(rootOf('a/b')).toBe(join(root, 'a'));
  });

  it('may not be above a worktree or a submodule, whose .git is a file', () => {
    write({
      'inner/.git': 'gitdir: ../.git/modules/inner\n',
      'inner/cdk8s-flux.yaml': 'version: 1\nroot: ..\n',
    });
    expect(messageOf(() => rootOf('inner'))).toContain('is above the root of the git repository');
  });

  it('may not be above the file if there is no git repository', () => {
    rmSync(join(root, '.git'), { recursive: true });
    write({ 'infra/cdk8s-flux.yaml': 'version: 1\nroot: ..\n' });
    expect(messageOf(() => rootOf('infra'))).toContain(
      'is above the folder of this file, but no folder above this file contains ".git"',
    );
    write({ 'infra/cdk8s-flux.yaml': 'version: 1\n' });
    expect(rootOf('infra')).toBe(join(root, 'infra'));
  });

  it('is checked after links are resolved', () => {
    mkdirSync(join(home, 'outside'));
    symlinkSync('../..', join(root, 'up'));
    mkdirSync(join(root, 'a'));
    symlinkSync('..', join(root, 'a/top'));
    expect(configMessage('version: 1\nroot: up\n')).toContain('is above the root of the git repository');
    write({ 'a/cdk8s-flux.yaml': 'version: 1\nroot: top\n' });
    expect(rootOf('a')).toBe(root);
    // The parent of a folder that is reached through a link is the one that the system reports.
    symlinkSync(join(root, 'a'), join(home, 'outside/a'));
    write({ 'a/cdk8s-flux.yaml': 'version: 1\nroot: ..\n' });
    expect(findConfig(join(home, 'outside/a'))?.root).toBe(root);
    rmSync(join(root, 'a/cdk8s-flux.yaml'));
    write({ 'cdk8s-flux.yaml': 'version: 1\n', '../outside/cdk8s-flux.yaml': 'version: 1\n' });
    expect(findConfig(join(home, 'outside/a'))?.root).toBe(root);
  });
});

describe('the output of synth', () => {
  it.each(['.git', '.git/hooks', '.GIT/x', 'a/.git', 'git~1'])('fails on the output %j', (output) => {
    expect(configMessage(`version: 1\noutput: ${output}\n`)).toMatch(
      /^error: path-invalid at cdk8s-flux.yaml:2\n {2}output: .*git keeps its own files/,
    );
  });

  it.each([
    ['.git/description.md', 'git keeps its own files'],
    ['docs/.Git/x.svg', 'git keeps its own files'],
    ['hooks/x.md', 'leads through a symbolic link into the folder that git keeps'],
    ['../x.svg', 'leads out of the repository'],
    ['cluster-resources/.cdk8s-flux.json', 'is a hidden file, which a picture must not replace'],
    ['cluster-resources/.CDK8S-FLUX.json', 'is a hidden file'],
    ['.svg', 'is a hidden file'],
    ['docs\\\\x.svg', 'some file systems cannot store'],
  ])('fails on the picture %j, on its line', (file, expected) => {
    symlinkSync('.git/hooks', join(root, 'hooks'));
    mkdirSync(join(root, '.git/hooks'));
    const message = configMessage(`version: 1\npictures:\n  - file: docs/good.svg\n  - file: "${file}"\n`);
    expect(message).toMatch(/ at cdk8s-flux.yaml:4\n {2}pictures\.1\.file: /);
    expect(message).toContain(expected);
  });

  it('fails on an output that a link leads into .git', () => {
    symlinkSync('.git', join(root, 'out'));
    expect(configMessage('version: 1\noutput: out/x\n')).toContain('leads through a symbolic link');
  });

  it('may include pictures in hidden folders, such as .github', () => {
    write({ 'cdk8s-flux.yaml': 'version: 1\npictures:\n  - file: .github/README.md\n' });
    expect(findConfig(root)?.config.pictures).toHaveLength(1);
  });
});

describe('findProject', () => {
  it('finds the configuration of a real worktree, and does not leave it', () => {
    rmSync(join(root, '.git'), { recursive: true });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
    try {
      git('init', '-q');
    } catch {
      return; // There is no git here.
    }
    git('commit', '-q', '--allow-empty', '-m', 'start');
    git('worktree', 'add', '-q', 'tree');
    write({ 'cdk8s-flux.yaml': 'version: 1\n', 'tree/infra/cdk8s-flux.yaml': 'version: 1\nroot: ..\n' });
    expect(findProject(join(root, 'tree/infra')).root).toBe(join(root, 'tree'));
    write({ 'tree/infra/cdk8s-flux.yaml': 'version: 1\nroot: ../..\n' });
    expect(() => findProject(join(root, 'tree/infra'))).toThrow('path-outside-repository');
  });
});
