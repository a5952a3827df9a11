import { codesOf, configMap, fluxKustomization, graphOf } from '../tree-of';

/** The objects that the Kustomization `apps` applies from `apps/`, with the findings of the graph. */
function applied(files: Readonly<Record<string, string>>, spec: readonly string[] = []) {
  const { graph, cluster } = graphOf({
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`apps/${path}`, text])),
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps/prod', spec),
  });
  const node = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps');
  const objects = (node?.build?.inventory ?? []).map(({ object }) => object);
  return { objects, findings: graph.findings, codes: codesOf(graph.findings), build: node?.build };
}

const pod = (image: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: ${image} }] }\n`;
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
const ORIGIN = 'config.kubernetes.io/origin';

describe('images of a Flux Kustomization', () => {
  const imageOf = (own: string, more: string) => {
    const files = {
      'prod/kustomization.yaml': `resources: [pod.yaml]\nimages: [${own}]\n`,
      'prod/pod.yaml': pod('shop'),
    };
    const [object] = applied(files, [`images: [${more}]`]).objects;
    return (object as unknown as { spec: { containers: [{ image: string }] } }).spec.containers[0].image;
  };

  it.each([
    [
      'keep a tag beside a new name',
      '{ name: shop, newTag: 1.2.3 }',
      '{ name: shop, newName: a/b }',
      'a/b:1.2.3',
    ],
    ['keep a name beside a new tag', '{ name: shop, newName: a/b }', '{ name: shop, newTag: "2" }', 'a/b:2'],
    [
      'replace a digest by a tag',
      '{ name: shop, digest: "sha256:ab" }',
      '{ name: shop, newTag: "2" }',
      'shop:2',
    ],
    [
      'replace a tag by a digest',
      '{ name: shop, newTag: "1" }',
      '{ name: shop, digest: "sha256:ab" }',
      'shop@sha256:ab',
    ],
    ['replace a tag', '{ name: shop, newTag: "1" }', '{ name: shop, newTag: "2" }', 'shop:2'],
    ['are added', '{ name: other, newTag: "1" }', '{ name: shop, newTag: "2" }', 'shop:2'],
  ])('%s', (_, own, more, image) => expect(imageOf(own, more)).toBe(image));
});

describe('a component that a Flux Kustomization lists again', () => {
  const files = (text: string) => ({
    'prod/kustomization.yaml': 'resources: [a.yaml]\ncomponents: [../part]\n',
    'prod/a.yaml': configMap('a'),
    'part/kustomization.yaml': component + text,
    'part/b.yaml': configMap('b'),
  });

  it.each(['../part', '../part/', './../part'])(
    'fails if its objects collide, at the Flux Kustomization: %s',
    (path) => {
      const { findings } = applied(files('resources: [b.yaml]\n'), [`components: [${path}]`]);
      expect(codesOf(findings)).toEqual(['object-duplicate']);
      expect(findings[0]?.locations?.map(({ file }) => file)).toEqual([
        'clusters/prod/apps.yaml',
        'apps/part/b.yaml',
      ]);
      expect(findings[0]?.message).toContain('"apps/part" is listed twice');
    },
  );

  it('is applied twice otherwise', () => {
    const { objects, codes } = applied(files('namePrefix: x-\n'), ['components: [../part]']);
    expect(codes).toEqual([]);
    expect(objects.map(({ metadata }) => metadata?.name)).toEqual(['x-x-a']);
  });

  it('fails at the kustomization file if that lists it twice', () => {
    const twice = { ...files('resources: [b.yaml]\n') };
    twice['prod/kustomization.yaml'] = 'resources: [a.yaml]\ncomponents: [../part, ../part]\n';
    expect(applied(twice).findings[0]?.locations?.[0]?.file).toBe('apps/prod/kustomization.yaml');
  });
});

describe('a component that cannot be used', () => {
  const files = {
    'prod/kustomization.yaml': 'resources: [a.yaml]\ncomponents: [../part]\n',
    'prod/a.yaml': configMap('a'),
    'part/kustomization.yaml': `${component}namePrefix: x-\n`,
    'base/kustomization.yaml': 'resources: [b.yaml]\n',
    'base/b.yaml': configMap('b'),
  };

  it.each([
    ['listed-file-missing', '../gone'],
    ['component-as-resource', '../base'],
  ])('is shown in the Flux Kustomization that lists it: %s', (code, path) => {
    const { findings } = applied(files, [`components: [../part, ${path}]`]);
    expect(findings).toMatchObject([
      { code, locations: [{ file: 'clusters/prod/apps.yaml', field: 'spec.components[1]' }] },
    ]);
  });

  it.each([
    'https://github.com/acme/parts//part?ref=v1',
    'github.com/acme/parts//part',
    'git@github.com:acme/parts.git//part',
    '/part',
    'file:///part',
  ])('fails if a Flux Kustomization lists a component elsewhere, even an ignored one: %s', (path) => {
    for (const more of [[], ['ignoreMissingComponents: true']]) {
      const { findings, build } = applied(files, [`components: [../part, "${path}"]`, ...more]);
      expect(findings).toMatchObject([
        { code: 'kustomization-invalid', locations: [{ field: 'spec.components[1]' }] },
      ]);
      expect(build?.failure).toBe('build-refused');
    }
  });

  it('is shown in the kustomization file if that lists it', () => {
    const own = {
      ...files,
      'prod/kustomization.yaml': 'resources: [a.yaml]\ncomponents: [../part, ../gone]\n',
    };
    expect(applied(own, ['components: [../part]']).findings).toMatchObject([
      {
        code: 'listed-file-missing',
        field: 'components[1]',
        locations: [{ file: 'apps/prod/kustomization.yaml' }],
      },
    ]);
  });
});

describe('the origin of objects', () => {
  const origin = (files: Readonly<Record<string, string>>, spec: readonly string[] = []) =>
    applied(files, spec).objects.map(
      ({ metadata }) => (metadata?.annotations as Record<string, string> | undefined)?.[ORIGIN],
    );
  const generated = 'configMapGenerator: [{ name: a, literals: [x=1] }]\n';
  const made =
    'configuredIn: kustomization.yaml\nconfiguredBy:\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n';

  it('is recorded if a kustomization lists no resources', () => {
    expect(origin({ 'prod/kustomization.yaml': generated })).toEqual([made]);
  });

  it('is not recorded if it lists some, or there is no kustomization file', () => {
    expect(
      origin({ 'prod/kustomization.yaml': 'resources: [a.yaml]\n', 'prod/a.yaml': configMap('a') }),
    ).toEqual([undefined]);
    expect(origin({ 'prod/a.yaml': configMap('a') })).toEqual([undefined]);
  });

  it('is recorded if the Flux Kustomization asks for it, also for a base', () => {
    const files = {
      'prod/kustomization.yaml': 'resources: [../base/a.yaml]\n',
      'base/a.yaml': configMap('a'),
    };
    expect(origin(files, ['buildMetadata: [originAnnotations]'])).toEqual(['path: ../base/a.yaml\n']);
  });

  it('is not recorded if the Flux Kustomization asks for something else', () => {
    expect(origin({ 'prod/kustomization.yaml': generated }, ['buildMetadata: [managedByLabel]'])).toEqual([
      undefined,
    ]);
  });
});

describe('a resource at a URL', () => {
  const url = 'https://example.com/file';
  it.each([
    ['a file of a generator', `configMapGenerator: [{ name: made, files: ["k=${url}"] }]`],
    ['an env file of a generator', `configMapGenerator: [{ name: made, envs: ["${url}"] }]`],
    ['a patch', `patches: [{ path: "${url}", target: { kind: Pod } }]`],
    ['a merge patch', `patchesStrategicMerge: ["${url}"]`],
    ['a replacement', `replacements: [{ path: "${url}" }]`],
    ['a configuration', `configurations: ["${url}"]`],
    ['a component', `components: ["${url}"]`],
    ['a transformer', `transformers: ["${url}"]`],
    ['a generator', `generators: ["${url}"]`],
    ['a schema', `openapi: { path: "${url}" }`],
  ])('is a remote: %s', (_, text) => {
    const { codes, build } = applied({
      'prod/kustomization.yaml': `resources: [pod.yaml]\n${text}\n`,
      'prod/pod.yaml': pod('a'),
    });
    expect(codes).toEqual([]);
    expect(build?.remotes).toEqual([url]);
    expect(build?.complete).toBe(false);
    expect(build?.inventory.map(({ identity }) => identity.name)).toContain('web');
  });

  it('leaves the key of a generated ConfigMap, and reports no patch of objects that may be there', () => {
    const { objects, codes } = applied({
      'prod/kustomization.yaml': `configMapGenerator: [{ name: made, files: ["k=${url}"] }]\nreplicas: [{ name: none, count: 1 }]\n`,
    });
    expect(codes).toEqual([]);
    expect(objects.map(({ data }) => data)).toEqual([{ k: '' }]);
  });
});

describe('ciphertext', () => {
  const yaml = 'a: ENC[AES256_GCM,data:x,type:str]\nsops:\n    mac: ENC[AES256_GCM,data:x,type:str]\n';
  const nested = yaml.replace('a: ', 'a:\n    b: ');
  const list = yaml.replace('a: ', 'a:\n    - ');
  const envelope =
    '{\n\t"data": "ENC[AES256_GCM,data:x]",\n\t"sops": {\n\t\t"mac": "ENC[AES256_GCM,data:x]"\n\t}\n}\n';
  const json = envelope.replace('"data"', '"other"');
  const env = 'A=ENC[AES256_GCM,data:x,type:str]\nsops_mac=ENC[AES256_GCM,data:x]\nsops_version=3\n';
  const codes = (text: string, files: Readonly<Record<string, string>>) =>
    applied({ 'prod/kustomization.yaml': text, ...files }).codes;

  it.each([
    ['a YAML file', 'files: [a.yaml]', 'a.yaml', yaml],
    ['a JSON file', 'files: [a.json]', 'a.json', json],
    ['an env file', 'envs: [a.env]', 'a.env', env],
  ])('fails in a configMapGenerator: %s', (_, source, name, text) => {
    const found = codes(`configMapGenerator: [{ name: a, ${source} }]\n`, { [`prod/${name}`]: text });
    expect(found).toEqual(['ciphertext-in-configmap']);
  });

  it.each([
    ['YAML under a key without an extension', 'value=a.yaml', 'a.yaml', yaml, ['sops-format-unknown']],
    ['JSON under a key without an extension', 'value=a.json', 'a.json', json, ['sops-format-unknown']],
    ['an env file under a key without an extension', 'value=a.env', 'a.env', env, ['sops-format-unknown']],
    ['a file without an extension', 'a', 'a', yaml, ['sops-format-unknown']],
    ['an envelope under a key without an extension', 'value=a.bin', 'a.bin', envelope, []],
    ['YAML under a key with one', 'v.yaml=a', 'a', yaml, []],
    ['YAML under a short extension', 'v.yml=a', 'a', yaml, []],
    ['JSON for a registry', '.dockerconfigjson=a.json', 'a.json', json, []],
    ['an env file with its name', 'a.env', 'a.env', env, []],
    ['YAML under the key of JSON', 'v.json=a.yaml', 'a.yaml', yaml, []],
    ['JSON under the key of YAML', 'v.yaml=a.json', 'a.json', json, []],
    ['an env file under the key of YAML', 'v.yaml=a.env', 'a.env', env, []],
    ['an env file under the key of an ini file', 'v.ini=a.env', 'a.env', env, ['sops-format-unknown']],
    ['YAML under the key of an env file', 'v.env=a.yaml', 'a.yaml', yaml, []],
    ['YAML with a map under the key of an env file', 'v.env=a', 'a', nested, ['sops-format-unknown']],
    ['YAML with a list under the key of an env file', 'v.env=a', 'a', list, ['sops-format-unknown']],
    ['YAML of sections under the key of an ini file', 'v.ini=a.yaml', 'a.yaml', nested, []],
    [
      'two documents under the key of an env file',
      'v.env=a',
      'a',
      `${yaml}---\n${yaml}`,
      ['sops-format-unknown'],
    ],
    ['YAML under the key of an ini file', 'v.ini=a.yaml', 'a.yaml', yaml, ['sops-format-unknown']],
    ['an envelope under the key of an ini file', 'v.ini=a.bin', 'a.bin', envelope, ['sops-format-unknown']],
    ['an envelope under the key of YAML', 'v.yaml=a.bin', 'a.bin', envelope, ['sops-format-unknown']],
    ['an envelope under the key of an env file', 'v.env=a.bin', 'a.bin', envelope, ['sops-format-unknown']],
    ['a plain file', 'value=a.yaml', 'a.yaml', 'a: b\n', []],
    ['a plain file of another format', 'v.json=a.yaml', 'a.yaml', 'a: b\n', []],
  ])('in a secretGenerator: %s', (_, source, name, text, expected) => {
    expect(
      codes(`secretGenerator: [{ name: a, files: ["${source}"] }]\n`, { [`prod/${name}`]: text }),
    ).toEqual(expected);
  });

  it('removes the keys of sops from what a secretGenerator reads from an env file', () => {
    const [secret] = applied({
      'prod/kustomization.yaml': 'secretGenerator: [{ name: a, envs: [a.env] }]\n',
      'prod/a.env': env,
    }).objects;
    expect(Object.keys(secret?.data ?? {})).toEqual(['A']);
  });

  it('fails if an encrypted patch is merged into an encrypted object', () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: "ENC[AES256_GCM,data:x]" }\nsops: { mac: "ENC[AES256_GCM,data:x]" }\n`;
    const files = {
      'prod/s.yaml': secret,
      'prod/p.yaml': secret,
      'prod/plain.yaml': secret.replace(/sops.*\n/, ''),
    };
    const text = (path: string) => `resources: [s.yaml]\npatches: [{ path: ${path} }]\n`;
    expect(codes(text('p.yaml'), files)).toEqual(['sops-patch-over-encrypted']);
    expect(codes(text('plain.yaml'), files)).toEqual([]);
    expect(codes(text('p.yaml'), { ...files, 'prod/s.yaml': files['prod/plain.yaml'] })).toEqual([]);
  });
});

describe('plugins that are not built in', () => {
  const config = 'apiVersion: example.com/v1\nkind: Encrypter\nmetadata: { name: e }\n';
  it.each(['generators', 'transformers', 'validators'])('fail the build, and are not run: %s', (field) => {
    const { codes, build, findings, objects } = applied({
      'prod/kustomization.yaml': `resources: [a.yaml]\n${field}: [e.yaml]\nreplicas: [{ name: none, count: 1 }]\n`,
      'prod/a.yaml': configMap('a'),
      'prod/e.yaml': config,
    });
    expect(codes).toContain('kustomize-unsupported');
    expect(findings).toContainEqual(
      expect.objectContaining({ severity: 'error', locations: [{ file: 'apps/prod/e.yaml', line: 1 }] }),
    );
    expect(build).toMatchObject({ complete: false, failure: 'build-refused' });
    expect(build?.reads).toContain('apps/prod/e.yaml');
    expect(objects).toHaveLength(1);
  });
});

it('a build that is too large is reported once, and has no objects', () => {
  const files: Record<string, string> = {
    'f20/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
    'f20/a.yaml': configMap('a'),
    'f20/b.yaml': configMap('b'),
  };
  for (let index = 0; index < 20; index += 1)
    files[`${index === 0 ? 'prod' : `f${index}`}/kustomization.yaml`] =
      `resources: [../x${index}, ../y${index}]\n`;
  for (let index = 0; index < 20; index += 1)
    for (const side of ['x', 'y'])
      files[`${side}${index}/kustomization.yaml`] = `namePrefix: ${side}-\nresources: [../f${index + 1}]\n`;
  const { codes, objects } = applied(files);
  expect(codes).toEqual(['kustomization-too-large']);
  expect(objects).toEqual([]);
});

describe('a Helm chart in a folder without a kustomization file', () => {
  const chart = {
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
    'values.yaml': 'replicas: 1\n',
    'templates/web.yaml': 'name: {{ include "shop.name" . }}\n',
    'charts/part/Chart.yaml': 'apiVersion: v2\nname: part\nversion: 0.1.0\n',
    'charts/part/values.yaml': 'replicas: 1\n',
  };
  const at = (folder: string) =>
    Object.fromEntries(Object.entries(chart).map(([path, text]) => [`prod/${folder}${path}`, text]));

  it.each([
    ['which is the chart', '', 'apps/prod'],
    ['around the chart', 'shop/', 'apps/prod/shop'],
  ])('is one finding, for a folder %s', (_, folder, name) => {
    const { findings } = applied(at(folder));
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'manifest-invalid',
        severity: 'error',
        message: expect.stringContaining(`the folder "${name}" is a Helm chart, which Flux cannot build`),
        locations: [{ file: `${name}/Chart.yaml`, line: 1 }],
      }),
    ]);
  });

  it('leaves the other files in the build', () => {
    const { objects } = applied({ ...at('shop/'), 'prod/map.yaml': configMap('a') });
    expect(objects.map(({ metadata }) => metadata?.name)).toEqual(['a']);
  });

  it('reports each of several charts', () => {
    const { codes } = applied({ ...at('shop/'), ...at('shop-two/') });
    expect(codes).toEqual(['manifest-invalid', 'manifest-invalid']);
  });

  it('accepts an object in a file of that name', () => {
    const file = 'apiVersion: v1\nname: ignored\nkind: ConfigMap\nmetadata: { name: a }\n';
    const { objects, codes } = applied({ 'prod/Chart.yaml': file });
    expect(codes).toEqual([]);
    expect(objects).toHaveLength(1);
  });
});

describe('the label of managedByLabel, which has no valid value in Flux', () => {
  const files = (metadata: string, resources = '[a.yaml]') => ({
    'prod/kustomization.yaml': `resources: ${resources}\nbuildMetadata: ${metadata}\n`,
    'prod/a.yaml': configMap('a'),
    'base/kustomization.yaml': 'resources: [b.yaml]\nbuildMetadata: [managedByLabel]\n',
    'base/b.yaml': configMap('b'),
  });

  it('is an error in the kustomization file', () => {
    expect(applied(files('[originAnnotations, managedByLabel]')).findings).toMatchObject([
      {
        code: 'label-invalid',
        message: expect.stringContaining('kustomize-(devel)'),
        locations: [{ file: 'apps/prod/kustomization.yaml', field: 'buildMetadata[1]' }],
      },
    ]);
  });

  it.each([
    ['if other metadata is written', files('[originAnnotations]'), []],
    ['in a base, whose metadata kustomize ignores', files('[]', '[../base]'), []],
    ['if nothing is built', files('[managedByLabel]', '[]'), []],
    ['if Flux writes other metadata', files('[managedByLabel]'), ['buildMetadata: [originAnnotations]']],
    [
      'if Flux writes another value',
      files('[managedByLabel]'),
      ['commonMetadata: { labels: { app.kubernetes.io/managed-by: flux } }'],
    ],
  ])('is no error %s', (_, tree, spec) => expect(applied(tree, spec).codes).toEqual([]));
});
