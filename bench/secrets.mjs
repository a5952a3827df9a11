// Measures secrets: encrypting 100 with two recipients each, keeping 100 committed files without any key or value, and
// what of this an app without secrets loads.
//   node bench/secrets.mjs
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { makeKeyPair } = require('../dist/lib/secrets/key-pair.js');
const { PrivateKeys } = require('../dist/lib/sops/keys/private-keys.js');
const { readRecipients } = require('../dist/lib/sops/keys/recipients.js');
const { reconcileSecrets } = require('../dist/lib/sops/reconcile/reconcile-secret.js');

const SECRETS = 100;
const LIMITS = { encryptMilliseconds: 2000, keepMilliseconds: 0.5 };
const made = Object.fromEntries(
  ['age', 'pgp-rsa', 'pgp-cv25519'].map((kind) => [kind, makeKeyPair(kind, kind)]),
);
const other = makeKeyPair('age', 'other');
const age = ({ id }) => id;
const pgp = ({ id, publicKey }) => ({ fingerprint: id, publicKey });

const COMBINATIONS = {
  'two age keys': { age: [age(made.age), age(other)] },
  'age and RSA': { age: [age(made.age)], pgp: [pgp(made['pgp-rsa'])] },
  'age and Curve25519': { age: [age(made.age)], pgp: [pgp(made['pgp-cv25519'])] },
  'RSA and Curve25519': { pgp: [pgp(made['pgp-rsa']), pgp(made['pgp-cv25519'])] },
};

function requests(recipients, entryOf, committed = []) {
  return Array.from({ length: SECRETS }, (_, index) => ({
    file: `apps/app-${index}/secret.yaml`,
    committed: committed[index],
    desired: {
      metadata: { name: `app-${index}`, namespace: 'apps' },
      entries: new Map([
        ['USER', entryOf(`user-${index}`)],
        ['PASSWORD', entryOf(`password-${index}`)],
      ]),
    },
    recipients,
  }));
}

function measure(run) {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: performance.now() - start, cpu: (user + system) / 1000 };
}

function expectStates(results, state) {
  const wrong = results.find((result) => result.state !== state);
  if (wrong) throw new Error(`expected ${state}, got ${wrong.state}: ${JSON.stringify(wrong.findings)}`);
}

/** `GitOpsApp` in its own process, without secrets: which rooms of this package and which libraries it loads. */
function loadedWithoutSecrets() {
  const program = `require('./dist/lib/index.js');
    process.stdout.write(JSON.stringify(Object.keys(require.cache)));`;
  const { stdout } = spawnSync(process.execPath, ['-e', program], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  return JSON.parse(stdout).filter((path) =>
    /node_modules\/(openpgp|age-encryption|re2js)\/|sops\/(envelope|keys|reconcile|creation-rules)\//.test(
      path,
    ),
  );
}

const keys = PrivateKeys.none;
const missing = () => ({ kind: 'missing', lookedFor: 'nowhere' });
console.log(`${SECRETS} secrets with two entries each`);
for (const [name, input] of Object.entries(COMBINATIONS)) {
  const { recipients } = readRecipients(input);
  const value = (text) => ({ kind: 'value', bytes: Buffer.from(text) });
  const encrypted = measure(() => reconcileSecrets(requests(recipients, value), { keys }));
  expectStates(encrypted.result, 'created');
  const committed = encrypted.result.map(({ bytes }) => bytes);
  const keeping = Array.from({ length: 4 }, () =>
    measure(() => reconcileSecrets(requests(recipients, missing, committed), { keys })),
  );
  for (const { result } of keeping) expectStates(result, 'kept');
  const [first, ...later] = keeping.map(({ cpu }) => (cpu / SECRETS).toFixed(3));
  console.log(
    `${name.padEnd(20)} encrypted in ${encrypted.milliseconds.toFixed(0)} ms (limit ${LIMITS.encryptMilliseconds}); kept in ${first} ms of CPU each, then ${later.join(', ')} (limit ${LIMITS.keepMilliseconds})`,
  );
}
console.log(`loaded by an app without secrets: ${loadedWithoutSecrets().join(', ') || 'nothing'}`);
