import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';

const root = join(__dirname, '../..');

interface Workflow {
  jobs: { publish: { steps: { name?: string; run?: string }[] } };
}

const { steps } = (load(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')) as Workflow).jobs
  .publish;

describe('the release workflow', () => {
  it('links the published package to the repository that runs it', () => {
    const link = steps.find((step) => step.name === 'Link the package to this repository')?.run ?? 'false';
    const folder = mkdtempSync(join(tmpdir(), 'release-'));
    try {
      copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
      execFileSync('sh', ['-e', '-c', link], {
        cwd: folder,
        env: {
          ...process.env,
          GITHUB_SERVER_URL: 'https://github.example.com',
          GITHUB_REPOSITORY: 'owner/name',
        },
      });
      const { repository, homepage, bugs, name } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      );
      expect({ repository, homepage, bugs, name }).toEqual({
        repository: { type: 'git', url: 'git+https://github.example.com/owner/name.git' },
        homepage: 'https://github.example.com/owner/name#readme',
        bugs: { url: 'https://github.example.com/owner/name/issues' },
        name: 'cdk8s-flux',
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('publishes after the gate has passed and the package is linked', () => {
    const runs = steps.map((step) => step.run ?? '');
    const gate = runs.indexOf('bash .ci/run');
    const linked = runs.findIndex((run) => run.includes('npm pkg set'));
    const published = runs.findIndex((run) => run.startsWith('npm publish --provenance'));
    expect(gate).toBeGreaterThan(-1);
    expect(linked).toBeGreaterThan(gate);
    expect(published).toBeGreaterThan(linked);
  });
});
