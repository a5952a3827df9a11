// Runs Jest tests in this process: with Jest's own describe, it, expect and mocks, but without Jest, which builds the
// modules of each test file in a world of its own, and needs seconds to do so.
import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join, sep } from 'node:path';
import { transformSync } from '@swc/core';
import { jestExpect } from '@jest/expect';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
import { addEventHandler, getState, resetState, run } from 'jest-circus';
import { ModuleMocker } from 'jest-mock';

const require = createRequire(import.meta.url);
const TEST_TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');

/** What a file with tests may use of `jest`. Files that use more do not load, and are left out. */
const jest = new Proxy(new ModuleMocker(globalThis), {
  get: (mocker, name) => {
    if (name === 'setTimeout') return (milliseconds) => (globalThis[TEST_TIMEOUT] = milliseconds);
    if (name === 'requireActual') return requireFresh;
    if (typeof mocker[name] !== 'function') throw new Error(`jest.${String(name)} needs Jest`);
    return mocker[name].bind(mocker);
  },
});

const SNAPSHOTS = [
  'toMatchSnapshot',
  'toMatchInlineSnapshot',
  'toThrowErrorMatchingSnapshot',
  'toThrowErrorMatchingInlineSnapshot',
];

let requireFresh;

/** Sets the globals of tests, and lets node load the TypeScript below a folder as its Jest configuration says. */
export function prepareProcess(root) {
  Object.assign(globalThis, { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, jest });
  globalThis.expect = jestExpect;
  // A changed message must not count as a fault that a test finds.
  jestExpect.extend(Object.fromEntries(SNAPSHOTS.map((name) => [name, () => ({ pass: true })])));
  process.env.JEST_WORKER_ID = '1';
  process.env.NODE_ENV = 'test';
  Module._extensions['.ts'] = compileTypeScript;
  mapModules(root);
}

const compiled = new Map();

function compileTypeScript(module, filename) {
  if (!compiled.has(filename)) {
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    compiled.set(filename, code);
  }
  module._compile(compiled.get(filename), filename);
}

function mapModules(root) {
  const { moduleNameMapper = {} } = createRequire(join(root, '/'))('./jest.config.js');
  const mappings = Object.entries(moduleNameMapper).map(([pattern, to]) => [
    new RegExp(pattern),
    to.replace('<rootDir>', () => root),
  ]);
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    const mapping = mappings.find(([pattern]) => pattern.test(request));
    return resolve.call(this, mapping ? request.replace(...mapping) : request, ...rest);
  };
}

/** Forgets the modules below a folder, so that what they remember and compute while loading starts anew. */
export function forgetModules(root) {
  const packages = `${sep}node_modules${sep}`;
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(root + sep) && !file.includes(packages)) delete require.cache[file];
  }
}

let observer = {};
addEventHandler(({ name, test }) => {
  if (name === 'test_started') observer.started?.(test);
  if (name === 'test_done') observer.done?.(test);
});

/**
 * Runs the tests of one file, and returns them with their results.
 *
 * @param file - the file below the root, with forward slashes
 * @param select - whether to run the test with an id
 * @param bail - whether to stop after the first test that fails
 * @param entered - gets the id of each test before it runs, and undefined after it
 */
export async function runFile(root, file, { select = () => true, bail = false, entered = () => {} } = {}) {
  resetState();
  delete globalThis[TEST_TIMEOUT];
  try {
    requireFresh = createRequire(join(root, file));
    requireFresh(join(root, file));
  } catch (error) {
    return { failure: messageOf(error), tests: [] };
  }
  const tests = namedTests(file);
  const ids = new Map(tests.map(({ id, test }) => [test, id]));
  for (const { id, test } of tests) if (!select(id)) test.mode = 'skip';
  observer = {
    started: (test) => entered(ids.get(test)),
    done: (test) => {
      entered(undefined);
      if (bail && test.errors.length > 0) for (const other of ids.keys()) other.mode = 'skip';
    },
  };
  const { unhandledErrors } = await run();
  return { failure: unhandledErrors[0], tests: tests.map(resultOf) };
}

/** All tests of the file that was loaded, with ids that differ even where names do not. */
function namedTests(file) {
  const counts = new Map();
  const found = [];
  const visit = (block, names) => {
    for (const child of block.children) {
      const path = [...names, child.name];
      if (child.type === 'describeBlock') visit(child, path);
      else {
        const name = `${file} ${path.join(' > ')}`;
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        found.push({ id: count === 1 ? name : `${name} (${count})`, test: child });
      }
    }
  };
  visit(getState().rootDescribeBlock, []);
  return found;
}

function resultOf({ id, test }) {
  const [error] = test.errors;
  return {
    id,
    status: test.status === 'done' ? (error === undefined ? 'passed' : 'failed') : 'skipped',
    duration: test.duration ?? 0,
    ...(error !== undefined && { message: messageOf(Array.isArray(error) ? (error[0] ?? error[1]) : error) }),
  };
}

const messageOf = (error) => (error instanceof Error ? error.message : String(error));
