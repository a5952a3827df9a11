import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Runs code in a process of its own, with `collectSooner` in scope. */
function run(code: string): unknown {
  const modules = `
    require(${JSON.stringify(join(root, 'scripts', 'register-typescript.cjs'))});
    const { collectSooner } = require(${JSON.stringify(join(root, 'lib', 'plain', 'collect-sooner.ts'))});`;
  return JSON.parse(execFileSync(process.execPath, ['-e', modules + code], { encoding: 'utf8' }));
}

describe('collecting garbage sooner', () => {
  it('collects it at once', () => {
    const code = `
      let garbage = Array.from({ length: 1e6 }, (_, index) => ({ index }));
      const before = process.memoryUsage().heapUsed;
      garbage = undefined;
      collectSooner();
      console.log(before - process.memoryUsage().heapUsed);`;
    expect(run(code)).toBeGreaterThan(10e6);
  });

  it('leaves the function for it to nobody else', () => {
    const code = `
      collectSooner();
      const inNewContext = require('node:vm').runInNewContext('typeof gc');
      console.log(JSON.stringify([typeof gc, inNewContext]));`;
    expect(run(code)).toEqual(['undefined', 'undefined']);
  });

  it('sets a flag that this Node.js knows', () => {
    const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    expect(known).toContain('--heap-growing-percent (');
  });
});
