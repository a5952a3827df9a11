import { ProjectFolder } from './project-folder';

const SETTINGS = 'cluster-resources/web/settings.yaml';
const folders: ProjectFolder[] = [];
afterAll(() => folders.forEach((folder) => folder.remove()));

function project(files: Readonly<Record<string, string>> = {}): ProjectFolder {
  const code = "configMap(new FluxApp(home, 'web'), 'settings', { a: 'b', c: 'd' });";
  const folder = new ProjectFolder(code, files);
  folders.push(folder);
  return folder;
}

describe('another tool’s file at a path of synth', () => {
  it('is kept, and safe to overwrite if only its formatting differs', () => {
    const text = `kind: ConfigMap\napiVersion: v1\nmetadata: { namespace: default, name: settings }\ndata: { c: d, a: b }\n`;
    const folder = project({ [SETTINGS]: text });
    expect(folder.synth().stderr).toContain(
      `error: file-not-ours at home/web/settings (app.js:8)
  "${SETTINGS}" already exists with other content, and is not recorded as written by cdk8s-flux; it contains the same objects in another format
  fix: run again with --overwrite ${SETTINGS}; this is safe, because Flux applies the same objects
`,
    );
    expect(folder.read(SETTINGS)).toBe(text);
  });
});

describe('an edited file of ours', () => {
  it('is kept, and synth shows the edit', () => {
    const folder = project();
    folder.synth();
    folder.write(SETTINGS, folder.read(SETTINGS).replace('a: b', 'a: edited'));
    const { stderr } = folder.synth();
    expect(stderr).toMatch(
      /error: file-edited[^]*\n {4}ConfigMap default\/settings\n {6}~ data\.a: "edited" becomes "b"\n {2}fix/,
    );
  });
});
