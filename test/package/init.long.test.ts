import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles } from '../../lib/init/project-files';
import { itWith } from '../tools/find-tool';
import { PackedPackage, REGISTRY, type Consumer } from './consumer';

const MINUTES = 60_000;
const AGE = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

const packed = new PackedPackage();

beforeAll(() => {
  if (REGISTRY) packed.pack();
}, 5 * MINUTES);

afterAll(() => packed.remove());

/** Runs the steps that `init` prints, and those of its pipeline. */
function walk(project: Consumer, clusters: string): void {
  project.run('npm', 'run', 'typecheck');
  project.run('npm', 'test');
  project.run('npx', 'cdk8s', 'synth');
  expect(project.run('npx', 'cdk8s-flux', 'synth', '--check')).toContain('up to date');
  expect(project.run('npx', 'cdk8s-flux', 'check', '--fail-on', 'info')).toBe(`no findings in ${clusters}\n`);
}

describe('a new project', () => {
  itWith(
    'npm registry',
    REGISTRY,
    'of each kind installs, is typed, tests, synthesizes and has no finding',
    () => {
      const shared = { name: 'home', ci: 'github', version: '0.1.0' } as const;
      const recipients = [{ kind: 'age', id: AGE }] as const;
      const home = packed.install('home', {
        ...Object.fromEntries(projectFiles({ ...shared, kind: 'cluster', recipients })),
      });
      const rules = home.read('.sops.yaml');
      walk(home, '1 cluster');
      expect(home.read('.sops.yaml')).toBe(rules);

      const fleet = home.beside(join(packed.folder, 'fleet'));
      const made = home.run('npx', 'cdk8s-flux', 'init', fleet.path, '--kind', 'fleet', '--sops', AGE);
      expect(made).toContain(`files written to ${fleet.path}\n`);
      walk(fleet, '3 clusters');
      expect(readFileSync(join(fleet.path, '.sops.yaml'), 'utf8')).toContain('^(apps|clusters)/');
      expect(fleet.run('npx', 'cdk8s-flux', 'synth', '--check')).toContain('up to date');
    },
    10 * MINUTES,
  );
});
