/** The packages that a new project depends on, beside cdk8s-flux. Ranges that cdk8s-flux itself is tested with. */
export const DEPENDENCIES = {
  cdk8s: '^2.70.0',
  constructs: '^10.3.0',
} as const;

/** The packages that a new project is made and tested with. */
export const DEV_DEPENDENCIES = {
  '@types/jest': '^30.0.0',
  '@types/node': '^20.19.43',
  'cdk8s-cli': '^2.207.60',
  jest: '^30.5.2',
  'ts-jest': '^29.4.15',
  tsx: '^4.23.15',
  typescript: '~5.9.3',
} as const;

/** What PGP recipients need. */
export const OPENPGP = '^6.3.2';
