import { fileOfEntry } from '../../../../lib/check/facts/files/generated-from';
import { fieldParts } from '../../../../lib/check/facts/locate-fields';
import { placeInPatch } from '../../../../lib/check/facts/patches/set-by-patch';
import {
  filesOfKustomizations,
  filesOfPrograms,
  isNamedByPrograms,
} from '../../../../lib/check/facts/files/used-files';
import type { ManifestObject } from '../../../../lib/tree/manifest';
import { treeOf } from '../../../graph/tree-of';
import type { Files } from '../../small-repositories';

describe('the files that kustomizations name', () => {
  const used = (files: Files, ...read: string[]) => [...filesOfKustomizations(treeOf(files), new Set(read))];

  it.each([
    ['a value', 'crds: [x.yaml]', ['a/x.yaml']],
    ['one of many', 'a: [{ b: [{ c: ../o.yaml }] }]', ['o.yaml']],
    ['one with a key', 'files: [k=x.yaml]', ['a/x.yaml']],
    ['one that is not there', 'crds: [y.yaml]', []],
    ['one outside', 'crds: [../../o.yaml]', []],
    ['words', 'note: x.yaml and more', []],
    ['a long text', `note: ./${'./'.repeat(149)}x.yaml`, []],
    ['a text that is just not too long', `note: ./${'./'.repeat(145)}x.yaml`, ['a/x.yaml']],
  ])('%s', (_, text, expected) => {
    const files = { 'a/kustomization.yaml': `${text}\n`, 'a/x.yaml': 'a: b\n', 'o.yaml': 'a: b\n' };
    expect(used(files, 'a')).toEqual(expected);
    expect(used(files, 'b')).toEqual([]);
  });

  it('are named by other files, too', () => {
    const files = {
      'a/kustomization.yaml': 'transformers: [x.yaml, t]\ncomponents: [../built]\n',
      'a/x.yaml': 'apiVersion: builtin\npath: y.yaml\n',
      'a/y.yaml': 'a: z.yaml\n',
      'a/z.yaml': 'a: x.yaml\n',
      'a/w.txt': 'a: v.yaml\n',
      'a/t/kustomization.yaml': 'a: in-t.yaml\n',
      'a/t/in-t.yaml': 'a: b\n',
      'built/kustomization.yaml': 'a: in-built.yaml\n',
      'built/in-built.yaml': 'a: b\n',
    };
    expect(used(files, 'a')).toEqual(
      expect.arrayContaining(['a/x.yaml', 'a/y.yaml', 'a/z.yaml', 'a/t/in-t.yaml', 'built/in-built.yaml']),
    );
    // A manifest that is built names nothing, unless it is a plugin.
    expect(used(files, 'a', 'a/x.yaml', 'a/y.yaml')).toEqual(
      expect.arrayContaining(['a/x.yaml', 'a/y.yaml']),
    );
    expect(used(files, 'a', 'a/x.yaml', 'a/y.yaml')).not.toContain('a/z.yaml');
  });
});

describe('the files that programs name', () => {
  // A pattern also has the ending as a word, which names no file.
  const named = (text: string) =>
    [...filesOfPrograms([{ path: 'run/x.sh', text }])].filter((file) => !/(?:^|\/)\.ya?ml$/.test(file));

  it.each([
    ['cat a.yaml', ['a.yaml', 'run/a.yaml']],
    ['See a.yaml.', ['a.yaml', 'run/a.yaml']],
    ['cat a.yml "../b.yaml"', ['a.yml', 'run/a.yml', 'b.yaml']],
    ['cat a.yaml.txt', []],
    ['kubectl -f ./a', ['a', 'run/a']],
    ['kubectl -k=a', ['a', 'run/a']],
    ['kubectl --filename a --kustomize="b"', ['a', 'run/a', 'b', 'run/b']],
    ['kustomize build  a', ['a', 'run/a']],
    ['terraform apply a', ['a', 'run/a']],
    ['rebuild a', []],
    ['kubectl apply --server-side', []],
    ['tar -xf a', []],
    ['cat a/b/*.yaml', ['a/b', 'run/a/b']],
    ['cat a/*/c-*.yml', ['a', 'run/a']],
    ['cat a/*.txt', []],
    ['cat a/*.yamls', []],
    ['cd x && cat a.yaml', ['a.yaml', 'run/a.yaml', 'x/a.yaml']],
    ['cd ./x/y/; kubectl -k ../z', ['z', 'x/z']],
    ['working-directory: "x"\nrun: cat a.yaml', ['a.yaml', 'run/a.yaml', 'x/a.yaml']],
    ['abcd x && cat a.yaml', ['a.yaml', 'run/a.yaml']],
    ['cat $DIR/a.yaml', ['a.yaml', 'run/a.yaml']],
    ['cat $DIR/a/b.yaml', ['a/b.yaml', 'run/a/b.yaml', '*/a/b.yaml']],
    ['cat "${DIR}"/../a/b.yaml', ['a/b.yaml', '*/a/b.yaml']],
    ['kubectl -k {{ .DIR }}/a', ['a', 'run/a']],
    ['kubectl -k {{ .DIR }}/a/b', ['a/b', 'run/a/b', '*/a/b']],
    ['kubectl -f $(dirname $0)/a/b', ['a/b', 'run/a/b', '*/a/b']],
  ])('%s', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it.each([
    ['a/b.yaml', ['a/b.yaml'], true],
    ['a/b/c.yaml', ['a/b'], true],
    ['a/b.yaml', ['b.yaml'], false],
    ['x/a/b.yaml', ['*/a/b.yaml'], true],
    ['x/y/a/b/c.yaml', ['*/a/b'], true],
    ['x/ya/b.yaml', ['*/a/b.yaml'], false],
    ['a/b.yaml', ['*/a/b.yaml'], false],
    ['', [''], false],
  ])('have %j among %j: %s', (path, places, expected) => {
    expect(isNamedByPrograms(path, new Set(places))).toBe(expected);
  });
});

describe('the parts of a field', () => {
  it.each([
    ['spec.dependsOn[0].name', ['spec', 'dependsOn', '0', 'name']],
    ['data["a.b"]', ['data', 'a.b']],
    ['data["a\\"b"].c', ['data', 'a"b', 'c']],
    ['data[""]', ['data', '']],
    ['a[12][3]', ['a', '12', '3']],
  ])('of %s', (field, parts) => {
    expect(fieldParts(field)).toEqual(parts);
  });
});

describe('the file of an entry that kustomize generates', () => {
  const kustomization = [
    'configMapGenerator:',
    '  - { name: a, files: [x.txt, k=y.txt, sub/z.txt, gone.txt, n=../out.txt] }',
    '  - { name: b, files: [k=x.txt] }',
    '  - { files: [w=y.txt] }',
    'secretGenerator: [{ name: a, files: [s=x.txt] }]',
    '',
  ].join('\n');
  const files = {
    'f/kustomization.yaml': kustomization,
    'f/other.yaml': kustomization,
    'f/x.txt': '',
    'f/y.txt': '',
    'f/sub/z.txt': '',
    'out.txt': '',
  };
  const file = (kind: string, name: string | undefined, key: string, path?: string) =>
    fileOfEntry(
      treeOf(files),
      { apiVersion: 'v1', kind, metadata: { name } } as ManifestObject,
      { file: path },
      key,
    );

  it.each([
    ['ConfigMap', 'pre-a-hash', 'x.txt', 'f/x.txt'],
    ['ConfigMap', 'a', 'k', 'f/y.txt'],
    ['ConfigMap', 'b', 'k', 'f/x.txt'],
    ['ConfigMap', 'a', 'z.txt', 'f/sub/z.txt'],
    ['ConfigMap', 'a', 'y.txt', undefined],
    ['ConfigMap', 'a', 'gone.txt', undefined],
    ['ConfigMap', 'a', 'n', 'out.txt'],
    ['ConfigMap', 'c', 'k', undefined],
    ['ConfigMap', 'c', 'w', 'f/y.txt'],
    ['ConfigMap', 'a', 's', undefined],
    ['Secret', 'a', 's', 'f/x.txt'],
  ])('is known: %s %s %s', (kind, name, key, expected) => {
    expect(file(kind, name, key, 'f/kustomization.yaml')).toBe(expected);
  });

  it('is not known without the kustomization file', () => {
    expect(file('ConfigMap', 'a', 'k')).toBeUndefined();
    expect(file('ConfigMap', 'a', 'k', 'f/other.yaml')).toBeUndefined();
    expect(file('ConfigMap', 'a', 'k', 'gone/kustomization.yaml')).toBeUndefined();
  });
});

describe('the patch that sets a field', () => {
  const patch = (kind: string, replicas: number) => `kind: ${kind}\nspec: { replicas: ${replicas} }\n`;
  const files = {
    'base.yaml': patch('Deployment', 1),
    'patch.yaml': `# More\n---\n${patch('Service', 3)}---\n${patch('Deployment', 3)}`,
    'same.yaml': patch('Deployment', 3),
    'other.yaml': patch('StatefulSet', 3),
  };
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 3 } } as ManifestObject;
  const place = (reads: readonly string[], field = 'spec.replicas', file = 'base.yaml') =>
    placeInPatch(treeOf(files), { reads, inventory: [] }, { object, location: { file }, field });

  it('is the only file that does', () => {
    const found = { file: 'patch.yaml', line: 6, field: 'spec.replicas' };
    expect(place(['base.yaml', 'patch.yaml', 'other.yaml', 'gone.yaml', 'patch.yaml'])).toEqual(found);
  });

  it.each([
    ['two files do', ['base.yaml', 'patch.yaml', 'same.yaml'], 'spec.replicas', 'base.yaml'],
    ['none does', ['base.yaml', 'other.yaml'], 'spec.replicas', 'base.yaml'],
    ['its own file does', ['patch.yaml'], 'spec.replicas', 'patch.yaml'],
    ['the object lacks the field', ['base.yaml'], 'spec.paused', 'patch.yaml'],
  ])('is not known where %s', (_, reads, field, file) => {
    expect(place(reads, field, file)).toBeUndefined();
  });
});
