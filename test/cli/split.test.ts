import { HAND_WRITTEN, kustomization, removeRepositories, repository, type } from './command-line';
import { TreeFile } from '../../lib/tree/tree-file';

afterAll(removeRepositories);

describe('cdk8s-flux split', () => {
  it('prints the generator of each cluster as a file, with the required edits above it', async () => {
    const folder = repository(HAND_WRITTEN);
    const { code, stdout, stderr } = await type('split', folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatchInlineSnapshot(`
"# cluster home: for clusters/home/artifacts.yaml; Flux needs the component source-watcher
# then set spec.sourceRef of each Kustomization, and leave spec.path as it is:
#   clusters/home/apps.yaml: flux-system/apps: { kind: ExternalArtifact, name: apps }
#   clusters/home/infra.yaml: flux-system/infra: { kind: ExternalArtifact, name: infra }
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: flux-system
  namespace: flux-system
spec:
  sources:
    - alias: repo
      kind: GitRepository
      name: flux-system
  artifacts:
    - name: apps
      originRevision: "@repo"
      copy:
        - from: "@repo/apps/**"
          to: "@artifact/apps/"
    - name: infra
      originRevision: "@repo"
      copy:
        - from: "@repo/infra/**"
          to: "@artifact/infra/"
"
`);
  });

  it('names the Kustomizations that keep their source, and says if there are none', async () => {
    const elsewhere = kustomization('elsewhere', './x').replace('name: flux-system }', 'name: other }');
    const folder = repository({ ...HAND_WRITTEN, 'clusters/home/elsewhere.yaml': elsewhere });
    const kept = await type('split', folder, '--cluster', 'home');
    expect(kept.stderr).toContain(
      'cluster home: these keep their source:\n  flux-system/elsewhere: its source is not the source of the cluster\n',
    );
    const { 'clusters/home/infra.yaml': _infra, 'clusters/home/apps.yaml': _apps, ...bare } = HAND_WRITTEN;
    const none = await type('split', repository(bare));
    expect(none).toEqual({
      code: 0,
      stdout: '',
      stderr: 'cluster home: there is no Kustomization to cut out\n',
    });
  });

  it('prints comments that no file name can end', async () => {
    const name = 'clusters/home/a\u2028b.yaml';
    const folder = repository({ ...HAND_WRITTEN, [name]: kustomization('odd', './apps') });
    const { stdout } = await type('split', folder);
    expect(TreeFile.fromBytes('printed.yaml', stdout).documents).toHaveLength(1);
    expect(stdout).toContain('#   clusters/home/a?b.yaml: flux-system/odd');
  });

  it('fails for what cannot be built, but prints the rest', async () => {
    const folder = repository({
      ...HAND_WRITTEN,
      'clusters/home/lost.yaml': kustomization('lost', './nowhere'),
    });
    const { code, stdout, stderr } = await type('split', folder);
    expect(code).toBe(1);
    expect(stdout).toContain('name: apps');
    expect(stderr).toMatch(/path-missing[^]*flux-system\/lost: it cannot be built/);
    expect((await type('split', folder, '--cluster', 'hom')).code).toBe(2);
  });
});
