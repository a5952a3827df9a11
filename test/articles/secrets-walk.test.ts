import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectFolder } from '../app/project-folder';
import { typeIn } from '../cli/command-line';
import { GnupgHome, hasGpg } from '../sops/gnupg-home';
import { describeWithSops } from '../sops/sops-binary';
import { itWith } from '../tools/find-tool';

jest.setTimeout(60_000);

const LIBRARY = join(__dirname, '..', '..', 'lib', 'index.ts');
const FILE = 'cluster-resources/services/podinfo/secret.yaml';
const PLAIN = 'top-secret-data';

/** The steps of the articles: create a key, encrypt podinfo's secret for it, give the cluster what it needs. */
describeWithSops('the articles’ secret, from key to cluster', (binary) => {
  const home = mkdtempSync(join(tmpdir(), 'cdk8s-flux-walk-'));
  const folders: ProjectFolder[] = [];
  afterAll(() => {
    folders.forEach((folder) => folder.remove());
    rmSync(home, { recursive: true, force: true });
  });

  /** Runs `secrets init`, puts the line that it prints into the code, and publishes. */
  async function walk(name: string, type: string): Promise<{ folder: ProjectFolder; printed: string }> {
    const folder = new ProjectFolder('');
    folders.push(folder);
    folder.git('init', '--quiet');
    const env = { PATH: process.env['PATH'], HOME: home };
    const { code, stdout } = await typeIn(folder.path, env, 'secrets', 'init', name, '--type', type);
    expect(code).toBe(0);
    const sops = /^ {2}(sops: .*)$/m.exec(stdout)?.[1] as string;
    folder.setCode(`
      const { SopsSecret, SecretValue } = require(${JSON.stringify(LIBRARY)});
      app.node.tryRemoveChild('home');
      const anton = new Cluster(app, '${name}', { path: './cluster-resources/flux', ${sops} });
      const podinfo = new FluxApp(anton, 'podinfo', { layer: 'services', interval: '10m0s' });
      new SopsSecret(podinfo, 'secret', {
        name: 'podinfo-secret', namespace: 'default', values: { SECRET: SecretValue.env('PODINFO_SECRET') } });`);
    const bare = { HOME: home, GNUPGHOME: home, XDG_CONFIG_HOME: home };
    const outcome = folder.synth({ CDK8S_OUTDIR: 'dist/manifests', ...bare, PODINFO_SECRET: PLAIN });
    expect(outcome).toMatchObject({ status: 0, stderr: expect.stringContaining('files written') });
    expect(folder.read('cluster-resources/services/podinfo/kustomization.yaml')).toContain('- secret.yaml');
    return { folder, printed: stdout };
  }

  /** What the cluster's private key can decrypt. */
  function decrypt(folder: ProjectFolder, env: NodeJS.ProcessEnv): string {
    const args = ['decrypt', '--extract', '["data"]["SECRET"]', FILE];
    const options = {
      cwd: folder.path,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home, ...env },
    } as const;
    return Buffer.from(execFileSync(binary, args, options), 'base64').toString('utf8');
  }

  const keyFile = (printed: string): string => /^private key: (.*)$/m.exec(printed)?.[1] as string;

  it('works with age', async () => {
    const { folder, printed } = await walk('fleet', 'age');
    const file = keyFile(printed);
    expect(printed).toContain(
      `kubectl create secret generic sops-age --namespace=flux-system --from-file=age.agekey=${file}`,
    );
    expect(folder.read('cluster-resources/flux/services/podinfo.yaml')).toMatch(
      /decryption:\n {4}provider: sops\n {4}secretRef:\n {6}name: sops-age\n/,
    );
    expect(decrypt(folder, { SOPS_AGE_KEY_FILE: file })).toBe(PLAIN);
  });

  itWith('gpg', hasGpg, 'goes with PGP, without gpg until it is read by hand', async () => {
    const { folder, printed } = await walk('anton', 'pgp-rsa');
    const file = keyFile(printed);
    expect(printed).toContain(
      `kubectl create secret generic sops-gpg --namespace=flux-system --from-file=sops.asc=${file}`,
    );
    expect(folder.read('cluster-resources/flux/services/podinfo.yaml')).toContain('name: sops-gpg\n');
    const keyring = new GnupgHome(readFileSync(file, 'utf8'));
    expect(decrypt(folder, keyring.env)).toBe(PLAIN);
    keyring.remove();
  });
});
