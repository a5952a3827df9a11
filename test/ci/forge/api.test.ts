import { ForgeApi } from '../../../lib/ci/forge/api';
import { FindingsError } from '../../../lib/findings/findings-error';
import { FakeClock, FakeForge, TOKEN, type Fault } from '../fake-forge';

let forge: FakeForge;
beforeEach(async () => (forge = await new FakeForge().start()));
afterEach(() => forge.stop());

function client(clock: FakeClock): ForgeApi {
  return new ForgeApi({
    name: 'GitHub',
    url: forge.url,
    token: TOKEN,
    clock,
    headers: { authorization: `Bearer ${TOKEN}` },
    permissionHint: 'give it the right',
  });
}

const limit = (headers: Record<string, string>, status = 403): Fault => ({
  on: /GET \/user/,
  status,
  headers,
  body: { message: 'no' },
});

async function problemOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    if (FindingsError.isFindingsError(error))
      return error.findings.map(({ message, hint }) => `${message}; ${hint}`).join('\n');
    throw error;
  }
  throw new Error('expected findings');
}

describe('a rate limit', () => {
  const now = Math.floor(new FakeClock().now() / 1000);

  it.each([
    ['as long as the answer says', { 'retry-after': '7' }, 7000],
    [
      'until the time that the answer says',
      { 'retry-after': new Date((now + 9) * 1000).toUTCString() },
      9000,
    ],
    ['a minute after what is not a time', { 'retry-after': 'x7' }, 60_000],
    ['a second after a time that has passed', { 'retry-after': '0' }, 1000],
    [
      'until the limit is reset, where it is spent',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now + 20}` },
      20_000,
    ],
    [
      'a minute where the reset is no number',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'x20' },
      60_000,
    ],
    [
      'a minute where the reset is more than a number',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now + 20}x` },
      60_000,
    ],
  ])('waits %s', async (_, headers, wait) => {
    const clock = new FakeClock();
    forge.faults = [limit(headers)];
    await expect(client(clock).send({ method: 'GET', path: '/user' })).resolves.toBeDefined();
    expect(clock.waits).toEqual([wait]);
  });

  it('waits a minute if another limit is the reason, and this one is not exhausted', async () => {
    const clock = new FakeClock();
    forge.faults = [limit({ 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': `${now + 20}` }, 429)];
    await client(clock).send({ method: 'GET', path: '/user' });
    expect(clock.waits).toEqual([60_000]);
  });

  it('fails after five tries, and after five minutes', async () => {
    const clock = new FakeClock();
    forge.faults = Array.from({ length: 9 }, () => limit({ 'retry-after': '1' }));
    expect(await problemOf(client(clock).send({ method: 'GET', path: '/user?a=b&c=d' }))).toEqual(
      expect.stringMatching(/^GitHub answered 403 to GET \/user: no; run the job again/),
    );
    expect(clock.waits).toEqual([1000, 1000, 1000, 1000]);
    forge.faults = [limit({ 'retry-after': '301' })];
    const problem = await problemOf(client(clock).send({ method: 'GET', path: '/user' }));
    expect(problem).toContain('the rate limit ends in 301 s, ');
    expect(problem).toContain('run the job again');
  });
});

describe('an answer that refuses permission', () => {
  it.each([401, 404, 422])(
    'fails with the status %i and the message of the server, immediately',
    async (status) => {
      const clock = new FakeClock();
      forge.faults = [{ on: /GET/, status, body: { message: `bad \u001b[31m ${TOKEN}` } }];
      const problem = await problemOf(client(clock).send({ method: 'GET', path: '/user' }));
      expect(problem).toContain(`GitHub answered ${status} to GET /user: bad \\x1b[31m ***; `);
      expect(problem.includes('give it the right')).toBe(status !== 422);
      expect(clock.waits).toEqual([]);
    },
  );

  it('follows no redirect to another server', async () => {
    forge.faults = [{ on: /GET/, status: 302, headers: { location: 'http://127.0.0.2:1/x' } }];
    const problem = await problemOf(client(new FakeClock()).send({ method: 'GET', path: '/user' }));
    expect(problem).toContain('"http://127.0.0.2:1" is not the server of the API');
  });
});
