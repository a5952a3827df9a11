import {
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster, GitOpsApp } from '../../lib';

describe('the files that a synth writes for cdk8s', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-outdir-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function synth(outdir: string): void {
    const app = new GitOpsApp({ outdir: join(folder, outdir) });
    new Cluster(app, 'home', { path: 'clusters/home/flux', directory: 'clusters/home/apps' });
    app.synth();
  }

  it('replace a link, and do not change its target', () => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, '.env'), 'TOKEN=1');
    symlinkSync('../.env', join(folder, 'dist/home.k8s.yaml'));
    synth('dist');
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('TOKEN=1');
    // Only the folder in cdk8s.yaml is marked for the next run.
    expect(
      readdirSync(join(folder, 'dist'), { withFileTypes: true }).map((e) => [e.name, e.isFile()]),
    ).toEqual([['home.k8s.yaml', true]]);
  });

  it.each([
    ['a file stands where its folder belongs', 'file/dist'],
    ['a folder stands in the place of a file', 'dist'],
  ])('fail with a finding if %s', (_, outdir) => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'dist/home.k8s.yaml'), { recursive: true });
    expect(() => synth(outdir)).toThrow(
      /^error: scratch-folder-unwritable\n {2}synth cannot write its scratch folder/,
    );
  });
});
