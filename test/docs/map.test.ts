import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './pages';

const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const architecture = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

function foldersIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The rows of the table of the architecture whose first column has a title. */
function table(title: string): string {
  return architecture.split('\n\n').find((block) => block.startsWith(`| ${title} `)) ?? '';
}

/** The subfolders of rooms in the table of the architecture, as `room/subfolder`. */
function listedSubfolders(): string[] {
  const rows = table('room').matchAll(/^\| `(\w+)` +\| (.*) \|$/gm);
  return [...rows].flatMap(([, room = '', cell = '']) =>
    [...cell.replace(/\([^)]*\)/g, '').matchAll(/`([\w-]+)`/g)].map((folder) => `${room}/${folder[1]}`),
  );
}

/** The subfolders of a folder from which the files of one of them import. */
function importedFolders(folder: string, subject: string): string[] {
  const files = readdirSync(join(root, folder, subject), { recursive: true, encoding: 'utf8' });
  const imported = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const path = join(folder, subject, file);
      const imports = readFileSync(join(root, path), 'utf8').matchAll(/ from '(\.[^']*)'/g);
      return [...imports].map(([, target = '']) => relative(folder, join(dirname(path), target)));
    });
  return [...new Set(imported.map((path) => dirname(path).split(sep)[0] as string))];
}

describe('the map of the code', () => {
  it('lists every room', () => {
    const listed = [...contributing.matchAll(/^\| `lib\/([\w-]+)` /gm)].map((row) => row[1]);
    expect(listed.sort()).toEqual(foldersIn('lib').sort());
  });

  it('names only files and folders that exist', () => {
    const named = [contributing, architecture].flatMap((text) =>
      [...text.matchAll(/`((?:lib|scripts|test|docs|examples|bench)\/[\w./-]+)`/g)].map(
        (path) => path[1] as string,
      ),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('lists every subfolder of a room, except those of commands', () => {
    const existing = foldersIn('lib')
      .filter((room) => room !== 'cli')
      .flatMap((room) => foldersIn(`lib/${room}`).map((name) => `${room}/${name}`));
    const listed = listedSubfolders().filter((folder) => !folder.startsWith('cli/'));
    expect(listed.sort()).toEqual(existing.sort());
  });

  it.each(['graph', 'check'])('lists the subfolders of lib/%s from the top down', (room) => {
    const subjects = listedSubfolders().flatMap((path) =>
      path.startsWith(`${room}/`) ? [path.slice(room.length + 1)] : [],
    );
    const wrong = subjects.flatMap((subject, index) =>
      importedFolders(`lib/${room}`, subject)
        .filter((name) => subjects.slice(0, index).includes(name))
        .map((name) => `${subject} imports ${name}`),
    );
    expect(subjects.length).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  });

  describe.each(['lib/graph/kustomize', 'lib/check/facts'])('%s', (folder) => {
    const subjects = [...table(`\`${folder}\``).matchAll(/^\| `([\w-]+)` /gm)].map((row) => row[1] as string);

    it('has a row for each subfolder', () => {
      expect([...subjects].sort()).toEqual(foldersIn(folder).sort());
    });

    it.each(subjects)('%s imports only from the rows below it', (subject) => {
      const above = subjects.slice(0, subjects.indexOf(subject));
      expect(importedFolders(folder, subject).filter((name) => above.includes(name))).toEqual([]);
    });
  });
});
