import { CONFIG_FILE } from '../config/config-schema';
import { printSopsConfig } from '../sops/creation-rules/print-sops-config';
import { clustersOf, type InitOptions } from './init-options';
import { renovateConfig } from './renovate-config';
import { DEPENDENCIES, DEV_DEPENDENCIES, OPENPGP } from './versions';

/** The settings of a new project's tools, by path. */
export function settingFiles(options: InitOptions): Record<string, string> {
  return {
    'package.json': json(packageManifest(options)),
    'tsconfig.json': json(TSCONFIG),
    'cdk8s.yaml': 'language: typescript\napp: npx tsx src/main.ts\noutput: dist/manifests\n',
    [CONFIG_FILE]: configFile(options),
    '.gitignore': GITIGNORE,
    'renovate.json': json(renovateConfig(options)),
    ...(options.recipients.length > 0 && { '.sops.yaml': sopsFile(options) }),
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function packageManifest({ name, version, recipients }: InitOptions): object {
  const pgp = recipients.some(({ kind }) => kind === 'pgp');
  return {
    name,
    version: '0.0.0',
    private: true,
    engines: { node: '>=20.19' },
    scripts: {
      synth: 'cdk8s-flux synth',
      check: 'cdk8s-flux check',
      typecheck: 'tsc',
      test: 'jest',
    },
    dependencies: sorted({ ...DEPENDENCIES, 'cdk8s-flux': `^${version}`, ...(pgp && { openpgp: OPENPGP }) }),
    devDependencies: DEV_DEPENDENCIES,
    jest: { preset: 'ts-jest', roots: ['<rootDir>/src'] },
  };
}

function sorted(versions: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'node16',
    strict: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['jest', 'node'],
  },
  include: ['src'],
};

function configFile({ recipients, kind }: InitOptions): string {
  const sops =
    recipients.length > 0
      ? '# Synth writes .sops.yaml from the recipients in src/clusters.ts.\nsopsRules: true\n'
      : '';
  return `# yaml-language-server: $schema=./node_modules/cdk8s-flux/schema/cdk8s-flux.schema.json
version: 1
${sops}${kind === 'fleet' ? LIMIT : ''}`;
}

const LIMIT = `# Refuse changes that reach more clusters at once:
# rollout:
#   maxClusters: 1
`;

const GITIGNORE = `node_modules/
dist/
# Private keys of SOPS.
*.agekey
`;

/**
 * The `.sops.yaml` that synth generates from the code of the new project: all clusters have the same recipients, so one
 * rule covers their topmost folders.
 */
function sopsFile(options: InitOptions): string {
  const folders = clustersOf(options).flatMap((cluster) => cluster.folders);
  const paths = new Set(folders.map((folder) => `${folder.slice(0, folder.indexOf('/'))}/`));
  return printSopsConfig([{ paths: [...paths], recipients: options.recipients }]);
}
