import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOMS = ['findings', 'plain', 'publish', 'tree', 'yaml'];
const repository = join(__dirname, '../..');

/**
 * The publisher as plain JavaScript, so that a child process starts in a few dozen milliseconds. Its `publish.js` reads
 * a JSON file `{ root, output, plan, stopAt, overwrite }`, or `{ root, replace, stopAt }` for other files: before the
 * operation with the number `stopAt`, it kills itself.
 */
export class Child {
  readonly folder = mkdtempSync(join(tmpdir(), 'publish-child-'));
  readonly script = join(this.folder, 'publish.js');
  readonly environment = { ...process.env, NODE_PATH: join(repository, 'node_modules') };

  constructor() {
    for (const room of ROOMS) {
      for (const name of readdirSync(join(repository, 'lib', room), { recursive: true, encoding: 'utf8' })) {
        if (name.endsWith('.ts')) this.compile(join(room, name));
      }
    }
    writeFileSync(this.script, SCRIPT);
  }

  /** Writes the instructions for a child, and returns their path. */
  task(name: string, task: object): string {
    const file = join(this.folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(task));
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private compile(path: string): void {
    const { code } = transformFileSync(join(repository, 'lib', path), {
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const target = join(this.folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

const SCRIPT = `
const { readFileSync } = require('node:fs');
const { publish } = require('./publish/publish.js');
const { Tree } = require('./tree/tree.js');
const { TreeFile } = require('./tree/tree-file.js');
const { replaceFiles } = require('./publish/replace-files.js');
const { root, output, plan, replace, stopAt, overwrite } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let count = 0;
const hook = () => {
  if (count === stopAt) process.kill(process.pid, 'SIGKILL');
  count += 1;
};
process.stdout.write('ready');
if (replace) {
  replaceFiles(root, replace.map(({ path, from, to }) => ({ path, before: Buffer.from(from), bytes: Buffer.from(to) })), hook);
} else {
  const files = Object.entries(plan).map(([path, { owner, content }]) => TreeFile.fromBytes(path, content, { owner }));
  const { findings } = publish({ root, output, tree: new Tree(files), overwrite }, { hook });
  process.stdout.write(JSON.stringify({ count, codes: findings.map(({ code }) => code) }));
}
`;
