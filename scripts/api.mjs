// The API report: the public API of each entry point as text in etc/, so that reviewers see a change of it.
//   npm run api               writes etc/*.api.md from the build in dist/
//   npm run api -- --check    writes nothing; fails if a report does not match the build
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// It is CommonJS and loads TypeScript: with `require`, node need not analyse it for named exports.
const require = createRequire(import.meta.url);
const { Extractor, ExtractorConfig } = require('@microsoft/api-extractor');

const root = resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** `{ 'cdk8s-flux': 'dist/lib/index.d.ts', 'cdk8s-flux-testing': … }`, from the exports of package.json. */
function entryPoints() {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, { types }]) => [`${manifest.name}${subpath.slice(1).replaceAll('/', '-')}`, types]);
}

/** Whether the types in an entry point's signatures, if they belong to the package, are exported there. */
function usesPackage(name) {
  return name.endsWith('-testing');
}

function extract(name, types, scratch) {
  const quiet = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(root, 'api-extractor.json'),
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: resolve(root, types),
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: join(root, 'tsconfig.build.json') },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(root, 'etc'),
        reportTempFolder: scratch,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: 'warning', addToApiReportFile: true },
          'ae-missing-release-tag': { logLevel: 'none' },
          // Authors of helpers need a name for each type in a signature.
          'ae-forgotten-export': { logLevel: usesPackage(name) ? 'none' : 'error' },
        },
        compilerMessageReporting: quiet,
        tsdocMessageReporting: quiet,
      },
    },
  });
  return Extractor.invoke(config, {
    localBuild: !check,
    messageCallback: (message) => {
      if (message.messageId.startsWith('console-')) message.handled = true;
      if (message.messageId === 'ae-forgotten-export' && !usesPackage(name)) console.error(message.text);
    },
  });
}

const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-api-'));
try {
  mkdirSync(join(root, 'etc'), { recursive: true });
  const results = entryPoints().map(([name, types]) => ({ name, ...extract(name, types, scratch) }));
  const changed = results
    .filter(({ apiReportChanged }) => apiReportChanged)
    .map(({ name }) => `etc/${name}.api.md`);
  for (const { name, errorCount } of results) {
    if (errorCount === 0 || usesPackage(name)) continue;
    console.error(
      `${name}: a type that a signature needs is not exported (ae-forgotten-export); add it to the entry point`,
    );
    process.exitCode = 1;
  }
  if (check && changed.length > 0) {
    console.error(
      `${changed.join(', ')}: not the public API of the build\nfix: npm run api, and read what changed`,
    );
    process.exitCode = 1;
  } else if (changed.length > 0) console.error(`written: ${changed.join(', ')}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
