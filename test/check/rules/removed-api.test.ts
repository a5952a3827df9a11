import { fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';
import { instance } from './flux-installations';

const image = (name: string) =>
  object(
    'image.toolkit.fluxcd.io/v1beta2',
    'ImageRepository',
    name,
    'flux-system',
    'spec: { interval: 1h, image: ghcr.io/acme/a }',
  );
const source = (name: string) =>
  object(
    'source.toolkit.fluxcd.io/v1beta2',
    'GitRepository',
    name,
    'flux-system',
    'spec: { interval: 1h, url: "https://example.com/a" }',
  );
const automation = (template: string, kind = 'ImageUpdateAutomation') =>
  object(
    'image.toolkit.fluxcd.io/v1beta1',
    kind,
    'a',
    'flux-system',
    'spec:',
    '  interval: 1h',
    '  sourceRef: { kind: GitRepository, name: flux-system }',
    `  git: { commit: { author: { email: a@example.com }, messageTemplate: ${JSON.stringify(template)} } }`,
  );
const told = (files: Files, fluxVersion?: string) =>
  lines(
    'removed-api',
    Object.fromEntries(Object.entries(files).map(([file, text]) => [`clusters/prod/${file}`, text])),
    {
      ...(fluxVersion !== undefined && { fluxVersion }),
    },
  );
const SET = 'or set check.fluxVersion in cdk8s-flux.yaml to the version that runs';

describe('removed-api', () => {
  it.each([
    ['is known', { 'i.yaml': image('i') }, '2.9', 'error', false],
    [
      'is the newest of an operator',
      { 'i.yaml': image('i'), 'f.yaml': instance() },
      undefined,
      'warning',
      true,
    ],
    ['is not known', { 'i.yaml': image('i') }, undefined, 'info', true],
  ])('is as bad as the version of Flux is certain: it %s', (_, files, version, severity, hasHint) => {
    const [only, ...more] = told(files, version);
    expect([only, more]).toEqual([line(`${severity} at clusters/prod/i.yaml:`, '(ImageRepository i'), []]);
    expect(only?.includes(SET)).toBe(hasHint);
  });

  it('leaves other violations of a schema to their own codes', () => {
    expect(told({ 'm.yaml': object('v1', 'ConfigMap', 'm', 'default', 'spec: {}') }, '2.9')).toEqual([]);
  });

  it('warns of versions of Kubernetes', () => {
    const budget = object(
      'policy/v1beta1',
      'PodDisruptionBudget',
      'p',
      'default',
      'spec: { minAvailable: 1 }',
    );
    expect(told({ 'p.yaml': budget })).toEqual([line('warning', '(PodDisruptionBudget p')]);
    expect(told({ 'p.yaml': budget })[0]).not.toContain(SET);
  });

  it('passes a version that a CRD of the repository serves', () => {
    const crd = (version: string) =>
      object(
        'apiextensions.k8s.io/v1',
        'CustomResourceDefinition',
        'imagerepositories.image.toolkit.fluxcd.io',
        undefined,
        `spec: { group: image.toolkit.fluxcd.io, scope: Namespaced, names: { kind: ImageRepository, plural: imagerepositories }, versions: [{ name: ${version}, served: true, storage: true }] }`,
      );
    expect(told({ 'i.yaml': image('i'), 'crd.yaml': crd('v1beta2') })).toEqual([]);
    expect(told({ 'i.yaml': image('i'), 'crd.yaml': crd('v1') })).toHaveLength(1);
  });

  it('reports each API version and kind by itself, if the version of Flux is not known', () => {
    expect(told({ 'i.yaml': image('i') + image('j'), 's.yaml': source('s') })).toEqual([
      line('clusters/prod/i.yaml:', '; 1 more object has it: clusters/prod/i.yaml =>'),
      line('clusters/prod/s.yaml:', SET),
    ]);
  });

  it('names other files in order, and up to four of them', () => {
    const many = (...names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [`${name}.yaml`, image(name)]));
    const file = (name: string) => `clusters/prod/${name}.yaml`;
    expect(told(many('a', 'f', 'c', 'e', 'd'))).toEqual([
      line(`; 4 more objects have it: ${['c', 'd', 'e', 'f'].map(file).join(', ')} =>`),
    ]);
    expect(told(many('a', 'f', 'c', 'e', 'd', 'b'))).toEqual([
      line(`; 5 more objects have it: ${['b', 'c', 'd', 'e', 'f'].map(file).join(', ')} =>`),
    ]);
    expect(told(many('a', 'f', 'c', 'e', 'd', 'b', 'g'))).toEqual([
      line(`; 6 more objects have it: ${['b', 'c', 'd', 'e'].map(file).join(', ')} and 2 more files =>`),
    ]);
  });

  it('does not count one object that two clusters apply', () => {
    const both = {
      'clusters/prod/k.yaml': fluxKustomization('k', './a') + fluxKustomization('l', './a'),
      'a/i.yaml': image('i'),
    };
    expect(lines('removed-api', both)).toEqual([line('at a/i.yaml:')]);
    expect(lines('removed-api', { ...both, 'a/j.yaml': image('j') })).toEqual([
      line('at a/i.yaml:', '; 1 more object has it: a/j.yaml =>'),
    ]);
    expect(lines('removed-api', both)[0]).not.toContain('more object');
  });

  it.each([
    ['{{ range .Updated.Images }}{{ end }}', true],
    ['x {{ .AutomationObject }} {{ .Updated }}', true],
    ['{{ .UpdatedAt }}', false],
    ['{{ .Changed.Objects }}', false],
    ['.Updated', false],
    ['{{ x }} .Updated', false],
    ['', false],
  ])('speaks of the template of the commit message %j', (template, expected) => {
    const [only] = told({ 'a.yaml': automation(template) }, '2.9');
    expect(only?.includes('.Changed for .Updated')).toBe(expected);
  });

  it('speaks of it in no other kind', () => {
    const [only] = told({ 'a.yaml': automation('{{ .Updated }}', 'ImageRepository') }, '2.9');
    expect(only).toBeDefined();
    expect(only).not.toContain('.Changed');
  });
});
