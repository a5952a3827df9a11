import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printFleet } from '../../lib/rollout/print-fleet';
import { hasGit, removeScratch, ScratchGit } from '../revisions/scratch-git';
import { FLEET, pinsText } from '../rollout/fleet';
import { kustomization, typeAt, type Typed } from './command-line';

afterAll(removeScratch);

/** The files of a cluster that was bootstrapped, with the component. */
function cluster(name: string): Record<string, string> {
  const folder = `clusters/${name}`;
  return {
    [`${folder}/flux-system/gotk-sync.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ssh://git@example.com/fleet, ref: { branch: main } }
---
${kustomization('flux-system', `./${folder}`)}`,
    [`${folder}/flux-system/kustomization.yaml`]: 'kind: Kustomization\nresources: [gotk-sync.yaml]\n',
    [`${folder}/ingress.yaml`]: kustomization('ingress', `./apps/${name}`),
    [`apps/${name}/map.yaml`]:
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: flux-system }\n',
  };
}

const FILES = {
  'fleet.json': printFleet(FLEET),
  'cdk8s-flux.yaml': 'version: 1\n',
  ...Object.assign({}, ...['staging', 'canary', 'eu', 'us'].map(cluster)),
} as Readonly<Record<string, string>>;
const values = (...all: readonly string[]) => pinsText(all);

/** A fleet in git, and a clock. */
class Fleet {
  readonly git = ScratchGit.init();

  constructor(time: string, pins: string) {
    this.git.commitAt(time, { ...FILES, 'pins.yaml': pins });
  }

  at(time: string, ...argv: string[]): Promise<Typed> {
    return typeAt(time, this.git.folder, process.env, ...argv);
  }

  read(path = 'pins.yaml'): string {
    return readFileSync(join(this.git.folder, path), 'utf8');
  }

  get changed(): string {
    return this.git.git('status', '--porcelain');
  }
}

const suite = hasGit ? describe : describe.skip;

suite('the commands for a fleet', () => {
  it('promote a version from ring to ring, each after its soak time', async () => {
    const fleet = new Fleet('2026-03-01T12:00:00Z', values('1.0.0', '1.0.0', '1.0.0'));
    fleet.git.commitAt('2026-03-02T12:00:00Z', { 'pins.yaml': values('1.1.0', '1.0.0', '1.0.0') });

    const early = await fleet.at('2026-03-03T10:00:00Z', 'promote', 'ingress');
    expect([early.code, early.stdout, fleet.changed]).toEqual([1, '', '']);
    expect(early.stderr).toContain('promotion-too-early');
    expect(early.stderr).toContain('has run there for 22h, and the soak time of the ring "staging" is 24h');

    const skipping = await fleet.at('2026-03-05T10:00:00Z', 'promote', 'ingress', '--to', 'production');
    expect([skipping.code, fleet.changed]).toEqual([1, '']);
    expect(skipping.stderr).toContain('promotion-skips-ring');

    const promoted = await fleet.at('2026-03-03T12:00:00Z', 'promote', 'ingress');
    expect(promoted).toMatchObject({ code: 0, stdout: 'ingress in canary: 1.0.0 -> 1.1.0\n' });
    expect(promoted.stderr).toContain('npx cdk8s-flux synth');
    expect(fleet.read()).toBe(values('1.1.0', '1.1.0', '1.0.0'));
    expect(fleet.changed).toBe('M pins.yaml');

    const again = await fleet.at('2026-03-03T12:00:00Z', 'promote', 'ingress');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('pins-uncommitted');

    fleet.git.commitAt('2026-03-03T12:30:00Z');
    const table = await fleet.at('2026-03-04T12:30:00Z', 'status');
    expect(table.stdout).toContain('ingress  1.1.0 (2d)  1.1.0 (1d)  1.0.0 (3d)');
    expect(table.stdout).toContain('production is behind canary; 1.1.0 may be promoted in 1d');
    const last = await fleet.at('2026-03-06T12:30:00Z', 'promote', 'ingress');
    expect(last.stdout).toBe('ingress in production: 1.0.0 -> 1.1.0\n');
    fleet.git.commitAt('2026-03-06T12:30:00Z');
    const none = await fleet.at('2026-03-06T12:30:00Z', 'promote', 'ingress');
    expect([none.code, none.stdout]).toEqual([0, '']);
    expect(none.stderr).toContain('nothing to promote');
  });

  it('allow an emergency, report it until the rings before have caught up, and roll it back', async () => {
    const fleet = new Fleet('2026-03-01T12:00:00Z', values('1.0.0', '1.0.0', '1.0.0'));
    fleet.git.commitAt('2026-03-02T12:00:00Z', { 'pins.yaml': values('1.1.0', '1.0.0', '1.0.0') });
    const time = '2026-03-02T13:00:00Z';
    const asked = ['promote', 'ingress', '--to', 'production', '--emergency'];
    expect((await fleet.at(time, ...asked)).stderr).toContain('--emergency needs --reason');
    const ahead = await fleet.at(time, ...asked, '--reason', 'CVE-2026-1');
    expect(ahead).toMatchObject({ code: 0, stdout: 'ingress in production: 1.0.0 -> 1.1.0\n' });
    expect(fleet.read()).toContain('reason: CVE-2026-1');
    fleet.git.commitAt(time);

    const checked = await fleet.at(time, 'check');
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain('pin-emergency');
    expect(checked.stdout).toContain('CVE-2026-1');
    const told = await fleet.at(time, 'status', '--format', 'json');
    expect(JSON.parse(told.stdout)).toMatchObject({
      pins: [{ rings: [{}, { behind: { value: '1.1.0' } }, { emergency: { reason: 'CVE-2026-1' } }] }],
    });

    expect((await fleet.at('2026-03-04T12:00:00Z', 'promote', 'ingress')).stdout).toBe(
      'ingress in canary: 1.0.0 -> 1.1.0\n',
    );
    expect(fleet.read()).toBe(values('1.1.0', '1.1.0', '1.1.0'));
    fleet.git.commitAt('2026-03-04T12:00:00Z');
    const quiet = await fleet.at('2026-03-04T12:00:00Z', 'check');
    expect(quiet.stdout).not.toContain('pin-emergency');

    const alone = await fleet.at(time, 'rollback', 'ingress', '--ring', 'staging');
    expect([alone.code, fleet.changed]).toEqual([1, '']);
    expect(alone.stderr).toContain('--and-after');
    const back = await fleet.at(time, 'rollback', 'ingress', '--ring', 'staging', '--and-after');
    expect(back.stdout.split('\n')).toEqual([
      'ingress in staging: 1.1.0 -> 1.0.0',
      'ingress in canary: 1.1.0 -> 1.0.0',
      'ingress in production: 1.1.0 -> 1.0.0',
      '',
    ]);
  });

  it('fail a version that someone writes into a later ring', async () => {
    const fleet = new Fleet('2026-03-01T12:00:00Z', values('1.0.0', '1.0.0', '1.1.0'));
    const { code, stdout } = await fleet.at('2026-03-01T12:00:00Z', 'check');
    expect(code).toBe(1);
    expect(stdout).toContain('error: pin-ahead-of-ring at pins.yaml:6');
  });

  it('fail to promote a component with errors of check, and ignore errors elsewhere', async () => {
    const pins = values('1.1.0', '1.0.0', '1.0.0');
    const fleet = new Fleet('2026-03-01T12:00:00Z', pins);
    const broken = kustomization('ingress', './nowhere');
    fleet.git.commitAt('2026-03-01T12:00:00Z', { 'clusters/staging/ingress.yaml': broken });
    const refused = await fleet.at('2026-03-09T12:00:00Z', 'promote', 'ingress');
    expect([refused.code, fleet.changed]).toEqual([1, '']);
    expect(refused.stderr).toContain('promotion-with-errors');
    expect(refused.stderr).toContain('path-missing at clusters/staging/ingress.yaml');

    fleet.git.commitAt('2026-03-01T12:00:00Z', {
      'clusters/staging/ingress.yaml': FILES['clusters/staging/ingress.yaml'],
      'clusters/staging/other.yaml': kustomization('other', './nowhere'),
      'clusters/canary/ingress.yaml': broken,
    });
    expect((await fleet.at('2026-03-09T12:00:00Z', 'promote', 'ingress')).code).toBe(0);
  });

  it('fail to promote what the files do not contain', async () => {
    const fleet = new Fleet('2026-03-01T12:00:00Z', values('1.1.0', '1.0.0', '1.0.0'));
    fleet.git.commitAt('2026-03-01T12:00:00Z', { 'clusters/staging/ingress.yaml': undefined });
    const { stderr } = await fleet.at('2026-03-09T12:00:00Z', 'promote', 'ingress');
    expect(stderr).toContain('the files of staging do not match fleet.json');
  });

  it('suspend and resume a component, and print the commands for the meantime', async () => {
    const fleet = new Fleet('2026-03-01T12:00:00Z', values('1.1.0', '1.0.0', '1.0.0'));
    const time = '2026-03-09T12:00:00Z';
    const held = await fleet.at(time, 'suspend', 'ingress', '--cluster', 'eu', '--reason', '503s after 4.11');
    expect(held).toMatchObject({
      code: 0,
      stdout: 'flux suspend kustomization ingress --namespace flux-system --context eu\n',
    });
    fleet.git.commitAt(time);
    expect((await fleet.at(time, 'check')).stdout).toContain(
      '"ingress" is suspended in eu since 2026-03-09: 503s after 4.11',
    );
    await fleet.at(time, 'suspend', 'ingress', '--ring', 'staging', '--reason', 'x');
    fleet.git.commitAt(time);
    const refused = await fleet.at('2026-03-20T12:00:00Z', 'promote', 'ingress', '--to', 'canary');
    expect(refused.stderr).toContain('promotion-suspended');
    const resumed = await fleet.at(time, 'resume', 'ingress');
    expect(resumed.stdout.split('\n')).toHaveLength(3);
    expect(fleet.read()).toBe(values('1.1.0', '1.0.0', '1.0.0'));
  });

  it.each([
    [['promote', 'ingres'], 'did you mean "ingress"?'],
    [['rollback', 'ingress', '--ring', 'prod'], 'its rings are staging, canary, production'],
    [['suspend', 'ingres', '--cluster', 'eu', '--reason', 'x'], 'did you mean "ingress"?'],
    [['suspend', 'ingress', '--cluster', 'frankfurt', '--reason', 'x'], 'it is in staging, canary, eu, us'],
    [['suspend', 'ingress', '--reason', 'x'], 'suspend needs --cluster or --ring'],
    [['suspend', 'ingress', '--cluster', 'eu', '--reason', ' '], '--reason needs one line of text'],
    [['suspend', 'ingress', '--cluster', 'eu', '--reason', '\x1b[31m'], '--reason needs one line of text'],
    [['promote', 'ingress', '--reason', 'x'], '--reason needs --emergency'],
    [['promote', 'ingress', '--branch', 'live'], 'revision-missing'],
    [['status', 'nowhere'], 'the folder "nowhere" does not exist'],
  ])('fail on %j', async (argv, expected) => {
    const fleet = new Fleet('2026-03-01T12:00:00Z', values('1.1.0', '1.0.0', '1.0.0'));
    const { code, stdout, stderr } = await fleet.at('2026-03-09T12:00:00Z', ...argv);
    expect([code, stdout, fleet.changed]).toEqual([2, '', '']);
    expect(stderr).toContain(expected);
  });

  it('fail in a shallow clone, in which a status has no ages', async () => {
    const fleet = new Fleet('2026-03-01T12:00:00Z', values('1.1.0', '1.0.0', '1.0.0'));
    fleet.git.commitAt('2026-03-02T12:00:00Z', { 'pins.yaml': values('1.2.0', '1.0.0', '1.0.0') });
    const clone = ScratchGit.clone(fleet.git, '--depth', '1');
    const at = (...argv: string[]) => typeAt('2026-03-09T12:00:00Z', clone.folder, process.env, ...argv);
    const refused = await at('promote', 'ingress');
    expect([refused.code, clone.git('status', '--porcelain')]).toEqual([2, '']);
    expect(refused.stderr).toContain('fetch-depth: 0');
    expect((await at('rollback', 'ingress', '--ring', 'staging')).stderr).toContain('fetch-depth: 0');
    const told = await at('status');
    expect(told.code).toBe(0);
    expect(told.stdout).toContain('ingress  1.2.0    1.0.0   1.0.0');
  });

  it('fail without a fleet, without git, and with an invalid pins file', async () => {
    const bare = ScratchGit.init();
    bare.commit({ 'a.txt': '' });
    const at = (folder: string) => typeAt(undefined, folder, process.env, 'status');
    expect((await at(bare.folder)).stderr).toContain('fleet-missing');
    const fleet = new Fleet('2026-03-01T12:00:00Z', 'version: 1\npins: []\n');
    expect((await at(fleet.git.folder)).stderr).toContain('error: pins-invalid at pins.yaml:2');
    fleet.git.write({ 'pins.yaml': values('1.0.0') });
    const { rmSync } = await import('node:fs');
    rmSync(join(fleet.git.folder, '.git'), { recursive: true });
    const without = await at(fleet.git.folder);
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('git-repository-missing')]);
  });
});
