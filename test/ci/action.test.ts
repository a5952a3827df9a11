import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { action, ROOT } from './run-action';

const { steps } = action.runs;

describe('action.yml', () => {
  it('has no expression in a script: values come from the environment', () => {
    const scripts = steps.flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('uses no text of a pull request that its author can choose', () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
    expect(text).not.toMatch(/github\.(?:event|head_ref|base_ref|ref_name|actor)/);
  });

  it('pins other actions by their commits', () => {
    const others = steps.flatMap(({ uses }) => uses ?? []);
    expect(others).toHaveLength(2);
    for (const uses of others) expect(uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
  });

  it('describes each input and output, and docs/ci.md lists them all', () => {
    const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
    for (const [name, { description }] of Object.entries(action.inputs)) {
      expect(description).toMatch(/\.$/);
      if (name !== 'command') expect(page).toMatch(new RegExp(`\\| \`${name}\` +\\|`));
    }
    for (const name of Object.keys(action.outputs)) expect(page).toMatch(new RegExp(`\\| \`${name}\` +\\|`));
  });
});
