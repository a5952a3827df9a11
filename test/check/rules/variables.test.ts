import { fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';

const SCRIPT = '#!/bin/sh\nfor POD in a; do\n  echo ${POD} ${WORD}\ndone\n';
const map = (name: string, data: Readonly<Record<string, string>>) =>
  object('v1', 'ConfigMap', name, 'default', `data: ${JSON.stringify(data)}`);
const files = (applied: string, ...post: readonly string[]): Files => ({
  'clusters/prod/a.yaml': fluxKustomization(
    'a',
    './a',
    post.length === 0 ? [] : ['postBuild:', ...post.map((text) => `  ${text}`)],
  ),
  'a/map.yaml': applied,
});
const HERE = 'substitute: { OTHER: x }';
const ELSEWHERE = 'substituteFrom: [{ kind: Secret, name: s }]';
const told = (code: string, all: Files, fluxVersion?: string) =>
  lines(code, all, { ...(fluxVersion !== undefined && { fluxVersion }) });

describe('variable-undefined', () => {
  const CODE = 'variable-undefined';
  const use = map('m', { size: '${SIZE}' });

  it.each([
    ['2.9', 'error', 'Flux refuses the build'],
    ['3.0', 'error', 'Flux refuses the build'],
    ['2.8', 'warning', 'Flux replaces it with nothing'],
    ['1.10', 'warning', 'Flux replaces it with nothing'],
    [undefined, 'error', 'Flux refuses the build'],
  ])('says what Flux %s does', (version, severity, what) => {
    expect(told(CODE, files(use, HERE), version)).toEqual([
      line(
        `${severity} at a/map.yaml:5 (ConfigMap m data.size) \${SIZE} is not defined by Kustomization "flux-system/a", which applies this: ${what} =>`,
        'define it in spec.postBuild of the Kustomization',
      ),
    ]);
  });

  it('finds a Kustomization that substitutes nothing, beside one that defines the variable', () => {
    const label = object('v1', 'ConfigMap', 'm', 'default, labels: { size: "${SIZE}" }');
    const more = {
      'clusters/prod/b.yaml': fluxKustomization('b', './b', ['postBuild: { substitute: { SIZE: x } }']),
      'b/map.yaml': map('n', {}),
    };
    expect(told(CODE, { ...files(label), ...more })).toEqual([
      line(
        'error at a/map.yaml:4 (ConfigMap m metadata.labels.size) ${SIZE} is applied unchanged: Kustomization "flux-system/a" has no postBuild',
        '=> add spec.postBuild',
      ),
    ]);
    expect(told(CODE, { ...files(label.replace('${SIZE}', '${SIZE:=1}')), ...more })).toEqual([]);
    expect(told(CODE, { ...files(label.replace('${SIZE}', '${SIZE^^}')), ...more })).toEqual([]);
    expect(told('variable-eaten', { ...files(label), ...more })).toEqual([]);
  });

  it.each([
    ['a Secret defines variables', 'stringData: { X: y }'],
    ['a Secret may define variables', undefined],
  ])('takes escaped text for text where only %s, which no object uses', (_, data) => {
    const label = object('v1', 'ConfigMap', 'm', 'default, labels: { size: "$${SIZE}" }');
    const secret = data === undefined ? '' : object('v1', 'Secret', 's', 'flux-system', data);
    const more = {
      'clusters/prod/b.yaml': fluxKustomization('b', './b', ['postBuild: { substitute: { SIZE: x } }']),
      'clusters/prod/s.yaml': secret,
      'b/map.yaml': map('n', {}),
    };
    expect(told(CODE, { ...files(label, ELSEWHERE), ...more })).toEqual([]);
  });

  it('names the field with a variable in an operator', () => {
    expect(told(CODE, files(map('m', { size: '${SIZE^^}' }), HERE))).toEqual([
      line('(ConfigMap m data.size)'),
    ]);
  });

  it('names the object with a variable in a key', () => {
    const keyed = object('v1', 'ConfigMap', 'keyed', 'default', 'data: { "${SIZE}": x }');
    expect(told(CODE, files(map('m', {}) + keyed, HERE))).toEqual([line('(ConfigMap keyed')]);
  });

  it.each([
    ['a default', map('m', { size: '${SIZE:=1}' }), [HERE], 0],
    ['a value', use, ['substitute: { SIZE: x }'], 0],
    ['values from elsewhere', use, [ELSEWHERE], 0],
    ['nothing substituted, and nothing defined', use, [], 0],
    ['a program', map('m', { run: SCRIPT }), [HERE], 0],
    ['a line that looks like one', map('m', { run: '#!/bin/sh ${SIZE}' }), [HERE], 1],
    ['several lines that are none', map('m', { text: 'a\nb ${SIZE}\n' }), [HERE], 1],
    ['two places', map('m', { a: '${SIZE}', b: '${SIZE}' }), [HERE], 1],
    ['two variables', map('m', { a: '${SIZE} ${COLOUR}' }), [HERE], 2],
    ['a key', object('v1', 'ConfigMap', 'm', 'default', 'data: { "${SIZE}": x }'), [HERE], 1],
  ])('judges %s', (_, applied, post, expected) => {
    expect(told(CODE, files(applied, ...post))).toHaveLength(expected);
  });
});

describe('variable-undefined of a Kustomization whose variables are in the cluster only after it', () => {
  const text = '${SIZE} ${SECRET} ${COLOUR}';
  const settings = (kind: string, data: string) => object('v1', kind, 'settings', 'flux-system', data);
  const config = settings('ConfigMap', 'data: { SIZE: x }');
  const secret = settings('Secret', 'stringData: { SECRET: x }');
  const own = `${config}${secret}`;
  const entries = (...all: readonly string[]) => `substituteFrom: [${all.join(', ')}]`;
  const both = entries('{ kind: ConfigMap, name: settings }', '{ kind: Secret, name: settings }');
  const names = (all: Files) =>
    told('variable-undefined', all).map((one) => /\$\{(\w+)\} is not defined/.exec(one)?.[1]);

  it('knows those that it applies itself', () => {
    expect(names(files(`${own}${map('m', { text })}`, both))).toEqual(['COLOUR']);
  });

  it('knows those that the path of the cluster contains', () => {
    const cluster = fluxKustomization('flux-system', './clusters/prod', [`postBuild: { ${both} }`]);
    const all = { 'clusters/prod/flux-system/gotk-sync.yaml': cluster, 'clusters/prod/own.yaml': own };
    expect(names({ ...all, 'clusters/prod/map.yaml': map('m', { text }) })).toEqual(['COLOUR']);
  });

  it.each([
    ['a ConfigMap', config, '{ kind: ConfigMap, name: settings }'],
    ['a Secret', secret, '{ kind: Secret, name: settings }'],
    ['an optional ConfigMap', config, '{ kind: ConfigMap, name: settings, optional: true }'],
  ])('does not know those of %s that it applies through another one', (_, applied, entry) => {
    const inner = fluxKustomization('b', './b');
    const all = files(`${map('m', { text })}${inner}`, entries(entry), 'substitute: { OTHER: x }');
    expect(names({ ...all, 'b/settings.yaml': applied })).toEqual([]);
  });
});

describe('variable-eaten', () => {
  const CODE = 'variable-eaten';

  it.each([
    ['2.9', 'Flux refuses undefined variables'],
    ['2.8', 'Flux replaces undefined variables with nothing'],
  ])('says what Flux %s does, of each variable of a program', (version, what) => {
    const at = 'at a/map.yaml:5 (ConfigMap m data.run) ';
    const words =
      'looks like a variable that belongs to the text, but Kustomization "flux-system/a" substitutes:';
    expect(told(CODE, files(map('m', { run: SCRIPT }), HERE), version)).toEqual([
      line(`${at}\${POD} ${words} ${what} => write $\${POD}, or label the object`),
      line(`${at}\${WORD} ${words} ${what} => write $\${WORD}, or label the object`),
    ]);
  });

  it.each([
    ['only what it sets itself, where values are elsewhere', map('m', { run: SCRIPT }), [ELSEWHERE], ['POD']],
    ['what is a value', map('m', { run: SCRIPT }), ['substitute: { POD: x }'], ['WORD']],
    ['what is no program', map('m', { text: 'a\nb ${SIZE}\n' }), [HERE], []],
    ['nothing where nothing is substituted', map('m', { run: SCRIPT }), [], []],
    [
      'what read sets',
      map('m', { run: '#!/bin/sh\nread -r -s NAME\necho ${NAME} ${X}\n' }),
      [ELSEWHERE],
      ['NAME'],
    ],
    [
      'what an assignment sets',
      map('m', { run: '#!/bin/sh\nA=1; B=2 &&D=3\necho ${A} ${B} ${C} ${D}\n' }),
      [ELSEWHERE],
      ['A', 'B', 'D'],
    ],
  ])('finds %s', (_, applied, post, names) => {
    const found = told(CODE, files(applied, ...post)).map((text) => /\$\{(\w+)\} looks/.exec(text)?.[1]);
    expect(found).toEqual(names);
  });

  it('leaves programs alone where nothing substitutes, although others define the name', () => {
    const more = {
      'clusters/prod/b.yaml': fluxKustomization('b', './b', ['postBuild: { substitute: { POD: x } }']),
      'b/map.yaml': map('n', {}),
    };
    const annotated = object('v1', 'ConfigMap', 'm', 'default', `x: ${JSON.stringify(SCRIPT)}`);
    expect(told(CODE, { ...files(annotated), ...more })).toEqual([]);
  });
});

describe('values-from-invalid', () => {
  const CODE = 'values-from-invalid';
  const source = (kind: string, ...more: readonly string[]) => object('v1', kind, 'v', 'shop', ...more);
  const found = (entries: string, values: string) => {
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'shop',
      'shop',
      `spec: { interval: 1h, valuesFrom: [${entries}] }`,
    );
    return lines(CODE, { 'clusters/prod/r.yaml': release, 'clusters/prod/v.yaml': values });
  };
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it('names the entry, the key and the object', () => {
    const text = '{ kind: ConfigMap, name: v, valuesKey: a }, { kind: ConfigMap, name: v, valuesKey: b }';
    expect(found(text, source('ConfigMap', 'data: { a: "x: y" }'))).toEqual([
      line(
        '(HelmRelease shop spec.valuesFrom[1]) ConfigMap "shop/v" has no key "b", so',
        '=> correct valuesKey (it has "a"), or add it',
      ),
    ]);
    expect(
      found('{ kind: ConfigMap, name: v }', source('ConfigMap', 'data: { values.yaml: "[1]" }')),
    ).toEqual([
      line(
        'helm-controller cannot use key "values.yaml" of ConfigMap "shop/v"',
        '=> correct the value, or set targetPath',
      ),
    ]);
    expect(
      found(
        '{ kind: ConfigMap, name: v, valuesKey: a, targetPath: x }',
        source('ConfigMap', 'data: { a: "1,2" }'),
      ),
    ).toEqual([line('comma', '=> set literal: true beside targetPath')]);
  });

  it.each([
    ['a Secret in data', 'Secret', `data: { a: ${base64('[1]')} }`, 1],
    ['a Secret in data that is right', 'Secret', `data: { a: ${base64('x: y')} }`, 0],
    ['a Secret in stringData', 'Secret', 'stringData: { a: "[1]" }', 1],
    ['stringData before data', 'Secret', `stringData: { a: "x: y" }\ndata: { a: ${base64('[1]')} }`, 0],
    [
      'stringData of a ConfigMap, which it does not have',
      'ConfigMap',
      'data: { b: c }\nstringData: { a: "x: y" }',
      1,
    ],
    ['a number', 'ConfigMap', 'data: { a: 5 }', 0],
    ['a number in a Secret', 'Secret', 'data: { a: 5 }', 0],
    ['a variable', 'ConfigMap', 'data: { a: "[${X}]" }', 0],
    ['an encrypted Secret', 'Secret', 'stringData: { a: "[1]" }\nsops: { mac: x }', 0],
    ['a Secret with another field "sops"', 'Secret', 'stringData: { a: "[1]" }\nsops: x', 1],
  ])('reads %s', (_, kind, data, expected) => {
    expect(found(`{ kind: ${kind}, name: v, valuesKey: a }`, source(kind, data))).toHaveLength(expected);
  });

  it.each([
    ['optional: true', 0],
    ['optional: false', 1],
  ])('takes a missing key with %s', (optional, expected) => {
    expect(
      found(`{ kind: ConfigMap, name: v, valuesKey: b, ${optional} }`, source('ConfigMap', 'data: { a: c }')),
    ).toHaveLength(expected);
  });

  it.each([
    ['literal: true', 0],
    ['literal: false', 1],
  ])('takes commas with %s', (literal, expected) => {
    const entry = `{ kind: ConfigMap, name: v, valuesKey: a, targetPath: x, ${literal} }`;
    expect(found(entry, source('ConfigMap', 'data: { a: "1,2" }'))).toHaveLength(expected);
  });

  it('says nothing of an object that is not in the repository', () => {
    expect(found('{ kind: ConfigMap, name: gone }', source('ConfigMap'))).toEqual([]);
  });
});
