import { fleetRows } from './fleets';
import { MAP, type Row } from './row';

/** A mistake of an author, in TypeScript that runs without a check of its types. */
export interface Mistake {
  /** A description of the mistake. */
  readonly what: string;
  /** The program between creating the app and synth; the line with the mistake ends in `//!`. */
  readonly code: string;
  /** The code of the finding. */
  readonly finding: string;
  /** Words in the message: about what was got, what is allowed, and the fix. */
  readonly says: readonly string[];
}

const HOME = "const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });";
const WEB = `${HOME}\nconst web = new FluxApp(home, 'web');\nnew ApiObject(web, 'map', ${MAP});`;
const SECRET = "{ token: SecretValue.env('MISTAKES_TOKEN') }";
const object = (text: string): string => `${WEB}\nnew ApiObject(web, 'x', ${text}); //!`;
const git = (text: string): string => `${WEB}\nnew GitRepository(web, 'x', ${text}); //!`;
const app = (props: string): string =>
  `${HOME}\nconst web = new FluxApp(home, 'web', ${props}); //!\nnew ApiObject(web, 'map', ${MAP});`;

const rows: readonly Row[] = [
  // Flux objects
  [
    'a misspelt field',
    'schema-unknown-field',
    git("{ url: 'https://e.com/r', interval: '1m', intervall: '1m' }"),
    'intervall',
    'interval',
  ],
  ['a misspelt prop of a FluxApp', 'schema-unknown-field', app('{ dependOn: [] }'), 'dependOn', 'dependsOn'],
  ['text for a flag', 'schema-type', app("{ prune: 'yes' }"), 'prune', '"yes"'],
  [
    'a number for a duration',
    'duration-invalid',
    git("{ url: 'https://e.com/r', interval: 60 }"),
    '60',
    '1m15s',
  ],
  [
    'words for a duration',
    'duration-invalid',
    git("{ url: 'https://e.com/r', interval: '5 minutes' }"),
    '5 minutes',
    '1m15s',
  ],
  ['days for a duration', 'duration-invalid', git("{ url: 'https://e.com/r', interval: '1d' }"), '"1d"'],
  ['a URL without a scheme', 'schema-pattern', git("{ url: 'e.com/r', interval: '1m' }"), 'e.com/r'],
  [
    'the address that scp takes',
    'schema-pattern',
    git("{ url: 'git@github.com:o/r', interval: '1m' }"),
    'ssh://git@github.com/o/r',
  ],
  ['a required prop that is missing', 'schema-required', git("{ interval: '1m' }"), 'url'],
  [
    'a version range that is none',
    'semver-invalid',
    git("{ url: 'https://e.com/r', interval: '1m', ref: { semver: 'v1..0' } }"),
    '"v1..0"',
  ],
  [
    'a word that is not in a list',
    'schema-enum',
    git("{ url: 'https://e.com/r', interval: '1m', provider: 'gitlab' }"),
    '"gitlab"',
    'github',
  ],
  [
    'a Secret by name alone',
    'schema-type',
    git("{ url: 'https://e.com/r', interval: '1m', secretRef: 's' }"),
    'spec.secretRef',
    '{ name: ... }',
  ],
  [
    'a bad name',
    'name-invalid',
    git("{ name: 'Bad_Name', url: 'https://e.com/r', interval: '1m' }"),
    'Bad_Name',
    'bad-name',
  ],
  [
    'credentials that are not named',
    'credentials-missing',
    git("{ url: 'https://e.com/r', interval: '1m', provider: 'github' }"),
    'fix: set secretRef; for a public repository, remove provider',
  ],
  [
    'an unclear timeout beside a slow release',
    'timeout-too-short',
    `${HOME}\nconst web = new FluxApp(home, 'web', { wait: true, timeout: '3m', namespace: 'default' }); //!\nnew HelmChartRelease(web, 'r', { repository: 'oci://e.com/r', version: '1.0.0', timeout: '10m' });`,
    'got "3m"',
    '10m',
    'remove it',
  ],
  [
    'a bad label',
    'label-invalid',
    git("{ labels: { 'a b': 'c' }, url: 'https://e.com/r', interval: '1m' }"),
    'a b',
  ],
  [
    'a HelmRelease without a chart',
    'schema-rule',
    `${WEB}\nnew HelmRelease(web, 'x', { interval: '1h' }); //!`,
    'chart',
    'chartRef',
  ],
  [
    'an alert without sources',
    'schema-required',
    `${WEB}\nnew Alert(web, 'x', { providerRef: { name: 'slack' } }); //!`,
    'eventSources',
  ],
  // Objects
  [
    'a misspelt kind',
    'kind-unknown',
    object("{ apiVersion: 'apps/v1', kind: 'Deploymnt', metadata: { name: 'a', namespace: 'default' } }"),
    'Deploymnt',
    'Deployment',
  ],
  [
    'an API that is gone',
    'removed-api',
    object(
      "{ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'a', namespace: 'default' } }",
    ),
    'policy/v1beta1',
    'policy/v1',
  ],
  [
    'a bad namespace',
    'namespace-invalid',
    object("{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'My_NS' } }"),
    'My_NS',
    'my-ns',
  ],
  [
    'a namespace that nothing makes',
    'namespace-missing',
    object("{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } }"),
    '"shop"',
  ],
  [
    'no namespace at all',
    'namespace-missing',
    object("{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }"),
    'namespace',
  ],
  [
    'a Secret in plain text',
    'plaintext-secret',
    object(
      "{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'default' }, stringData: { password: 'abc' } }",
    ),
    'SopsSecret',
  ],
  ['an object twice', 'object-duplicate', object(MAP), '"m"'],
  [
    'an undefined variable',
    'variable-undefined',
    `${HOME}\nconst web = new FluxApp(home, 'web', { postBuild: { substitute: { domain: 'a' } } });\nnew ApiObject(web, 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' }, data: { a: String(home.variable('domian')) } }); //!`,
    'domian',
    'domain',
  ],
  // The shape of the app
  ['an empty FluxApp', 'flux-app-empty', `${HOME}\nnew FluxApp(home, 'web'); //!`, 'add a construct to it'],
  [
    'two FluxApps with one id',
    'construct-id-duplicate',
    `${WEB}\nnew FluxApp(home, 'web'); //!`,
    '"web"',
    '"home"',
    'another id',
  ],
  [
    'two objects with one id',
    'construct-id-duplicate',
    `${WEB}\nnew ApiObject(web, 'map', ${MAP}); //!`,
    '"map"',
    '"web"',
    'another id',
  ],
  ['no id', 'argument-invalid', `${HOME}\nnew FluxApp(home, undefined); //!`, 'id', 'second argument'],
  ['an object in the app', 'chart-around-missing', `${WEB}\nnew ApiObject(app, 'x', ${MAP}); //!`, 'FluxApp'],
  ['a FluxApp in the app', 'cluster-missing', "new FluxApp(app, 'web'); //!", 'Cluster'],
  ['no props of a cluster', 'argument-invalid', "new Cluster(app, 'home'); //!", 'undefined', 'an object'],
  [
    'a misspelt path',
    'argument-invalid',
    "new Cluster(app, 'home', { paht: './a' }); //!",
    'paht',
    'did you mean path?',
  ],
  [
    'a cluster without a path',
    'argument-invalid',
    "new Cluster(app, 'home', {}); //!",
    'path',
    'undefined',
    'a string',
  ],
  [
    'a number for a path',
    'argument-invalid',
    "new Cluster(app, 'home', { path: 1 }); //!",
    'path: got 1',
    'a string',
  ],
  [
    'a misspelt prop of a cluster',
    'argument-invalid',
    "new Cluster(app, 'home', { path: './clusters/home', bootstrp: {} }); //!",
    'bootstrp',
    'did you mean bootstrap?',
  ],
  [
    'a misspelt prop in a map',
    'argument-invalid',
    "new Cluster(app, 'home', { path: './clusters/home', sops: { secretname: 'a' } }); //!",
    'sops.secretname',
    'did you mean secretName?',
  ],
  [
    'null for a map',
    'argument-invalid',
    app('{ labels: null }'),
    'labels: got null',
    'an object',
    'or remove it',
  ],
  ['a text for props', 'argument-invalid', app("'apps'"), 'props of the FluxApp', 'got "apps"', 'an object'],
  [
    'a policy that does not exist',
    'argument-invalid',
    `${WEB}\nnew HelmChartRelease(web, 'x', { repository: 'oci://e.com/r', onFailure: 'Retry' }); //!`,
    'onFailure: got "Retry"',
    '"RetryOnFailure"',
  ],
  [
    'a chart without a repository',
    'argument-invalid',
    `${WEB}\nnew HelmChartRelease(web, 'x', { chart: 'podinfo' }); //!`,
    'repository: got undefined',
    'an object or a string',
  ],
  [
    'a repository under another name',
    'argument-invalid',
    `${WEB}\nnew HelmChartRelease(web, 'x', { chart: 'podinfo', repositry: 'https://e.com' }); //!`,
    'repositry',
    'did you mean repository?',
  ],
  [
    'text in a stage',
    'argument-invalid',
    `${WEB}\nnew DependencyChain(web, 'x', { stages: ['web'] }); //!`,
    'stages[0]: got "web"',
    'a construct, an array or an object',
  ],
  [
    'a plain object in a stage',
    'argument-invalid',
    `${WEB}\nnew DependencyChain(web, 'x', { stages: [{}] }); //!`,
    'stages[0].members: got undefined',
    'an array',
  ],
  [
    'a path out of the repository',
    'path-outside-repository',
    "new Cluster(app, 'home', { path: '../../a' }); //!",
    '"../../a"',
    'root of the repository',
  ],
  [
    'a layer out of the repository',
    'path-outside-repository',
    `${HOME}\nconst web = new FluxApp(home, 'web', { layer: '../../..' }); //!\nnew ApiObject(web, 'map', ${MAP});`,
    '../..',
  ],
  [
    'a path that no file system stores',
    'path-invalid',
    "new Cluster(app, 'home', { path: './a*b' }); //!",
    'a*b',
    'use letters',
  ],
  [
    'a cycle',
    'dependency-cycle',
    `${HOME}\nconst a = new FluxApp(home, 'a'); new ApiObject(a, 'm', ${MAP});\nconst b = new FluxApp(home, 'b', { dependsOn: [a] }); new ApiObject(b, 'm', { ...${MAP}, metadata: { name: 'n', namespace: 'default' } }); //!\na.node.addDependency(b);`,
    ' -> ',
  ],
  [
    'a FluxApp that waits for itself',
    'dependency-on-itself',
    `${WEB.replace("'web');", "'web'); //!")}\nweb.node.addDependency(web);`,
    'itself',
  ],
  [
    'waiting for an app of another cluster',
    'dependency-across-clusters',
    `${WEB}\nconst eu = new Cluster(app, 'eu', { path: './eu/flux' });\nconst other = new FluxApp(eu, 'other', { dependsOn: [web] }); //!\nnew ApiObject(other, 'map', ${MAP});`,
    'home',
  ],
  ['text for a dependency', 'schema-type', app("{ dependsOn: ['a'] }"), '"a"'],
  [
    'a file name out of the directory',
    'path-outside-repository',
    `${WEB}\nnew GitRepository(web, 'x', { file: '../../../../x.yaml', url: 'https://e.com/r', interval: '1m' }); //!`,
    'x.yaml',
  ],
  [
    'a file name without the ending',
    'file-name-invalid',
    `${WEB}\nnew GitRepository(web, 'x', { file: 'x.txt', url: 'https://e.com/r', interval: '1m' }); //!`,
    'x.txt',
    '.yaml',
  ],
  // Secrets
  [
    'a secret without recipients',
    'sops-no-recipients',
    `${WEB}\nnew SopsSecret(web, 'x', { values: ${SECRET} }); //!`,
    'recipient',
  ],
  [
    'text for a secret value',
    'secret-value-invalid',
    `${WEB}\nnew SopsSecret(web, 'x', { values: { token: 'abc' } }); //!`,
    'string',
    'SecretValue',
  ],
  [
    'a recipient that is none',
    'sops-recipient-invalid',
    `const home = new Cluster(app, 'home', { path: './cluster-resources/flux', sops: { age: 'age1abc' } });\nconst web = new FluxApp(home, 'web');\nnew SopsSecret(web, 'x', { values: ${SECRET} }); //!`,
    'age1abc',
  ],
  [
    'a missing variable for a secret',
    'secret-value-missing',
    `const home = new Cluster(app, 'home', { path: './cluster-resources/flux', sops: { age: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p' } });\nconst web = new FluxApp(home, 'web');\nnew SopsSecret(web, 'x', { values: ${SECRET} }); //!`,
    'MISTAKES_TOKEN',
  ],
  [
    'secret values that are no map',
    'argument-invalid',
    `${WEB}\nnew SopsSecret(web, 'x', {}); //!`,
    'values: got undefined',
    'an object',
  ],
  [
    'text for a token',
    'secret-value-invalid',
    `${WEB}\nnew GitCredentials(web, 'x', { bearerToken: 'ghp_x' }); //!`,
    'bearerToken: got a string',
    'SecretValue.env',
  ],
  [
    'a name that is none for a secret value',
    'secret-value-invalid',
    `${WEB}\nnew SopsSecret(web, 'x', { values: { token: SecretValue.env(undefined) } }); //!`,
    'SecretValue.env: got undefined; must be a string',
    'a string',
  ],
  ...fleetRows,
  // JavaScript
  [
    'a misspelt construct',
    'argument-invalid',
    `${WEB}\nnew flux.HelmRelaese(web, 'x', {}); //!`,
    'HelmRelaese',
    'HelmRelease',
  ],
  ['a scope that is none', 'argument-invalid', "new FluxApp({}, 'web'); //!", 'argument'],
  [
    'a missing file of manifests',
    'file-unreadable',
    `${WEB}\nManifests.fromFile(web, 'x', 'gone.yaml'); //!`,
    'gone.yaml',
  ],
];

/** Mistakes of authors, and the findings. */
export const mistakes: readonly Mistake[] = rows.map(([what, finding, code, ...says]) => ({
  what,
  finding,
  code,
  says,
}));
