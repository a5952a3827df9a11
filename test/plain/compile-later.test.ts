import { execFileSync } from 'node:child_process';
import { compileLaterFlag } from '../../lib/plain/compile-later';

describe('the flag that makes V8 optimize later', () => {
  it.each([
    ['Node.js 20', '11.3.244.8-node.33', '--interrupt-budget=405504'],
    ['Node.js 22', '12.4.254.21-node.33', '--invocation-count-for-turbofan=18000'],
    ['Node.js 24, which has a cheaper compiler', '13.6.233.10-node.26', undefined],
    ['a version to come', '111.3.1', undefined],
    ['a version that is none', '', undefined],
  ])('%s', (_, version, flag) => {
    expect(compileLaterFlag(version)).toBe(flag);
  });

  it('is one that this Node.js knows', () => {
    const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    const [name] = (compileLaterFlag(process.versions.v8) ?? '--maglev=').split('=');
    expect(known).toContain(`${name} (`);
  });
});
