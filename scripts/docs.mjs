// Writes the generated parts of the documentation: a page for each Flux kind in docs/kinds/, a page for each of the
// most used constructs in docs/constructs/, docs/findings.md, docs/diff-classes.md, and the YAML beside the examples of
// other pages.
//   npm run docs               writes them
//   npm run docs -- --check    writes nothing; fails if a page is not what it would generate
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { constructPage } from './docs/construct-page.mjs';
import { diffClassesPage } from './docs/diff-classes-page.mjs';
import { findingsPage } from './docs/findings-page.mjs';
import { kindPage } from './docs/kind-page.mjs';
import { aboutExport, libraryTypes } from './docs/library-types.mjs';
import { firstSentence } from './docs/prop-table.mjs';
import { kebab } from './schemas/fields.mjs';
import { newestSchemas } from './schemas/versions.mjs';

const require = createRequire(import.meta.url);
const { runExample } = require('./docs/run-example.cjs');
const { DELIVERY_KINDS } = require('../lib/kinds/delivery.ts');
const { IMAGE_KINDS } = require('../lib/kinds/images.ts');
const { NOTIFICATION_KINDS } = require('../lib/kinds/notifications.ts');
const { SOURCE_KINDS } = require('../lib/kinds/sources.ts');
const { PROVIDER_TYPES } = require('../lib/schema/provider-types.ts');
const root = join(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const check = process.argv.includes('--check');

/** The kinds of Flux by the pages of its controllers, as people look for them. */
const GROUPS = {
  Sources: SOURCE_KINDS,
  Delivery: DELIVERY_KINDS,
  'Image automation': IMAGE_KINDS,
  Notifications: NOTIFICATION_KINDS,
};

/** The documentation of a construct's class, and its page in Flux's documentation. */
function aboutKind(kind) {
  const source = read(`lib/flux/${kebab(kind)}.ts`);
  const comment = source
    .slice(0, source.search(new RegExp(`^export class ${kind}\\b`, 'm')))
    .split('/**')
    .at(-1);
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*\/?\s?/, '').trim());
  const see = lines.find((line) => line.startsWith('@see '))?.slice('@see '.length);
  const end = lines.findIndex((line) => line.startsWith('@'));
  return { text: lines.slice(0, end).join(' ').trim(), see };
}

/** The files of the example that contain objects of a kind, without the directory's own. */
function filesWith(kind, files) {
  return Object.fromEntries(
    Object.entries(files).filter(
      ([path, text]) =>
        !path.startsWith('cluster-resources/flux/') &&
        new RegExp(`^kind: ${kind}$`, 'm').test(text) &&
        !path.endsWith('/kustomization.yaml'),
    ),
  );
}

function providerTypes() {
  const rows = Object.entries(PROVIDER_TYPES).map(([type, { needs, entries = [] }]) => {
    const words = needs.map(
      (need) => ({ endpoint: 'an address', channel: '`channel`', secretRef: '`secretRef`' })[need],
    );
    const sets = entries.map((set) => set.map((entry) => `\`${entry}\``).join(' and ')).join(', or ');
    return `| \`${type}\` | ${words.join(', ')} | ${sets} |`;
  });
  return [
    '## Types',
    '',
    'The address is in `address`, or in the entry `address` of the Secret.',
    '',
    '| type | needs | entries of its Secret |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ];
}

function kindPages() {
  const folder = newestSchemas();
  const crds = readdirSync(folder)
    .sort()
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')));
  const pages = crds.map((crd) => {
    const { kind } = crd.spec.names;
    const example = read(`examples/kinds/${kebab(kind)}.ts`);
    const files = filesWith(kind, runExample(example));
    const types = kind === 'Provider' ? providerTypes() : undefined;
    return [`docs/kinds/${kebab(kind)}.md`, kindPage({ crd, example, files, about: aboutKind(kind), types })];
  });
  return [['docs/kinds/README.md', overview(crds)], ...pages];
}

function overview(crds) {
  const groups = Object.entries(GROUPS).flatMap(([title, known]) => [
    `## ${title}`,
    '',
    ...crds
      .filter(({ spec }) => known.some(({ kind }) => kind === spec.names.kind))
      .map(
        ({
          spec: {
            names: { kind },
          },
        }) => `- [${kind}](${kebab(kind)}.md): ${aboutKind(kind).text}`,
      ),
    '',
  ]);
  const lead =
    "A construct for each of Flux's kinds, with every field of its spec under Flux's own name. The compiler refuses most of what the API server would refuse; synth refuses the rest.";
  return ['<!-- Made by npm run docs. Do not edit. -->', '', "# Flux's kinds", '', lead, '', ...groups].join(
    '\n',
  );
}

/**
 * The constructs that people use most, in the order in which they look for them: the type of their props, and the kind
 * whose fields they take.
 */
const CONSTRUCTS = {
  'The parts of a repository': {
    Cluster: { props: 'ClusterProps' },
    Fleet: { props: 'FleetProps' },
    FluxInstance: { props: 'FluxInstanceProps' },
    FluxApp: { props: 'FluxAppProps', kind: 'Kustomization' },
    Tenant: { props: 'TenantProps', kind: 'Kustomization' },
  },
  'What goes into a FluxApp': {
    HelmChartRelease: { props: 'HelmChartReleaseProps', kind: 'HelmRelease' },
    RemoteKustomization: { props: 'RemoteKustomizationProps', kind: 'Kustomization' },
    Manifests: { props: 'ManifestsFromFileOptions', method: 'Manifests.fromFile' },
    SopsSecret: { props: 'SopsSecretProps' },
  },
  'Several FluxApps together': {
    OperatorStack: { props: 'OperatorStackProps' },
    DependencyChain: { props: 'DependencyChainProps' },
  },
};

function constructPages() {
  const types = libraryTypes();
  const pages = Object.values(CONSTRUCTS).flatMap((constructs) =>
    Object.entries(constructs).map(([name, facts]) => {
      const example = read(`examples/constructs/${kebab(name)}.ts`);
      const files = Object.fromEntries(
        Object.entries(runExample(example)).filter(([path]) => !path.endsWith('/kustomization.yaml')),
      );
      return [`docs/constructs/${kebab(name)}.md`, constructPage(types, { name, ...facts, example, files })];
    }),
  );
  const groups = Object.entries(CONSTRUCTS).flatMap(([title, constructs]) => [
    `## ${title}`,
    '',
    ...Object.keys(constructs).map(
      (name) => `- [${name}](${kebab(name)}.md): ${firstSentence(aboutExport(types, name))}`,
    ),
    '',
  ]);
  const lead =
    "The constructs that you use most, with every prop, its default and an example. There is also a construct for each of [Flux's kinds](../kinds/README.md).";
  const overview = [
    '<!-- Made by npm run docs. Do not edit. -->',
    '',
    '# Constructs',
    '',
    lead,
    '',
    ...groups,
  ].join('\n');
  return [['docs/constructs/README.md', overview], ...pages];
}

/** A page with the YAML that its examples generate, if it shows some. */
function withYaml(page) {
  const text = read(page);
  const shown = /^(<!-- file: (\S+) -->\n\n```yaml\n)(.*?)(^```$)/gms;
  if (!shown.test(text)) return text;
  const examples = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  const files = Object.assign({}, ...examples.map(runExample));
  return text.replace(shown, (_, start, path, _yaml, end) => `${start}${files[path] ?? ''}${end}`);
}

const pages = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md') && !['findings.md', 'diff-classes.md'].includes(name))
  .map((name) => `docs/${name}`);
const wanted = new Map([
  ...kindPages(),
  ...constructPages(),
  ['docs/findings.md', findingsPage((code) => existsSync(join(root, `docs/rules/${code}.md`)))],
  ['docs/diff-classes.md', diffClassesPage()],
  ...['README.md', ...pages].map((page) => [page, withYaml(page)]),
]);
const generated = ['docs/kinds', 'docs/constructs'].flatMap((folder) =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [],
);
const stale = generated.filter((path) => !wanted.has(path));
const changed = [...wanted].filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text);
for (const path of [...changed.map(([name]) => name), ...stale])
  console.error(`${check ? 'out of date' : 'written'}: ${path}`);
if (check) {
  if (changed.length + stale.length > 0) process.exitCode = 1;
} else {
  for (const path of stale) rmSync(join(root, path));
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
