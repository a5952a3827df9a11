import { typeErrorsIn } from '../tools/type-check';

const FLEET = `import { Fleet, GitOpsApp, Setting } from 'cdk8s-flux';
const app = new GitOpsApp();
const settings = {
  replicas: Setting.number({ min: 1, default: 2 }),
  domain: Setting.text(),
  size: Setting.oneOf(['small', 'large']),
};
const environments = { production: { domain: 'example.com' }, staging: {} };
const regions = { eu: { size: 'small' as const }, us: {} };
const fleet = new Fleet(app, 'fleet', {
  settings,
  environments,
  regions,
  clusters: {
    a: { environment: 'production', region: 'eu' },
    b: { environment: 'production', region: 'us', settings: { size: 'large' } },
    c: { environment: 'staging', region: 'eu', settings: { domain: 'staging.example.com' } },
  },
  rings: [{ name: 'staging', select: { clusters: 'c' } }],
});
export const sizes: ('small' | 'large')[] = fleet.clusters.map((cluster) => cluster.settings.size);
fleet.deploy('web', { select: { where: (cluster) => cluster.settings.replicas > 1 } }, ({ settings: own, environment }) => {
  const replicas: number = environment === 'production' ? own.replicas : 1;
  void [replicas, own.domain.length];
});
const many = Object.fromEntries(['a', 'b'].map((name) => [name, { environment: 'production' as const, region: 'us' as const, settings: { size: 'small' as const } }]));
void new Fleet(app, 'many', { settings, environments, regions, clusters: many });
void new Fleet(app, 'plain', { clusters: { home: { environment: 'production', region: 'home' } } });
`;

const cluster = (text: string): string =>
  `void new Fleet(app, 'f', { settings, environments, regions, clusters: { x: ${text} } });`;

/** Code that does not compile, and the compiler's message. */
const refused: readonly (readonly [what: string, code: string, ...says: string[]])[] = [
  [
    'a setting that no level gives',
    cluster("{ environment: 'staging', region: 'us', settings: { size: 'small' } }"),
    "Property 'domain' is missing in type '{ size: \"small\"; }'",
  ],
  [
    'no settings where some are needed',
    cluster("{ environment: 'production', region: 'us' }"),
    "Property 'settings' is missing",
    'readonly size: "small" | "large"',
  ],
  [
    'a value of another type',
    cluster("{ environment: 'staging', region: 'eu', settings: { domain: 1 } }"),
    "Type 'number' is not assignable to type 'string'",
  ],
  [
    'a value that is not listed',
    cluster("{ environment: 'production', region: 'us', settings: { size: 'medium' } }"),
    'Type \'"medium"\' is not assignable to type \'"small" | "large"',
  ],
  [
    'an unknown setting',
    cluster("{ environment: 'production', region: 'us', settings: { size: 'small', replica: 1 } }"),
    "Did you mean to write 'replicas'?",
  ],
  [
    'an unknown environment',
    cluster("{ environment: 'prod', region: 'eu' }"),
    'not assignable to type \'"production" | "staging"\'',
  ],
  ['an unknown region', cluster("{ environment: 'production', region: 'ue' }"), '"eu"'],
  [
    'an unknown setting of an environment',
    "void new Fleet(app, 'f', { settings, environments: { production: { replica: 1 } }, clusters: {} });",
    "Did you mean to write 'replicas'?",
  ],
  ['an unknown cluster', "fleet.cluster('d');", 'not assignable to parameter of type \'"a" | "b" | "c"\''],
  [
    'an unknown environment in a selection',
    "fleet.deploy('x', { select: { environment: 'prod' } }, () => {});",
    '"production"',
  ],
  [
    'a comparison with an unknown environment',
    "fleet.deploy('x', {}, ({ environment }) => void (environment === 'prod'));",
    'no overlap',
  ],
  [
    'a default of another type',
    "Setting.number({ default: '2' });",
    "Type 'string' is not assignable to type 'number'",
  ],
  ['a default that is not listed', "Setting.oneOf(['a', 'b'], { default: 'c' });", '"c"'],
];

describe('the types of settings', () => {
  const lines = FLEET.split('\n').length - 1;
  const errors = typeErrorsIn(
    new Map([['fleet.ts', `${FLEET}${refused.map(([, code]) => code).join('\n')}\n`]]),
  );

  it('accept what is right', () => {
    expect(errors.filter(({ line }) => line < lines)).toEqual([]);
  });

  it.each(refused.map((row, index) => [row[0], index] as const))('fail to compile for %s', (_what, index) => {
    const messages = errors.filter(({ line }) => line === lines + index).map(({ message }) => message);
    expect(messages).toHaveLength(1);
    for (const text of (refused[index] as readonly string[]).slice(2)) expect(messages[0]).toContain(text);
  });
});
