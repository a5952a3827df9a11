import type { InitOptions } from './init-options';

/**
 * What Renovate may change. It updates npm packages by itself. Versions of charts and images are in the code, where a
 * comment marks them, and for the first ring of a fleet in `pins.yaml`: a change in the YAML that synth makes of it would be
 * taken for a hand edit. YAML files that the code reads, and what `flux bootstrap` writes, are for the managers of their
 * kinds.
 */
export function renovateConfig({ kind }: Pick<InitOptions, 'kind'>): object {
  const entries = kind === 'fleet' ? 'clusters' : 'cluster-resources';
  return {
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    extends: ['config:recommended'],
    flux: {
      managerFilePatterns: [
        '/^manifests/.+\\.ya?ml$/',
        `/^${entries}/(?:.+/)?flux-system/gotk-components\\.ya?ml$/`,
      ],
    },
    kubernetes: { managerFilePatterns: ['/^manifests/.+\\.ya?ml$/'] },
    'helm-values': { managerFilePatterns: ['/^manifests/(?:.+/)?values[^/]*\\.ya?ml$/'] },
    customManagers: [CODE_MANAGER, ...(kind === 'fleet' ? [PINS_MANAGER] : [])],
  };
}

const CODE_MANAGER = {
  customType: 'regex',
  description:
    'Versions in the code, each on the line below a comment: // renovate: datasource=... depName=...',
  managerFilePatterns: ['/\\.ts$/'],
  matchStrings: [
    "// renovate: datasource=(?<datasource>\\S+) depName=(?<depName>\\S+)(?: registryUrl=(?<registryUrl>\\S+))?(?: versioning=(?<versioning>\\S+))?\\s+\\w+: '(?<currentValue>[^'\\s]+)'",
  ],
};

const PINS_MANAGER = {
  customType: 'regex',
  description:
    'The first ring of each pin, on the line below a comment; cdk8s-flux promote changes the later rings',
  managerFilePatterns: ['/(^|/)pins\\.yaml$/'],
  matchStrings: [
    '# renovate: datasource=(?<datasource>\\S+) depName=(?<depName>\\S+)(?: packageName=(?<packageName>\\S+))?(?: registryUrl=(?<registryUrl>\\S+))?(?: versioning=(?<versioning>\\S+))?(?: extractVersion=(?<extractVersion>\\S+))?\\r?\\n\\s+[^\\s:#]+:\\s+["\']?(?<currentValue>[^\\s"\'#]+)',
  ],
};
