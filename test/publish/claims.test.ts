import { appliedFolders } from '../../lib/publish/claims';

const object = (...lines: readonly string[]): string[] =>
  appliedFolders(Buffer.from(lines.map((line) => `${line}\n`).join('')));

const API = 'apiVersion: kustomize.toolkit.fluxcd.io/v1';

describe('the folders that a Flux Kustomization names', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a path', [API, 'kind: Kustomization', 'spec:', '  path: ./out/a'], ['out/a']],
    ['a path without a dot', [API, 'kind: Kustomization', 'spec:', '  path: out/a'], ['out/a']],
    ['a path in quotes', [API, 'kind: Kustomization', 'spec:', '  path: "./out/a"'], ['out/a']],
    ['a path in single quotes', [API, 'kind: Kustomization', 'spec:', "  path: './out/a'"], ['out/a']],
    ['a path with spaces at its end', [API, 'kind: Kustomization', 'spec:', '  path: ./out/a  '], ['out/a']],
    ['a path deeper down', [API, 'kind: Kustomization', 'spec:', '    path: out/a'], ['out/a']],
    ['a kind in quotes', [`apiVersion: "${API.slice(12)}"`, "kind: 'Kustomization'", '  path: a'], ['a']],
    [
      'a kind with spaces',
      ['apiVersion:   kustomize.toolkit.fluxcd.io/v1beta2', 'kind:  Kustomization ', '  path: a'],
      ['a'],
    ],
    ['a path with quotes in it', [API, 'kind: Kustomization', `  path: "a'b"c"`], [`a'b"c`]],
    ['a path in a text', [API, 'kind: Kustomization', '  note: see path: a', ' # - path: b'], []],
    ['Windows line ends', [`${API}\r`, 'kind: Kustomization\r', '  path: a\r'], ['a']],
    [
      'several objects',
      [API, 'kind: Kustomization', '  path: a', '---', API, 'kind: Kustomization', '  path: b'],
      ['a', 'b'],
    ],
    ['a path at the left', [API, 'kind: Kustomization', 'path: a'], []],
    ['another field', [API, 'kind: Kustomization', '  subpath: a', '  path:'], []],
    [
      'kustomize itself',
      ['apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', '  path: a'],
      [],
    ],
    [
      'another group around the name',
      ['apiVersion: x.kustomize.toolkit.fluxcd.io/v1', 'kind: Kustomization', '  path: a'],
      [],
    ],
    ['an apiVersion in a field', [`  ${API}`, 'kind: Kustomization', '  path: a'], []],
    ['another kind', [API, 'kind: KustomizationList', '  path: a'], []],
    ['a kind in a field', [API, '  kind: Kustomization', '  path: a'], []],
  ])('follow from %s', (_, lines, folders) => {
    expect(object(...lines)).toEqual(folders);
  });

  it('are none without a file', () => {
    expect(appliedFolders(undefined)).toEqual([]);
  });
});
