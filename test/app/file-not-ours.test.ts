import { ProjectFolder } from './project-folder';

const folders: ProjectFolder[] = [];
afterAll(() => folders.forEach((folder) => folder.remove()));

/** A project whose files stand there already, and what a synth says of them. */
function synth(code: string, files: Readonly<Record<string, string>>): string {
  const folder = new ProjectFolder(code, files);
  folders.push(folder);
  const { stderr } = folder.synth();
  for (const [path, content] of Object.entries(files)) expect(folder.read(path)).toBe(content);
  return stderr;
}

const WEB = "const web = new FluxApp(home, 'web');\nconfigMap(web, 'settings', { a: 'b', c: 'd' });";
const SETTINGS = 'cluster-resources/web/settings.yaml';
const ENTRY = 'cluster-resources/flux/web.yaml';

const object = (data: string, name = 'settings'): string =>
  `---\nkind: ConfigMap\napiVersion: v1\nmetadata: { namespace: default, name: ${name} }\ndata: ${data}\n`;

const kustomization = (name: string, spec: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 60m
  retryInterval: 2m
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  path: ./cluster-resources/${name}
${spec}`;

describe('a file of others where synth writes', () => {
  it('is safe to overwrite when only its formatting differs, and synth says so', () => {
    const said = synth(WEB, { [SETTINGS]: object('{ c: d, a: b }') });
    expect(said).toContain(`"${SETTINGS}" is there already with other content, and no record says that`);
    expect(said).toContain('; it holds the same objects in other formatting\n  fix: run again with');
    expect(said).toContain(`--overwrite ${SETTINGS}, which is safe: Flux applies the same`);
    expect(said).not.toContain('comments');
  });

  it('loses its comments, and synth says so', () => {
    const said = synth(WEB, { [SETTINGS]: object('{ c: d, a: b } # ours') });
    expect(said).toContain('in other formatting\n    its comments are lost\n  fix:');
  });

  it('is shown by object and field where it differs', () => {
    const said = synth(WEB, { [SETTINGS]: object('{ a: x, e: f }') + object('{}', 'other') });
    expect(said).toContain(`
    ConfigMap default/settings
      ~ data.a: "x" becomes "b"
      - data.e: "f"
      + data.c: "d"
    ConfigMap default/other is only in the file
  fix: move the file away`);
  });

  it('shows what synth adds by itself, and why', () => {
    const code = `${WEB}\nconst api = new FluxApp(home, 'api', { dependsOn: [web] });\nconfigMap(api, 'api', { a: 'b' });`;
    const said = synth(code, { [ENTRY]: kustomization('web', '  timeout: 5m\n') });
    expect(said).toContain(`
    Kustomization flux-system/web
      ~ spec.timeout: "5m" becomes "3m" (the default of FluxApp)
      + spec.wait: true (added because others wait for it; wait: false in its props leaves it out)
  fix:`);
  });

  it('is not safe to overwrite when a marker of image automation would be lost', () => {
    const marker = '{"$imagepolicy": "flux-system:web"}';
    const said = synth(WEB, { [SETTINGS]: object(`\n  a: b # ${marker}\n  c: d`) });
    expect(said).toContain(`\n    - the marker # ${marker}\n  fix: move the file away`);
  });

  it('shows no secret value, wherever it stands', () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: default }\nstringData: { key: topsecretvalue }\n`;
    const code = `${WEB}\nconfigMap(web, 'more', { password: 'hunter2hunter2' });`;
    const said = synth(code, {
      'cluster-resources/secret.yaml': secret,
      [SETTINGS]: object('{ a: topsecretvalue, c: d }'),
      'cluster-resources/web/more.yaml': object('{ password: otherpassword1 }', 'more'),
    });
    expect(said).toMatch(/~ data\.a: "\*\*\*" becomes "b"/);
    expect(said).toContain('~ data.password: "(hidden)" becomes "(hidden)"');
    expect(said).not.toMatch(/topsecret|hunter2|otherpassword/);
  });

  it('is shortened when much of it differs', () => {
    const many = Array.from({ length: 40 }, (_, index) => `k${index}: v`).join(', ');
    const said = synth(WEB, { [SETTINGS]: object(`{ ${many} }`) });
    expect(said.match(/ {6}[-+] data/g)).toHaveLength(10);
    expect(said).toContain('    and 32 more lines\n');
  });

  it.each(['a: [\n', 'a: b\n', '- 1\n', 'null\n---\nkind: {}\napiVersion: 1\n'])(
    'is only named when it holds no objects: %j',
    (text) => {
      const said = synth(WEB, { [SETTINGS]: text });
      expect(said).toMatch(/with other content[^\n]*\n {2}fix: move the file away/);
    },
  );
});

describe('a file of ours that was edited', () => {
  it('shows the edit', () => {
    const folder = new ProjectFolder(WEB);
    folders.push(folder);
    folder.synth();
    folder.write(SETTINGS, folder.read(SETTINGS).replace('a: b', 'a: edited'));
    const { stderr } = folder.synth();
    expect(stderr).toContain('error: file-edited');
    expect(stderr).toContain('~ data.a: "edited" becomes "b"\n');
  });
});
