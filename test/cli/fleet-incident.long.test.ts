import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hasGit, removeScratch, ScratchGit } from '../revisions/scratch-git';
import { itWith } from '../tools/find-tool';
import { ROOT, typeAt } from './command-line';

const BIN = join(ROOT, 'dist', 'lib', 'cli', 'bin.js');
const [OLD, NEW] = ['4.13.2', '4.13.4'];

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
}, 600_000);
afterAll(removeScratch);

/** The example of a fleet in its own repository, with the same version in all rings. */
class FleetProject {
  readonly git = ScratchGit.init();

  constructor(time: string) {
    const { folder } = this.git;
    cpSync(join(ROOT, 'examples/fleet'), folder, { recursive: true });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules/cdk8s-flux'));
    for (const name of ['cdk8s', 'cdk8s-plus-28', 'constructs'])
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    this.git.write({
      '.gitignore': 'node_modules\ndist\n',
      'cdk8s.yaml': this.read('cdk8s.yaml').replace('../../scripts', join(ROOT, 'scripts')),
      'cdk8s-flux.yaml': this.read('cdk8s-flux.yaml').replace(/^# yaml-language-server.*\n/, ''),
      'pins.yaml': this.read('pins.yaml').replace(/4\.13\.\d+/g, OLD),
    });
    this.synth();
    this.git.commitAt(time);
  }

  read(path: string): string {
    return readFileSync(join(this.git.folder, path), 'utf8');
  }

  synth(): void {
    const env = { ...process.env, JEST_WORKER_ID: undefined };
    const { status, stderr } = spawnSync(process.execPath, [BIN, 'synth'], {
      cwd: this.git.folder,
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, expect.stringContaining('written')]);
  }

  at(time: string, ...argv: string[]) {
    return typeAt(time, this.git.folder, process.env, ...argv);
  }

  /** The clusters that the changes of the working tree reach. */
  async reached(): Promise<string[]> {
    const { stdout } = await this.at('2026-03-01T00:00:00Z', 'diff', '--format', 'json');
    const { clusters } = JSON.parse(stdout) as { clusters: { name: string; changes: object[] }[] };
    return clusters.filter(({ changes }) => changes.length > 0).map(({ name }) => name);
  }

  /** Runs a command, synthesizes, and commits; returns which clusters get what. */
  async step(time: string, ...argv: string[]): Promise<{ stdout: string; reached: string[] }> {
    const { code, stdout, stderr } = await this.at(time, ...argv);
    expect([code, stderr]).toEqual([0, expect.stringContaining('wrote pins.yaml')]);
    this.synth();
    const reached = await this.reached();
    this.git.commitAt(time);
    return { stdout, reached };
  }
}

describe('the incident: an ingress controller that takes all traffic down', () => {
  itWith(
    'git',
    hasGit,
    'reaches one ring after the other, and goes back',
    async () => {
      const fleet = new FleetProject('2026-03-01T12:00:00Z');

      const everywhere = fleet.read('pins.yaml').replaceAll(OLD, NEW);
      fleet.git.write({ 'pins.yaml': everywhere });
      fleet.synth();
      const atOnce = await fleet.at('2026-03-02T12:00:00Z', 'diff', '--max-clusters', '1');
      expect(atOnce.code).toBe(1);
      const said = `${atOnce.stdout}${atOnce.stderr}`;
      for (const name of ['eu-central-1', 'eu-west-1', 'europe-west1']) expect(said).toContain(name);
      fleet.git.git('checkout', '--quiet', '--', '.');

      fleet.git.write({ 'pins.yaml': fleet.read('pins.yaml').replace(`staging: ${OLD}`, `staging: ${NEW}`) });
      fleet.synth();
      expect(await fleet.reached()).toEqual(['eu-central-1']);
      fleet.git.commitAt('2026-03-02T12:00:00Z');

      const early = await fleet.at('2026-03-03T11:00:00Z', 'promote', 'ingress-nginx');
      expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('promotion-too-early')]);
      const first = await fleet.step('2026-03-03T12:00:00Z', 'promote', 'ingress-nginx');
      expect(first).toEqual({
        stdout: `ingress-nginx in production-1: ${OLD} -> ${NEW}\n`,
        reached: ['eu-west-1'],
      });
      const second = await fleet.step('2026-03-03T13:00:00Z', 'promote', 'ingress-nginx');
      expect(second.reached).toEqual(['europe-west1']);

      const back = await fleet.step(
        '2026-03-03T13:05:00Z',
        'rollback',
        'ingress-nginx',
        '--ring',
        'production-1',
        '--and-after',
      );
      expect(back.reached).toEqual(['eu-west-1', 'europe-west1']);
      const { stdout } = await fleet.at('2026-03-03T13:05:00Z', 'check');
      expect(stdout).toContain('no findings');
    },
    600_000,
  );

  itWith(
    'git',
    hasGit,
    'passes rings in an emergency, and stays visible until they have caught up',
    async () => {
      const fleet = new FleetProject('2026-03-01T12:00:00Z');
      fleet.git.write({ 'pins.yaml': fleet.read('pins.yaml').replace(`staging: ${OLD}`, `staging: ${NEW}`) });
      fleet.synth();
      fleet.git.commitAt('2026-03-02T12:00:00Z');
      const ahead = await fleet.step(
        '2026-03-02T13:00:00Z',
        ...['promote', 'ingress-nginx', '--to', 'production-2', '--emergency', '--reason', 'CVE-2026-1'],
      );
      expect(ahead.reached).toEqual(['europe-west1']);
      const visible = await fleet.at('2026-03-02T13:00:00Z', 'check');
      expect([visible.code, visible.stdout]).toEqual([0, expect.stringContaining('CVE-2026-1')]);
      const table = await fleet.at('2026-03-02T13:00:00Z', 'status');
      expect(table.stdout).toContain(
        `production-2 got ${NEW} by an emergency promotion on 2026-03-02: CVE-2026-1`,
      );

      await fleet.step('2026-03-03T12:00:00Z', 'promote', 'ingress-nginx');
      expect((await fleet.at('2026-03-03T12:00:00Z', 'check')).stdout).toContain('no findings');
      expect(fleet.read('pins.yaml')).not.toContain('emergencies');
    },
    600_000,
  );
});
