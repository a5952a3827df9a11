import { checkTree } from '../../../../lib/check/check-tree';
import { bootstrap, buildFolder, fluxKustomization, treeOf } from '../../tree-of';

const DIGEST = `sha256:${'a'.repeat(64)}`;

const workload = (...images: string[]) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [${images
    .map((image, index) => `{name: c${index}, image: "${image}"}`)
    .join(', ')}]}}}\n`;

const entry = (name: string) => `{name: "${name}", newTag: "2"}`;

/** What is said of entries of `images` for a Deployment with images. */
function findingsOf(entries: readonly string[], images: readonly string[], more = '') {
  const { findings } = buildFolder(
    {
      'a/kustomization.yaml': `${more}resources: [web.yaml]\nimages: [${entries.join(', ')}]\n`,
      'a/web.yaml': workload(...images),
    },
    'a',
  );
  return findings.filter(({ code }) => code === 'image-unmatched');
}

describe('an entry of images that matches no image', () => {
  it.each([
    ['has another registry', 'docker.io/org/web', 'ghcr.io/org/web:1', 'ghcr.io/org/web'],
    ['has no organization', 'web', 'org/web', 'org/web'],
    ['has an organization more', 'org/web', 'web:1', 'web'],
    ['is for an image with a digest', 'web', `org/web@${DIGEST}`, 'org/web'],
    ['is for an image with a tag and a digest', 'web', `org/web:1@${DIGEST}`, 'org/web'],
    ['is for a registry with a port', 'web', 'localhost:5000/web', 'localhost:5000/web'],
    ['is misspelt', 'org/web-frontned', 'org/web-frontend:1', 'org/web-frontend'],
  ])('is reported if it %s', (_name, name, image, meant) => {
    expect(findingsOf([entry('other'), entry(name)], ['redis:7', image])).toMatchObject([
      {
        severity: 'warning',
        message: `the image "${name}" is not in the build, so kustomize changes nothing`,
        hint: `did you mean "${meant}"?`,
        locations: [{ file: 'a/kustomization.yaml', field: 'images[1]' }],
      },
    ]);
  });

  it.each([
    ['matches', ['org/web'], ['org/web:1']],
    ['resembles nothing', ['docker.io/api'], ['org/web:1']],
    ['resembles only a part of a name', ['eb'], ['org/web:1']],
    ['is for a sibling', ['org/web-b', 'api-v2'], ['org/web-a:1', 'api-v1']],
    ['resembles one with a variable', ['shop-app'], ['shop-$app:1']],
    ['is beside one for that image', ['web', 'org/web'], ['org/web:1']],
    ['is an expression', ['.*/x+web'], ['org/web:1']],
    ['is for another image of the program', ['org/web', 'web'], ['org/web:1', 'web:1']],
  ])('is not reported if it %s', (_name, names, images) => {
    expect(findingsOf(names.map(entry), images)).toEqual([]);
  });

  it('is reported if it is misspelt, even beside the right one', () => {
    expect(findingsOf([entry('frontend'), entry('frontned')], ['frontend:1'])).toMatchObject([
      { severity: 'warning', hint: 'did you mean "frontend"?', locations: [{ field: 'images[1]' }] },
    ]);
  });

  it.each([
    ['of another organization', entry('org/web'), 'other/web:1'],
    ['of an organization, for which a mirror has another', '{name: web, newName: mirror/web}', 'org/web:1'],
    ['without organization, for which a mirror has another', '{name: org/web, newName: mirror/web}', 'web'],
  ])('may mean one %s', (_name, text, image) => {
    expect(findingsOf([text], [image])).toMatchObject([
      {
        severity: 'info',
        message: expect.stringContaining('may be another program') as string,
        hint: expect.stringMatching(/^write that name/) as string,
      },
    ]);
  });

  it.each([
    ['has the registry of Docker Hub', '{name: docker.io/library/web, newName: mirror/web}', 'web:1', 1],
    ['has what the entry before it makes', '{name: web, newName: org/web, newTag: "2"}', 'org/web:1', 1],
    ['would change nothing', '{name: web, newName: org/web}', 'org/web:1', 0],
    ['is for an image with a variable', entry('org/web'), '${REGISTRY}/web:1', 0],
  ])('is judged if it %s', (_name, text, image, times) => {
    const findings = findingsOf([text], [image]);
    expect(findings.map(({ severity }) => severity)).toEqual(Array(times).fill('warning'));
  });

  it('means the image that only has another registry, if several may be meant', () => {
    expect(findingsOf([entry('a.io/org/web')], ['web:1', 'x/web', 'b.io/org/web:3'])).toMatchObject([
      { severity: 'warning', hint: 'did you mean "b.io/org/web"?' },
    ]);
  });

  it('may be for what an entry before it makes', () => {
    expect(findingsOf(['{name: web, newName: org/web}', entry('org/web')], ['web:1'])).toEqual([]);
    expect(
      findingsOf(['{name: web, newName: org/web}', entry('docker.io/web')], ['web:1', 'x/web']),
    ).toHaveLength(1);
  });

  it('is not judged where one is refused, in a component, or in a build that is incomplete', () => {
    expect(findingsOf([entry('web('), entry('web')], ['org/web:1'])).toEqual([]);
    const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
    expect(findingsOf([entry('web')], ['org/web:1'], component)).toEqual([]);
    const remote = 'components: ["https://example.com/org/repo?ref=v1"]\n';
    expect(findingsOf([entry('web')], ['org/web:1'], remote)).toEqual([]);
  });

  it('is shown in the Flux Kustomization that adds it', () => {
    const { findings } = checkTree(
      treeOf({
        ...bootstrap,
        'clusters/prod/apps.yaml': fluxKustomization('apps', './a', [
          'images:',
          '  - {name: web, newTag: "2"}',
        ]),
        'a/kustomization.yaml': `resources: [web.yaml]\nimages: [${entry('org/web')}]\n`,
        'a/web.yaml': workload('org/web:1', 'ghcr.io/org/web'),
      }),
    );
    const file = fluxKustomization('apps', './a', ['images:', '  - {name: web']).split('\n');
    expect(findings.filter(({ code }) => code === 'image-unmatched')).toMatchObject([
      {
        locations: [
          { file: 'clusters/prod/apps.yaml', line: file.findIndex((line) => line.includes('name: web')) + 1 },
        ],
      },
    ]);
  });
});
