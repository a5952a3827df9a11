import { artifactFilter } from '../../lib/graph/sources/source-ignore';
import { appliedBy, buildFolder, configMap, fluxKustomization, graphOf, treeOf } from './tree-of';

/*
 * Each of these takes minutes, or all memory, where its cost grows faster than the input.
 */

const long = 'a'.repeat(100_000);
const endless = '(a+)+b';

const pod = (image: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${'a'.repeat(200)}\nspec:\n  containers:\n    - {name: ${'a'.repeat(200)}, image: ${image}}\n`;

/** A build of one Pod with a long name and a long image. */
function build(kustomization: string) {
  return buildFolder(
    { 'a/kustomization.yaml': `resources: [pod.yaml]\n${kustomization}`, 'a/pod.yaml': pod(long) },
    'a',
  );
}

/** The data of a ConfigMap after substitution, and the findings of its graph. */
function substitute(data: Readonly<Record<string, string>>, values: Readonly<Record<string, string>>) {
  const { graph, cluster } = graphOf({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
      `postBuild: {substitute: ${JSON.stringify(values)}}`,
    ]),
    'apps/c.yaml': configMap('c', data),
  });
  const node = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps');
  return { data: node?.build?.inventory?.[0]?.object.data, findings: graph.findings };
}

describe('endless regular expressions', () => {
  it('are searched in linear time in the target of a patch', () => {
    const patch = '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]';
    for (const field of ['kind', 'name', 'namespace', 'group', 'version']) {
      const { codes } = build(`patches: [{target: {${field}: ${endless}}, patch: '${patch}'}]\n`);
      expect(codes).toEqual([]);
    }
  });

  it('are searched in linear time in the name of an image', () => {
    expect(build(`images: [{name: ${endless}, newTag: x}]\n`).codes).toEqual([]);
  });

  it('are searched in linear time in the path of a replacement', () => {
    const target = `{select: {kind: Pod}, fieldPaths: ['spec.containers.[name=${endless}].image']}`;
    const { codes } = build(`replacements: [{source: {kind: Pod}, targets: [${target}]}]\n`);
    expect(codes).toEqual(['replacement-failed']);
  });

  it('are searched in linear time in ignore files', () => {
    const stars = '*a'.repeat(30);
    const tree = treeOf({ '.sourceignore': `${stars}b\n${'**/'.repeat(30)}b\n[z-a]\n*.md\n` });
    const holds = artifactFilter(tree);
    expect(holds(`${'a'.repeat(250)}/c.yaml`)).toBe(true);
    expect(holds(`${'a/'.repeat(2_000)}c.yaml`)).toBe(true);
    expect(holds(`${'a'.repeat(60)}b`)).toBe(false);
    expect(holds('x/README.md')).toBe(false);
  });

  it.each([
    ['${a##*a*a*a*a*a*b}', long],
    ['${a#*b}', long],
    ['${a%%*b*a*a*a*a}', long],
    [`\${a#${'?'.repeat(500)}b}`, long],
    ['${a##*a*a}', ''],
    ['${a#*a?}', long.slice(2)],
    ['${a#[z-a]}', long],
    ['${a#[b-z]}', long],
    ['${a#[^b-z]}', long.slice(1)],
  ])('are searched in linear time in a substitution: %.20s', (text, expected) => {
    expect(substitute({ x: `${text} ` }, { a: long }).data).toEqual({ x: `${expected} ` });
  });

  it('fail with the reason if Go refuses them', () => {
    const patch = `[{"op": "remove", "path": "/spec"}]`;
    const { findings } = build(
      `patches: [{target: {name: 'a(?=b)'}, patch: '${patch}'}]\nimages: [{name: 'a(', newTag: x}]\n`,
    );
    expect(findings.map(({ code, message, field }) => [code, message, field])).toEqual([
      [
        'patch-invalid',
        expect.stringContaining('name "a(?=b)" is not a valid Go regular expression'),
        undefined,
      ],
      ['kustomization-invalid', expect.stringContaining('missing closing )'), 'images[0].name'],
    ]);
  });
});

describe('selectors of labels', () => {
  it.each([
    [',', ['patch-invalid']],
    ['(', ['patch-invalid']],
    ['a in (', ['patch-invalid']],
    [',(', ['patch-invalid']],
    // A blank selector selects everything.
    [' ', []],
  ])('with many %j are read once', (part, expected) => {
    const patch = '[{"op": "remove", "path": "/spec"}]';
    const selector = JSON.stringify(part.repeat(100_000));
    const { codes } = build(`patches: [{target: {labelSelector: ${selector}}, patch: '${patch}'}]\n`);
    expect(codes).toEqual(expected);
  });
});

describe('substitution bombs', () => {
  const text = { hint: 'use shorter values, or use the variables less often' };

  it.each([
    [
      'a replacement',
      { x: '${a//a/bbbbbbbbbb}'.repeat(1_000) },
      { a: long },
      'more than 4 MiB to the object',
    ],
    ['a value', { x: '${a}'.repeat(1_000) }, { a: long }, 'more than 4 MiB to the object'],
    ['a default', { x: `\${n:=${'${a}'.repeat(1_000)}}` }, { a: long }, 'more than 4 MiB to the object'],
    [
      'a value in a value',
      { x: '${a//a/${a}}' },
      { a: long },
      'a replacement makes a value larger than 4 MiB',
    ],
  ])('fail once with a message: %s', (_, data, values, message) => {
    const { findings, data: kept } = substitute(data, values);
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'substitution-failed',
        message: expect.stringContaining(message),
        ...text,
      }),
    ]);
    expect(kept).toEqual(data);
  });

  it('fail if only all objects together are too large', () => {
    const value = 'a'.repeat(3_000_000);
    const { graph, cluster } = graphOf({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
        `postBuild: {substitute: {a: ${value}}}`,
      ]),
      'apps/c.yaml': Array.from({ length: 30 }, (_, index) => configMap(`c${index}`, { x: '${a}' })).join(''),
    });
    expect(appliedBy(cluster, 'apps')).toHaveLength(30);
    expect(graph.findings.map(({ message }) => message)).toEqual(
      Array(8).fill(expect.stringContaining('add more than 64 MiB')),
    );
  });

  it('fail if expressions are nested too deep', () => {
    const { findings } = substitute({ x: `${'${a:='.repeat(50_000)}x${'}'.repeat(50_000)}` }, { b: 'c' });
    expect(findings.map(({ message }) => message)).toEqual([
      'variable substitution fails: "${" is nested more than 250 levels deep',
    ]);
  });
});
