import { findBootstrapped } from '../../../lib/check/providers/bootstrapped';
import { groupsOfManifests } from '../../../lib/check/providers/known-manifests';
import { treeOf } from '../../graph/tree-of';

const found = (path: string, text: string) => {
  const { releases, manifests } = findBootstrapped(treeOf({ [path]: text }), () => false);
  return [[...releases], manifests];
};

describe('what runs before Flux', () => {
  const helm = 'helm install a x/b\n';

  it.each([
    ['scripts/x.sh', true],
    ['x.bash', true],
    ['just/x.just', true],
    ['x.mk', true],
    ['x.tf', true],
    ['x.ps1', true],
    ['x.gotmpl', true],
    ['X.SH', true],
    ['x.sh.md', false],
    ['xsh', false],
    ['justfile', true],
    ['a/.justfile', true],
    ['a/Makefile', true],
    ['MakefileX', false],
    ['aMakefile', false],
  ])('is looked for in scripts: %s', (path, expected) => {
    expect(found(path, helm)).toEqual(expected ? [['a', 'b'], []] : [[], []]);
  });

  it.each([
    ['taskfile.yaml', true],
    ['.taskfiles/x.yaml', true],
    ['a/Taskfile.yml', true],
    ['ansible/x.yaml', true],
    ['.github/x.yaml', true],
    ['script/x.yaml', true],
    ['scripts/x.yaml', true],
    ['bootstrap/x.yaml', true],
    ['bootstrap.yaml', true],
    ['bootstrap.yaml.yaml', false],
    ['my-bootstrap/x.yaml', false],
    ['apps/x.yaml', false],
  ])('is looked for in recipes: %s', (path, expected) => {
    expect(found(path, `# ${helm}`)).toEqual(expected ? [['a', 'b'], []] : [[], []]);
  });

  it.each([
    ['bootstrap/kustomization.yaml', true],
    ['a/my-crds/b/kustomization.yml', true],
    ['talos/kustomization.yaml', true],
    ['provision/kustomization.yaml', true],
    ['apps/kustomization.yaml', false],
    ['crds/other.yaml', false],
  ])('is looked for in kustomizations: %s', (path, expected) => {
    const text =
      'helmCharts: [{ name: a, chart: x/b }]\nresources: [all.yaml, "https://x.io/a", github.com/x/y]\n';
    expect(found(path, text)).toEqual(
      expected
        ? [
            ['b', 'a'],
            ['https://x.io/a', 'github.com/x/y'],
          ]
        : [[], []],
    );
  });

  it.each([
    ['releases: [{ name: a, chart: x/b }, { chart: c }, { name: 1 }, x]\n', ['a', 'b', 'c']],
    ['repositories: []\nreleases: [{ name: a }]\n', ['a']],
    ['my-releases: [{ name: a }]\n', []],
    ['apiVersion: helm.cattle.io/v1\nkind: HelmChart\nspec: { chart: x/b }\n', ['b']],
    ['spec: { chart: b }\n', []],
    ['{{ if }}\nreleases: [{ name: a }]\n', []],
  ])('is what a file lists: %j', (text, releases) => {
    expect([...findBootstrapped(treeOf({ 'x.yaml': text }), () => false).releases].sort()).toEqual(releases);
  });

  it('is what Talos applies', () => {
    expect(found('x.yaml', 'cluster: { extraManifests: ["https://x.io/a", b] }\n')).toEqual([
      [],
      ['https://x.io/a', 'b'],
    ]);
  });

  it.each([
    ['kubectl apply -f https://x.io/a/install.yaml', ['https://x.io/a/install.yaml']],
    [
      'kubectl apply -f "http://x.io/crds?ref=v1" -f https://x.io/b.yml',
      ['http://x.io/crds?ref=v1', 'https://x.io/b.yml'],
    ],
    ["kubectl apply -f 'https://x.io/a.yaml'|less", ['https://x.io/a.yaml']],
    [
      'kubectl apply -k <https://x.io/install.yaml?a> (https://x.io/c.yaml)',
      ['https://x.io/install.yaml?a', 'https://x.io/c.yaml'],
    ],
    ['kubectl apply -f https://x.io/all.json', []],
    ['kubectl apply -f https://x.io/b.yaml.gz', []],
    ['curl https://x.io/a.yaml', []],
    ['curl https://x.io/crd.yaml', ['https://x.io/crd.yaml']],
    ['HELM=1 curl https://x.io/a.yaml', ['https://x.io/a.yaml']],
  ])('is what a script applies: %s', (text, manifests) => {
    expect(found('x.sh', text)).toEqual([[], manifests]);
  });

  it.each([
    ['helm install a x/b', ['a', 'b']],
    ['helm  upgrade  --install  -n  a  x/b', ['a', 'b']],
    ['helm upgrade --install --atomic a oci://x.io/c/b:1', ['a', 'b:1']],
    ['helm list a x/b', []],
    ['myhelm_install a', []],
    ['resource "helm_release" "x" {\n  chart = "x/b"\n}', ['b']],
    ['helm:\n  chart_ref: x/b', ['b']],
    ['helm:\n  chartname: b', ['b']],
    ['helm:\n  chart=b', ['b']],
    ['helm:\n  mychart: b', []],
    ['chart: b', []],
  ])('is what a script installs: %s', (text, releases) => {
    expect(found('x.sh', text)).toEqual([releases, []]);
  });

  it('is not what Flux builds', () => {
    const files = { 'a.yaml': 'releases: [{ name: a }]\n', 'b.yaml': 'releases: [{ name: b }]\n' };
    expect([...findBootstrapped(treeOf(files), (path) => path === 'a.yaml').releases]).toEqual(['b']);
  });
});

describe('the groups of manifests', () => {
  it.each([
    ['https://x.io/crds/acme.io_things.yaml', ['acme.io']],
    ['https://x.io/a.b-c.io_t1.yml', ['a.b-c.io']],
    ['https://x.io/acme_things.yaml', []],
    ['https://x.io/acme.io_things.json', []],
    ['https://x.io/Xacme.io_things.yaml', ['acme.io']],
    ['https://x.io/acme.io_a.yaml?acme.io_b.yaml', ['acme.io']],
    ['https://x.io/kedacore/keda_crds.yaml', ['keda.sh', 'eventing.keda.sh']],
    ['https://x.io/velero/metallb', ['metallb.io', 'velero.io']],
    ['https://github.com/rancher/system-upgrade-controller', ['upgrade.cattle.io']],
    ['https://x.io/cert-manager', []],
    ['https://x.io/jetstack/cert-manager', ['cert-manager.io', 'acme.cert-manager.io']],
    ['https://x.io/cert-manager.crds.yaml', ['cert-manager.io', 'acme.cert-manager.io']],
    ['https://x.io/Multus', ['k8s.cni.cncf.io']],
    ['oci://x.io/flagger-manifests/install', ['flagger.app']],
    ['oci://x.io/flagger-manifests/tester', []],
    ['https://github.com/fluxcd/flagger//kustomize/tester?ref=main', []],
    ['oci://x.io/flagger-manifests/testers', ['flagger.app']],
  ])('are known by its address: %s', (address, groups) => {
    expect(groupsOfManifests(address)).toEqual(groups);
  });
});
