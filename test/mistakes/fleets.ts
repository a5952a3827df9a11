import { MAP, type Row } from './row';

const FLEET = `const fleet = new Fleet(app, 'fleet', { clusters: { eu: { environment: 'production', region: 'eu' }, stage: { environment: 'staging', region: 'eu' } } });\nconst put = ({ app: web }) => void new ApiObject(web, 'map', ${MAP});`;

/** Mistakes of authors with fleets. */
export const fleetRows: readonly Row[] = [
  [
    'a cluster without a setting',
    'setting-missing',
    "new Fleet(app, 'fleet', { settings: { domain: Setting.text() }, clusters: { eu: { environment: 'production', region: 'eu' } } }); //!",
    '"eu"',
    '"domain"',
    'clusters["eu"].settings',
  ],
  [
    'a setting beyond its limits',
    'setting-invalid',
    "new Fleet(app, 'fleet', { settings: { replicas: Setting.number({ max: 9 }) }, environments: { production: { replicas: 10 } }, clusters: { eu: { environment: 'production', region: 'eu' } } }); //!",
    'got 10',
    'at most 9',
  ],
  [
    'a misspelt environment in a selection',
    'selection-empty',
    `${FLEET}\nfleet.deploy('web', { select: { environment: 'prod' } }, put); //!`,
    '"web"',
    '"production"',
  ],
  [
    'a misspelt cluster in a selection',
    'cluster-unknown',
    `${FLEET}\nfleet.deploy('web', { select: { clusters: ['eu', 'sta'] } }, put); //!`,
    '"sta"',
    '"stage"',
  ],
  [
    'waiting for what is not in the cluster',
    'deployment-missing',
    `${FLEET}\nconst dns = fleet.deploy('dns', { select: { clusters: 'eu' } }, put);\nfleet.deploy('web', { dependsOn: [dns] }, put); //!`,
    '"dns"',
    'only in "eu"',
  ],
  [
    'a deployment of nothing',
    'deployment-empty',
    `${FLEET}\nfleet.deploy('web', {}, () => {}); //!`,
    'cluster.app',
  ],
  [
    'a cluster in two rings',
    'ring-overlap',
    "new Fleet(app, 'fleet', { clusters: { eu: { environment: 'production', region: 'eu' } }, rings: [{ name: 'one', select: {} }, { name: 'two', select: {} }] }); //!",
    'eu (also in one)',
  ],
];
