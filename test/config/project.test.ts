import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findConfig, loadConfig } from '../../lib/config/load-config';
import { readCdk8sYaml } from '../../lib/config/cdk8s-yaml';
import { findProject } from '../../lib/config/project';
import { writeFiles } from '../tools/write-files';
import { messageOf } from '../tools/message-of';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-config-')));
  mkdirSync(join(root, '.git'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (files: Readonly<Record<string, string>>) => writeFiles(root, files);

const PLAINTEXT_FIX =
  '  fix: write an entry for each Secret, for example "file: apps/shop/test-key.yaml" and "object: Secret/shop/test-key"';

describe('loadConfig', () => {
  it('applies the defaults', () => {
    write({ 'cdk8s-flux.yaml': 'version: 1\n' });
    expect(loadConfig(join(root, 'cdk8s-flux.yaml'))).toEqual({
      file: join(root, 'cdk8s-flux.yaml'),
      root,
      output: 'cluster-resources',
      config: { version: 1 },
    });
  });

  it('takes the root from the folder of the file, and the output from the root', () => {
    write({ 'infra/cdk8s-flux.yaml': 'version: 1\nroot: ..\noutput: ./infra/out/\n' });
    expect(findConfig(join(root, 'infra'))).toMatchObject({ root, output: 'infra/out' });
  });

  it.each([
    [
      'an empty file',
      '',
      'error: config-invalid at cdk8s-flux.yaml\n  the key "version" is missing\n  fix: add "version: 1"',
    ],
    [
      'a version of the future',
      '# ours\nversion: 2\n',
      'error: config-invalid at cdk8s-flux.yaml:2\n  version: 2 is not 1, the only value there is',
    ],
    [
      'a mistyped key',
      'version: 1\nouput: x\n',
      'error: config-unknown-key at cdk8s-flux.yaml:2\n' +
        '  ouput: unknown key; allowed keys: "version", "root", "output", "sopsRules", "pins", "pictures", "allow", "entries", "rollout", "check"\n  fix: did you mean "output"?',
    ],
    [
      'several things, all together',
      'roots: .\noutput: [a]\n',
      'error: config-invalid at cdk8s-flux.yaml:1\n  the key "version" is missing\n  fix: add "version: 1"\n' +
        'error: config-unknown-key at cdk8s-flux.yaml:1\n' +
        '  roots: unknown key; allowed keys: "version", "root", "output", "sopsRules", "pins", "pictures", "allow", "entries", "rollout", "check"\n  fix: did you mean "root"?\n' +
        'error: config-invalid at cdk8s-flux.yaml:2\n  output: a list is not a string',
    ],
    [
      'an output outside the repository, in the folder below which the file lies',
      'version: 1\noutput: ../x\n',
      'error: path-outside-repository at cdk8s-flux.yaml:2\n  output: the path "../x" leads out of the repository\n' +
        '  fix: use a path relative to the root of the repository',
    ],
    [
      'secrets in plain text that are allowed all at once',
      'version: 1\nallow:\n  - code: plaintext-secret\n    reason: tests\n',
      'error: config-invalid at cdk8s-flux.yaml:3\n' +
        '  allow.0: an entry for plaintext-secret must name one object in one file; this one has no "file" and no "object"\n' +
        PLAINTEXT_FIX,
    ],
    [
      'secrets in plain text that are allowed in a whole file',
      'version: 1\nallow:\n  - code: plaintext-secret\n    file: a.yaml\n    reason: tests\n',
      'error: config-invalid at cdk8s-flux.yaml:3\n' +
        '  allow.0: an entry for plaintext-secret must name one object in one file; this one has no "object"\n' +
        PLAINTEXT_FIX,
    ],
    [
      'secrets in plain text that are allowed in a folder',
      'version: 1\nallow:\n  - { code: plaintext-secret, file: ., object: Secret/token, reason: tests }\n',
      'error: config-invalid at cdk8s-flux.yaml:3\n' +
        '  allow.0.file: "." is a folder; an entry for plaintext-secret must name a file\n' +
        PLAINTEXT_FIX,
    ],
    [
      'a list',
      '- 1\n',
      'error: config-invalid at cdk8s-flux.yaml:1\n  a list is not a map\n  fix: begin the file with "version: 1"',
    ],
  ])('fails on %s', (_, text, message) => {
    write({ 'cdk8s-flux.yaml': text });
    expect(messageOf(() => loadConfig(join(root, 'cdk8s-flux.yaml')))).toBe(message);
  });

  it('fails on a root that does not exist or does not contain the file, and names the line', () => {
    write({
      'a/cdk8s-flux.yaml': 'version: 1\nroot: ./b\n',
      'b/cdk8s-flux.yaml': 'version: 1\nroot: ../a\n',
    });
    expect(messageOf(() => loadConfig(join(root, 'a/cdk8s-flux.yaml')))).toContain(
      `cdk8s-flux.yaml:2\n  root: there is no folder ${JSON.stringify(join(root, 'a/b'))}`,
    );
    expect(messageOf(() => loadConfig(join(root, 'b/cdk8s-flux.yaml')))).toContain(
      'does not contain this file',
    );
  });

  it('fails on text that is not YAML, on two documents and on a missing file', () => {
    write({ 'bad.yaml': 'version: [1\n', 'two.yaml': 'version: 1\n---\nversion: 1\n' });
    expect(messageOf(() => loadConfig(join(root, 'bad.yaml')))).toMatch(/^error: yaml-invalid at bad\.yaml/);
    expect(messageOf(() => loadConfig(join(root, 'two.yaml')))).toContain('has 2 YAML documents');
    expect(messageOf(() => loadConfig(join(root, 'none.yaml')))).toContain('does not exist');
  });
});

describe('readCdk8sYaml', () => {
  it('knows the default output of cdk8s', () => {
    write({ 'cdk8s.yaml': 'app: node main.js\n' });
    expect(readCdk8sYaml(root)).toEqual({
      file: join(root, 'cdk8s.yaml'),
      app: 'node main.js',
      output: 'dist',
    });
    expect(readCdk8sYaml(join(root, '.git'))).toBeUndefined();
  });

  it('fails on a command or an output that is not a string', () => {
    write({ 'cdk8s.yaml': 'app: [node]\noutput: ""\n' });
    expect(messageOf(() => readCdk8sYaml(root)).match(/cdk8s-config-invalid/g)).toHaveLength(2);
  });
});

describe('findProject', () => {
  it('is the folder of the nearest cdk8s.yaml if there is no configuration', () => {
    write({ 'infra/cdk8s.yaml': 'app: x\noutput: dist/manifests\n', 'infra/lib/deep/x.ts': '' });
    expect(findProject(join(root, 'infra/lib/deep'))).toEqual({
      root: join(root, 'infra'),
      output: 'cluster-resources',
      namesOutput: false,
      pins: 'pins.yaml',
      rollout: {},
      configFile: undefined,
      sopsRules: false,
      pictures: [],
      allow: [],
      entries: [],
      check: {},
      cdk8s: { file: join(root, 'infra/cdk8s.yaml'), app: 'x', output: 'dist/manifests' },
    });
  });

  it('is the folder itself if there is neither file', () => {
    expect(findProject(root)).toEqual({
      root,
      output: 'cluster-resources',
      namesOutput: false,
      pins: 'pins.yaml',
      rollout: {},
      configFile: undefined,
      sopsRules: false,
      pictures: [],
      allow: [],
      entries: [],
      check: {},
      cdk8s: undefined,
    });
  });

  it('takes the root from the configuration, wherever the search starts', () => {
    write({
      'infra/cdk8s-flux.yaml': 'version: 1\nroot: ..\noutput: clusters\n',
      'infra/app/cdk8s.yaml': 'app: x\n',
    });
    expect(findProject(join(root, 'infra/app'))).toMatchObject({
      root,
      output: 'clusters',
      configFile: join(root, 'infra/cdk8s-flux.yaml'),
    });
  });

  it('does not look above the git repository', () => {
    write({ 'cdk8s-flux.yaml': 'version: 1\n', 'cdk8s.yaml': 'app: x\n', 'inner/.git/HEAD': '' });
    expect(findProject(join(root, 'inner'))).toMatchObject({
      root: join(root, 'inner'),
      configFile: undefined,
      sopsRules: false,
      pictures: [],
    });
  });
});
