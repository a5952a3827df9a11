import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster, FluxApp, Manifests, SopsSecret, SecretValue } from '../../lib';
import { encryptSecrets } from '../../lib/app/encrypt-secrets';
import type { Finding } from '../../lib/findings/finding';
import { keepSecrets } from '../../lib/plan/secrets';
import { planApp } from '../../lib/plan/plan';
import { GitOpsApp } from '../../lib/app/gitops-app';
import { hasFifos, makeFifo } from '../tools/fifo';

const HOME = { path: 'clusters/home/flux', directory: 'clusters/home/apps' };

describe('files that are named in code', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cdk8s-flux-unreadable-'));
    writeFileSync(join(root, 'huge.yaml'), 'a: b\n');
    truncateSync(join(root, 'huge.yaml'), 1_900_000_000);
    makeFifo(join(root, 'fifo.yaml'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function findings(make: (app: FluxApp) => void, encrypts = false): string[] {
    const app = new GitOpsApp({ outdir: join(root, 'dist') });
    const apps = new FluxApp(new Cluster(app, 'home', HOME), 'web');
    make(apps);
    const encryption = encrypts ? encryptSecrets({ root, reencrypt: [] }) : keepSecrets(root);
    const plan = planApp(app, encryption, () => ({}));
    return plan.findings.map(({ code, severity, message }: Finding) => `${severity} ${code}: ${message}`);
  }

  const huge = 'has 1900000000 bytes; the limit is 16777216';
  const fifo = 'is a FIFO; expected a regular file';

  (hasFifos ? it : it.skip).each([
    ['huge.yaml', 'file-too-large', huge],
    ['fifo.yaml', 'file-unreadable', fifo],
    ['.', 'file-unreadable', 'is a folder; expected a regular file'],
  ])('fail if they are %s, without being read', (name, code, message) => {
    const file = join(root, name);
    expect(findings((scope) => void Manifests.fromFile(scope, 'crds', file))).toContainEqual(
      `error ${code}: ${JSON.stringify(file)} ${message}`,
    );
    const taken = findings((scope) => void SopsSecret.fromFile(scope, 'token', name), true);
    expect(taken).toContainEqual(`error ${code}: ${JSON.stringify(name)} ${message}`);
  });

  it('fail if .sops.yaml is a link, and nothing of it is shown', () => {
    writeFileSync(join(root, 'key'), 'AGE-SECRET-KEY-1QQQQ: [\n');
    symlinkSync('key', join(root, '.sops.yaml'));
    const found = findings((scope) => {
      new SopsSecret(scope, 'token', { values: { a: SecretValue.literal('x') } });
    }, true).join('\n');
    expect(found).toContain(
      'error file-unreadable: ".sops.yaml" is a symbolic link; expected a regular file',
    );
    expect(found).not.toContain('AGE-SECRET');
  });
});
