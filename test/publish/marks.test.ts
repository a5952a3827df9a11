import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import { marksOf, maskMarks } from '../../lib/publish/marks';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/release.yaml';
const RECORD = 'out/a/.cdk8s-flux.json';

interface Values {
  readonly tag?: string;
  readonly replicas?: number;
  readonly policy?: string;
}

function release(
  { tag = '1.0.0', replicas = 1, policy = 'flux-system:podinfo:tag' }: Values = {},
  file = FILE,
): Tree {
  const object = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'podinfo', namespace: 'default' },
    spec: { interval: '60m', values: { image: { tag }, replicas } },
  };
  const comments = new Map([['/spec/values/image/tag', `{"$imagepolicy": "${policy}"}`]]);
  return new Tree([TreeFile.fromDocuments(file, [{ object, comments }], { owner: 'out/a' })]);
}

/** A repository in which image automation has set the tag. */
function automated(tag = '1.2.3', before: Values = {}): Repository {
  const repository = new Repository();
  repository.publish({}, { tree: release(before) });
  const text = repository.read(FILE);
  const rewritten = text.replace(/tag: \S+/, `tag: ${tag}`);
  expect(rewritten).not.toBe(text);
  repository.write(FILE, rewritten);
  return repository;
}

describe('a field that image automation rewrites', () => {
  it('keeps its committed value, and the file its bytes', () => {
    const repository = automated();
    const before = repository.stamps();
    const result = repository.publish({}, { tree: release() });
    expect(result).toMatchObject({ written: [], unchanged: 1, findings: [] });
    expect(repository.stamps()).toEqual(before);
  });

  it('keeps its committed value if other content changes', () => {
    const repository = automated();
    const result = repository.publish({}, { tree: release({ replicas: 3 }) });
    expect(result).toMatchObject({ written: [RECORD, FILE], findings: [] });
    expect(repository.read(FILE)).toContain('tag: 1.2.3 # {"$imagepolicy": "flux-system:podinfo:tag"}');
    expect(repository.read(FILE)).toContain('replicas: 3');
    expect(repository.publish({}, { tree: release({ replicas: 3 }) }).written).toEqual([]);
    repository.publish({}, { tree: release({ replicas: 4 }) });
    expect(repository.read(FILE)).toContain('tag: 1.2.3');
  });

  it('keeps its committed value if a patch replaces the file, and vice versa', () => {
    const repository = automated();
    const patch = 'out/a/release.patch.yaml';
    repository.publish({}, { tree: release({}, patch) });
    expect(repository.read(patch)).toContain('tag: 1.2.3 #');
    expect(repository.publish({}, { tree: release({}, patch) }).written).toEqual([]);
    repository.publish({}, { tree: release() });
    expect(repository.read(FILE)).toContain('tag: 1.2.3 #');
    repository.publish({}, { tree: release({ tag: '2.0.0' }, patch) });
    expect(repository.read(patch)).toContain('tag: 2.0.0 #');
  });

  it('gets the code’s value once that has changed', () => {
    const repository = automated();
    repository.publish({}, { tree: release({ tag: '2.0.0' }) });
    expect(repository.read(FILE)).toContain('tag: 2.0.0');
    expect(JSON.parse(repository.read(RECORD)).marks).toEqual({
      [FILE]: { 'flux-system:podinfo:tag': '2.0.0' },
    });
    repository.write(FILE, repository.read(FILE).replace('2.0.0', '2.1.0'));
    expect(repository.publish({}, { tree: release({ tag: '2.0.0' }) }).written).toEqual([]);
    expect(repository.read(FILE)).toContain('tag: 2.1.0');
  });

  it('changes only the record if the code catches up with the committed value', () => {
    const repository = automated();
    expect(repository.publish({}, { tree: release({ tag: '1.2.3' }) })).toMatchObject({ written: [RECORD] });
  });

  it('does not hide a hand edit elsewhere in the file', () => {
    const repository = automated();
    repository.write(FILE, repository.read(FILE).replace('replicas: 1', 'replicas: 7'));
    const result = repository.publish({}, { tree: release() });
    expect(result.findings.map(({ code }) => code)).toEqual(['file-edited']);
    repository.publish({}, { tree: release(), overwrite: true });
    expect(repository.read(FILE)).toContain('replicas: 1');
    expect(repository.read(FILE)).toContain('tag: 1.2.3');
  });

  it('is not a hand edit if kyaml changes the layout of the file', () => {
    const repository = automated();
    const laidOut = repository
      .read(FILE)
      .replace('namespace: default', 'namespace: "default" # where it goes');
    repository.write(FILE, laidOut);
    expect(repository.publish({}, { tree: release() })).toMatchObject({
      written: [],
      unchanged: 1,
      findings: [],
    });
    expect(repository.read(FILE)).toBe(laidOut);
  });

  it('is rewritten if the code names another policy', () => {
    const repository = automated();
    const result = repository.publish({}, { tree: release({ policy: 'flux-system:other:tag' }) });
    expect(result).toMatchObject({ written: [RECORD, FILE], findings: [] });
    expect(repository.read(FILE)).toContain('tag: 1.0.0 # {"$imagepolicy": "flux-system:other:tag"}');
  });

  it('does not prevent the removal of the file', () => {
    const repository = automated();
    expect(repository.publish({}).removed).toEqual([RECORD, FILE]);
  });

  it('survives other line endings', () => {
    const repository = automated();
    repository.write(FILE, repository.read(FILE).replaceAll('\n', '\r\n'));
    expect(repository.publish({}, { tree: release() })).toMatchObject({ written: [], findings: [] });
  });

  it('keeps the spelling of a committed value that needs quotes', () => {
    const repository = automated('"1.10"', { tag: '1.5' });
    expect(repository.publish({}, { tree: release({ tag: '1.5' }) }).written).toEqual([]);
    repository.publish({}, { tree: release({ tag: '1.5', replicas: 2 }) });
    expect(repository.read(FILE)).toContain('tag: "1.10" #');
  });
});

describe('finding marked fields', () => {
  it.each([
    ['image: ghcr.io/x/y:1.0 # {"$imagepolicy": "ns:p"}', 'ns:p', 'ghcr.io/x/y:1.0'],
    ['  - image: x:1 # {"$imagepolicy": "ns:p"}', 'ns:p', 'x:1'],
    ['- ghcr.io/x:1   # {"$imagepolicy":"ns:p"}', 'ns:p', 'ghcr.io/x:1'],
    ['- - a: x:1 # {"$imagepolicy": "ns:p:name"}', 'ns:p:name', 'x:1'],
    ['tag: \'1\'\'0\' # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', "1'0"],
    ['"a: b": "1.0" # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', '1.0'],
    ['\'a: b\': 1.0 # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', '1.0'],
    ['-   tag: 1.0 # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', '1.0'],
    ['tag: a \'b\' # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', "a 'b'"],
    ['tag: \'b\' a # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', "'b' a"],
    ['tag: a "b" # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', 'a "b"'],
    ['tag: "b" a # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', '"b" a'],
    ['tag: # {"$imagepolicy": "ns:p:tag"}', 'ns:p:tag', ''],
    ['digest: sha256:abc # {"$imagepolicy": "ns:p:digest"}', 'ns:p:digest', 'sha256:abc'],
  ])('reads %j', (line, policy, value) => {
    expect([...marksOf(Buffer.from(`a: 1\n${line}\n`))]).toEqual([[policy, value]]);
  });

  it('distinguishes fields of one policy', () => {
    const text = 'a: x:1 # {"$imagepolicy": "ns:p"}\nb: x:2 # {"$imagepolicy": "ns:p"}\n';
    expect([...marksOf(Buffer.from(text))]).toEqual([
      ['ns:p', 'x:1'],
      ['ns:p#2', 'x:2'],
    ]);
  });

  it('leaves out only the values', () => {
    const text = 'tag: 1.0 # {"$imagepolicy": "ns:p"} \nother: 1.0 # comment\n';
    expect(maskMarks(Buffer.from(text)).toString()).toBe(
      'tag:  # {"$imagepolicy": "ns:p"} \nother: 1.0 # comment\n',
    );
  });
});
