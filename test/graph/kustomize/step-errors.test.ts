import { buildFolder, configMap } from '../tree-of';

const web = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  empty: null
  template: { spec: { containers: [{ name: web, image: web, args: [] }] } }
`;

/** What is said of a kustomization in one line; \`none\` if nothing is. */
const told = (kustomization: string, objects = web) => {
  const files = { 'a/kustomization.yaml': `resources: [o.yaml]\n${kustomization}`, 'a/o.yaml': objects };
  const { findings } = buildFolder(files, 'a');
  return findings.map(({ code, message, hint }) => `${code}: ${message} => ${hint}`).join('\n');
};

describe('a patch that cannot be applied', () => {
  const json = (operation: string) =>
    told(`patches: [{ target: { kind: Deployment }, patch: '[${operation}]' }]\n`);
  const at = (op: string, path: string, more = ', "value": 1') =>
    json(`{"op": "${op}", "path": "${path}"${more}}`);

  it.each([
    [at('remove', '/spec/replica'), '"/spec/replica" does not exist', 'did you mean "/spec/replicas"?'],
    [at('remove', '/spec/x'), '"/spec/x" does not exist', 'correct the path, or remove the operation'],
    [
      at('add', '/spec/x/y/z'),
      'the parent of "/spec/x/y/z"',
      'or add "/spec/x" first, with another operation',
    ],
    [at('add', '/spec/tmplate/metadata/x'), 'the parent of', 'did you mean "/spec/template"?'],
    [at('add', '/spec/replicas/x'), 'the parent of', 'correct the path: "/spec/replicas" is neither'],
    [at('add', '/spec/empty/x'), 'the parent of', 'or add "/spec/empty" first'],
    [
      at('test', '/spec/replicas', ', "value": 2'),
      'the "test" operation for "/spec/replicas" fails',
      'correct',
    ],
    [at('ad', '/spec/x'), '"ad" is not a JSON patch operation', 'did you mean "add"?'],
    [at('patch', '/spec/x'), '"patch" is not', 'use one of add, remove, replace, move, copy, test'],
    [json('{"op": "add", "value": 1}'), 'the "add" operation has no "path"', 'add path as a JSON pointer'],
    [json('{"op": "add", "path": null}'), 'has no "path"', 'for example "/spec/replicas"'],
    [json('{"op": "add", "paths": "/spec/x"}'), 'has no "path"', 'write "path" instead of "paths"'],
    [json('{"op": "add", "path": 5}'), 'the field "path" of the "add" operation is not text', 'write it as'],
    [at('move', '/spec/x', ''), 'the "move" operation has no "from"', 'add from as a JSON pointer'],
    [at('copy', '/spec/x', ', "from": {}'), 'the field "from" of the "copy" operation is not', 'write it as'],
    [json('{"path": "/spec/x"}'), '"" is not a JSON patch operation', 'use one of add'],
    [at('add', 'spec'), '"spec" does not start with "/"', 'as in "/spec/replicas"'],
    [
      at('replace', '/spec/template/spec/containers/1/image'),
      'the list has no entry "1", which "/spec/template/spec/containers/1/image" names',
      'use a position from 0 to 0; "add" also accepts "-"',
    ],
    [
      at('replace', '/spec/template/spec/containers/0/args/0'),
      'the list has no entry "0", which "/spec/template/spec/containers/0/args/0" names',
      'the list is empty: add an entry with "-" as its position',
    ],
    [at('remove', '/metadata'), 'the result is not a Kubernetes object', 'keep apiVersion, kind, metadata'],
  ])('says what to do: %s', (text, message, hint) => {
    const start = 'patch-failed: a patch cannot be applied to Deployment "web": ';
    expect(text.slice(0, start.length)).toBe(start);
    expect(text).toContain(message);
    expect(text.split(' => ')[1]).toContain(hint);
    expect(text.split('\n')).toHaveLength(1);
  });

  const merge = (spec: string) =>
    told(
      `patches: [{ patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: ${spec}}' }]\n`,
    );

  it.each([
    [
      merge('{template: {spec: {containers: [{name: web, image: {}}]}}}'),
      '"web", in "spec.template.spec.containers.image": a map cannot be merged into a scalar',
      'write a scalar in the patch, as the object has it',
    ],
    [merge('{$patch: remove}'), '"web", in "spec": "$patch" is "remove"; it must be', 'write one of these'],
    [
      merge('{template: {$patch: delet}}'),
      '"web", in "spec.template": "$patch" is',
      'did you mean "delete"?',
    ],
  ])('names the field: %s', (text, message, hint) => {
    expect(text).toContain(message);
    expect(text.split(' => ')[1]).toContain(hint);
  });
});

describe('a replacement that fails', () => {
  const replace = (targets: string, source = '{ kind: ConfigMap, fieldPath: data.k }') =>
    told(
      `replacements: [{ source: ${source}, targets: ${targets} }]\n`,
      `${configMap('c', { k: 'a-b' })}---\n${web}`,
    );
  const into = (path: string, options = '{}', source?: string) =>
    replace(`[{ select: { kind: Deployment }, fieldPaths: ["${path}"], options: ${options} }]`, source);

  it.each([
    [replace('[]'), 'it has no targets', 'add targets with "select" and "fieldPaths"'],
    [replace('[{ fieldPaths: [a] }]'), 'a target has no "select"', 'by kind and name'],
    [
      into('spec.none'),
      '"spec.none" of Deployment "web" cannot be set: there is no such field',
      'correct the path in fieldPaths, or set "create: true"',
    ],
    [
      into('spec.replicas'),
      'it is a number, and the new value is not',
      'copy a number, or put quotes around',
    ],
    [into('spec', '{ delimiter: "-" }'), 'must be strings, and this one is not', 'remove the delimiter'],
    [into('spec.*.x'), '"*" selects an entry of a list, and', 'correct the path in fieldPaths'],
    [
      into('spec.template.spec.containers.image'),
      '"image" is a key of a map, and',
      'select entries of the list with "*", "[name=...]" or a position before "image"',
    ],
    [into('spec.replicas.x'), '"x" is a key of a map, and', 'correct the path in fieldPaths'],
    [
      into('spec.template.spec.containers.3.image'),
      'entry 3 does not exist: the list has 1 entries',
      'the first entry has the position 0',
    ],
    [
      into('spec.x', '{}', '{ kind: Secret }'),
      'matches 0',
      'correct the kind, name and namespace of the source',
    ],
    [into('spec.x', '{}', '{ version: v1 }'), 'matches 2', 'add a name or a namespace to the source'],
    [
      into('spec.x', '{}', '{ kind: ConfigMap, fieldPath: data.none }'),
      'its source has no value at "data.none"',
      'correct the fieldPath of the source, or give the field a value',
    ],
    [
      into('spec.x', '{}', '{ kind: ConfigMap, fieldPath: data, options: { delimiter: "-" } }'),
      'its source has a delimiter, so the field must be a string, and it is not',
      'remove the delimiter',
    ],
    [
      into('spec.x', '{}', '{ kind: ConfigMap, fieldPath: data.k, options: { delimiter: "-", index: 2 } }'),
      'its source has no part with the index 2',
      'use an index from 0 to 1, or another delimiter',
    ],
    [into('[name=(].x'), 'a replacement fails', 'correct the'],
  ])('says what to do: %s', (text, message, hint) => {
    expect(text).toContain('replacement-failed: a replacement fails: ');
    expect(text).toContain(message);
    expect(text.split(' => ')[1]).toContain(hint);
  });
});

describe('a variable of "vars"', () => {
  const variable = (fieldpath: string) =>
    `{ name: V, objref: { apiVersion: apps/v1, kind: Deployment, name: web }, fieldref: { fieldpath: ${fieldpath} } }`;

  it('says what to do if it is defined twice', () => {
    expect(told(`vars: [${variable('metadata.name')}, ${variable('metadata.name')}]\n`)).toMatch(
      /"V" is defined twice in "vars" => rename one of them/,
    );
  });

  it('says what to do if its object has no such field', () => {
    expect(told(`vars: [${variable('spec.none')}]\n`)).toMatch(
      /"V" in "vars" reads the field "spec.none", which its object does not have => \S/,
    );
  });
});
