import { composeComment, partsOf, COMMENT_MARKER, type CommentPart } from '../../lib/ci/comment/parts';
import { postPart, type Posted } from '../../lib/ci/comment/post-part';
import { Github } from '../../lib/ci/forge/github';
import { gitlabThread } from '../../lib/ci/forge/gitlab';
import type { Thread } from '../../lib/ci/forge/thread';
import { FakeClock, FakeForge, TOKEN } from './fake-forge';

const HEAD = 'a'.repeat(40);
const OLD = 'c'.repeat(40);
let forge: FakeForge;
let clock: FakeClock;

beforeEach(async () => {
  forge = await new FakeForge().start();
  forge.heads[7] = HEAD;
  clock = new FakeClock();
});
afterEach(() => forge.stop());

const part = (text: string, key = 'all', commit = HEAD): CommentPart => ({ key, commit, text });

function thread(kind: 'github' | 'gitlab' = 'github'): Thread {
  if (kind === 'gitlab') return gitlabThread({ apiUrl: forge.url, project: '12', token: TOKEN }, 7, clock);
  const where = {
    apiUrl: forge.url,
    graphqlUrl: `${forge.url}/graphql`,
    repository: 'owner/fleet',
    token: TOKEN,
  };
  return new Github(where, clock).thread(7);
}

function post(
  one: CommentPart,
  options: { parts?: number; isQuiet?: boolean; on?: Thread } = {},
): Promise<Posted> {
  const { parts = 1, isQuiet = false, on = thread() } = options;
  return postPart(on, one, { parts, isQuiet, clock });
}

const texts = (): string[] => forge.comments.flatMap(({ body }) => partsOf(body).map(({ text }) => text));

describe.each(['github', 'gitlab'] as const)('a report on %s', (kind) => {
  it('is one comment that is edited, wherever it is among others', async () => {
    for (const text of ['one', 'two', 'three']) forge.write('reviewer', text);
    await expect(post(part('first'), { on: thread(kind) })).resolves.toBe('created');
    for (const text of ['four', 'five']) forge.write('reviewer', text);
    await expect(post(part('second'), { on: thread(kind) })).resolves.toBe('edited');
    await expect(post(part('second'), { on: thread(kind) })).resolves.toBe('unchanged');
    expect(forge.comments).toHaveLength(6);
    expect(texts()).toEqual(['second']);
  });

  it('is written again if somebody deleted it', async () => {
    await post(part('first'), { on: thread(kind) });
    forge.comments = [];
    await expect(post(part('second'), { on: thread(kind) })).resolves.toBe('created');
    expect(texts()).toEqual(['second']);
  });

  it('is written again if it is deleted while it is edited', async () => {
    await post(part('first'), { on: thread(kind) });
    forge.onRequest = (request) => {
      if (/^(?:PATCH|PUT)/.test(request)) forge.comments = [];
    };
    await expect(post(part('second'), { on: thread(kind) })).resolves.toBe('created');
    expect(texts()).toEqual(['second']);
  });

  it('never edits another account’s comment that has our marker', async () => {
    const forged = forge.write('stranger', composeComment([part('all is well')], 1000));
    await expect(post(part('three deleted'), { on: thread(kind) })).resolves.toBe('created');
    expect(forged.body).toContain('all is well');
    expect(texts()).toEqual(['all is well', 'three deleted']);
  });

  it('is not written by a run for a commit that is no longer the head', async () => {
    forge.heads[7] = OLD;
    await expect(post(part('late'), { on: thread(kind) })).resolves.toBe('outdated');
    expect(forge.comments).toEqual([]);
  });
});

describe('a comment of our account', () => {
  it('is ours only if the marker is its first line', async () => {
    const other = forge.write(forge.account, `Quoted:\n${COMMENT_MARKER}`);
    await post(part('first'));
    expect(other.body).toMatch(/^Quoted/);
    expect(forge.comments).toHaveLength(2);
  });

  it('is found if another app or a person owns the token', async () => {
    forge.account = 'fleet-reports[bot]';
    await post(part('first'));
    await expect(post(part('second'))).resolves.toBe('edited');
    expect(forge.comments).toHaveLength(1);
  });

  it('counts as that of GitHub Actions if GitHub does not name the owner of the token', async () => {
    forge.faults = [1, 2].map(() => ({
      on: /graphql/,
      status: 403,
      body: { message: 'Not for integrations' },
    }));
    await post(part('first'));
    await expect(post(part('second'))).resolves.toBe('edited');
  });
});

describe('a report without content', () => {
  it('creates no comment, but replaces what an earlier commit reported', async () => {
    await expect(post(part('nothing'), { isQuiet: true })).resolves.toBe('quiet');
    expect(forge.comments).toEqual([]);
    await post(part('something'));
    await expect(post(part('nothing'), { isQuiet: true })).resolves.toBe('edited');
    expect(texts()).toEqual(['nothing']);
  });
});

describe('jobs that share a comment', () => {
  it('have their parts side by side, in the order of their keys', async () => {
    await post(part('of us', 'us'), { parts: 2 });
    await expect(post(part('of eu', 'eu'), { parts: 2 })).resolves.toBe('edited');
    expect(forge.comments).toHaveLength(1);
    expect(texts()).toEqual(['of eu', 'of us']);
  });

  it('end with all parts in one comment if they run at the same time', async () => {
    const keys = ['eu', 'us', 'asia', 'africa'];
    const outcomes = await Promise.all(keys.map((key) => post(part(`of ${key}`, key), { parts: 4 })));
    expect(outcomes.filter((outcome) => outcome === 'outdated')).toEqual([]);
    expect(forge.comments).toHaveLength(1);
    expect(texts()).toEqual(['of africa', 'of asia', 'of eu', 'of us']);
  });

  it('write a part again that another job overwrote', async () => {
    await post(part('of us', 'us'), { parts: 2 });
    const before = forge.comments[0]?.body ?? '';
    let isLost = false;
    forge.onRequest = (request) => {
      // The other job read before us, and writes after us.
      if (!isLost && request.startsWith('GET') && texts().includes('of eu') && forge.comments[0]) {
        forge.comments[0].body = before;
        isLost = true;
      }
    };
    await post(part('of eu', 'eu'), { parts: 2 });
    expect([isLost, texts()]).toEqual([true, ['of eu', 'of us']]);
  });

  it('drop the parts of an earlier commit', async () => {
    forge.heads[7] = OLD;
    await post(part('old us', 'us', OLD), { parts: 2 });
    forge.heads[7] = HEAD;
    await post(part('new eu', 'eu'), { parts: 2 });
    expect(texts()).toEqual(['new eu']);
  });

  it('merge two comments that were created at the same time into the older one', async () => {
    forge.write(forge.account, composeComment([part('of eu', 'eu')], 1000));
    forge.write(forge.account, composeComment([part('of us', 'us')], 1000));
    await post(part('of us', 'us'), { parts: 2 });
    expect([forge.comments.length, texts()]).toEqual([1, ['of eu', 'of us']]);
  });
});

describe('a server that refuses', () => {
  const comments = /POST .*\/comments$/;

  it('makes us wait as long as its rate limit says', async () => {
    forge.faults = [{ on: comments, status: 429, headers: { 'retry-after': '7' } }];
    await expect(post(part('first'))).resolves.toBe('created');
    expect(clock.waits).toEqual([7000]);
  });

  it('makes us wait until its primary limit is renewed, or a minute if it names no time', async () => {
    const reset = String(Math.ceil(clock.now() / 1000) + 20);
    forge.faults = [
      { on: /GET/, status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } },
      { on: comments, status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
    ];
    await expect(post(part('first'))).resolves.toBe('created');
    expect(clock.waits).toEqual([20_000, 60_000]);
  });

  it('makes us wait at most five minutes', async () => {
    forge.faults = [{ on: comments, status: 429, headers: { 'retry-after': '3600' } }];
    await expect(post(part('first'))).rejects.toThrow(
      /the rate limit ends in 3600 s, longer than this run waits/,
    );
    expect(clock.waits).toEqual([]);
  });

  it('is reported with its message, and never with the token', async () => {
    const message = `Resource not accessible by integration (${TOKEN})`;
    forge.faults = [{ on: comments, status: 403, body: { message } }];
    await expect(post(part('first'))).rejects.toThrow(
      /forge-request-failed[^]*GitHub answered 403 to POST \/repos\/owner\/fleet\/issues\/7\/comments: Resource not accessible by integration \(\*\*\*\)\n {2}fix: .*pull-requests: write/,
    );
  });

  it('gets the request again after an error, and a comment that it created anyway is found', async () => {
    forge.faults = [
      { on: /GET .*pulls/, status: 502 },
      { on: comments, status: 502, afterwards: true },
    ];
    await expect(post(part('first'))).resolves.toBe('unchanged');
    expect(forge.comments).toHaveLength(1);
  });

  it('never causes the token to be sent to another server', async () => {
    const other = await new FakeForge().start();
    const link = `<${other.url}/repos/owner/fleet/issues/7/comments?page=2>; rel="next"`;
    forge.faults = [{ on: /GET .*comments/, status: 200, headers: { link }, body: [] }];
    await expect(post(part('first'))).rejects.toThrow(/is not the server of the API/);
    forge.faults = [{ on: /GET .*comments/, status: 302, headers: { location: `${other.url}/` } }];
    await expect(post(part('first'))).rejects.toThrow(/is not the server of the API/);
    expect(other.requests).toEqual([]);
    await other.stop();
  });
});
