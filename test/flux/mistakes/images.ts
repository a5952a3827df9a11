import { mistakesOf } from './mistake';

const BAD_INTERVAL = ['a bad duration', { interval: "'10'" }, 'compiler', 'duration-invalid'] as const;
const commit = (extra = '') => `{ commit: { author: { email: 'a@example.com' }${extra} } }`;

/** What people get wrong with the kinds of image automation. */
export const images = [
  mistakesOf(
    'ImageRepository',
    { image: "'example.com/i'", interval: "'5m'" },
    'image',
    BAD_INTERVAL,
    ['hours where none are allowed', { timeout: "'1h'" }, 'compiler', 'schema-pattern'],
    ['a wrong type', { insecure: "'yes'" }, 'compiler', 'schema-type'],
    ['a wrong enum', { provider: "'github'" }, 'compiler', 'schema-enum'],
    ['a scheme of an image', { image: "'https://example.com/i'" }, 'synth', 'image-invalid'],
    ['a tag of an image', { image: "'example.com:5000/i:v1'" }, 'synth', 'image-invalid'],
    ['capital letters', { image: "'example.com/Image'" }, 'synth', 'image-invalid'],
    ['a bad expression', { exclusionList: "['(']" }, 'synth', 'regex-invalid'],
    ['access of no form', { accessFrom: '{}' }, 'compiler', 'schema-required'],
  ),
  mistakesOf(
    'ImagePolicy',
    { imageRepositoryRef: "flux.ImageRepository.fromName('r')", policy: "{ semver: { range: '1.x' } }" },
    'policy',
    ['a wrong type', { policy: '{ semver: { range: 1 } }' }, 'compiler', 'schema-type'],
    ['a wrong enum', { policy: "{ numerical: { order: 'down' } }" }, 'compiler', 'schema-enum'],
    ['a bad range', { policy: "{ semver: { range: '>>1' } }" }, 'synth', 'semver-invalid'],
    ['no choice', { policy: '{}' }, 'compiler', 'policy-missing'],
    ['two choices', { policy: "{ semver: { range: '1.x' }, numerical: {} }" }, 'compiler', 'field-ignored'],
    ['lookahead', { filterTags: "{ pattern: '^(?=v).*' }" }, 'synth', 'regex-invalid'],
    [
      'a group that no pattern has',
      { filterTags: "{ pattern: '^v.*', extract: '$1' }" },
      'synth',
      'schema-rule',
    ],
    [
      'another kind',
      { imageRepositoryRef: "flux.GitRepository.fromName('r')" },
      'compiler',
      'reference-kind',
    ],
    ['an interval for no digest', { interval: "'5m'" }, 'compiler', 'schema-rule'],
    ['no interval for a digest', { digestReflectionPolicy: "'Always'" }, 'compiler', 'schema-rule'],
    [
      'a bad duration',
      { digestReflectionPolicy: "'Always'", interval: "'10'" },
      'compiler',
      'duration-invalid',
    ],
  ),
  mistakesOf(
    'ImageUpdateAutomation',
    { interval: "'5m'", sourceRef: "flux.GitRepository.fromName('r')", git: commit() },
    'sourceRef',
    BAD_INTERVAL,
    ['a wrong type', { git: '{ commit: { author: { email: 1 } } }' }, 'compiler', 'schema-type'],
    ['no author', { git: '{ commit: {} }' }, 'compiler', 'schema-required'],
    ['a wrong enum', { update: "{ strategy: 'Set' }" }, 'compiler', 'schema-enum'],
    ['a source without commits', { sourceRef: "flux.Bucket.fromName('r')" }, 'compiler', 'schema-enum'],
    [
      'a template of before v1',
      { git: commit(", messageTemplate: '{{ .Updated }}'") },
      'synth',
      'commit-template-invalid',
    ],
    [
      'a key of no kind',
      { git: commit(", signingKey: { type: 'x509', secretRef: { name: 's' } }") },
      'compiler',
      'schema-enum',
    ],
    [
      'a bad range',
      { git: "{ checkout: { ref: { semver: 'new' } }, commit: { author: { email: 'a@b.c' } } }" },
      'synth',
      'semver-invalid',
    ],
    [
      'a branch and a tag',
      {
        git: "{ checkout: { ref: { branch: 'a', tag: 'b' } }, commit: { author: { email: 'a@b.c' } } }",
      },
      'compiler',
      'field-ignored',
    ],
    [
      'a bad refspec',
      { git: "{ push: { refspec: '+a' }, commit: { author: { email: 'a@b.c' } } }" },
      'synth',
      'schema-pattern',
    ],
  ),
];
