import { FINDING_CODES } from '../../lib/findings/codes';
import { type } from './command-line';

describe('cdk8s-flux explain', () => {
  it('prints the page of a rule', async () => {
    const { code, stdout } = await type('explain', 'crd-deadlock');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# crd-deadlock\n/);
    expect(stdout).toContain('## Bad');
  });

  it('prints the section of each other finding', async () => {
    const { stdout } = await type('explain', 'file-edited');
    const { summary, fix } = FINDING_CODES['file-edited'];
    expect(stdout).toContain(`# file-edited\n\nSeverity: error\n\n${summary}.`);
    expect(stdout).toContain(`Fix: ${fix}`);
  });

  it('lists all codes if none is given', async () => {
    const { stdout } = await type('explain');
    const codes = stdout.split('\n').filter((line) => /^\S/.test(line));
    expect(codes).toEqual(Object.keys(FINDING_CODES).sort());
  });

  it('fails on an unknown code, and suggests one', async () => {
    const { code, stderr } = await type('explain', 'crd-deadlok');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: finding-unknown\n.*"crd-deadlok"[^]*did you mean "crd-deadlock"\?/);
  });
});
