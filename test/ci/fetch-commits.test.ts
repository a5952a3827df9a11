import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchCommits } from '../../lib/ci/pipeline/fetch-commits';
import type { Pipeline } from '../../lib/ci/pipeline/pipeline';
import { hasGit, removeScratch, ScratchGit } from '../revisions/scratch-git';
import { skipped } from '../tools/find-tool';
import { TOKEN } from './fake-forge';

const servers: ChildProcess[] = [];
afterAll(() => {
  for (const server of servers) server.kill();
  removeScratch();
});

/** A server in a separate process, because this one waits for git: it answers with the header that it received. */
async function server(): Promise<string> {
  const script = `const server = require('node:http').createServer((request, response) => {
    response.writeHead(403).end();
    console.log(JSON.stringify(request.headers.authorization ?? null));
  }).listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(child);
  return `http://127.0.0.1:${await line(child)}`;
}

function line(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout?.once('data', (data) => done(String(data).trim())));
}

const env = { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
const pipeline = (head: string, base: string, ref: string): Pipeline => ({
  forge: 'github',
  head,
  change: { number: 7, base, ref },
  runsCode: false,
});

if (!hasGit) skipped('the commits of a pipeline', 'git is not here');
else {
  describe('the commits of a pipeline', () => {
    it('are fetched with the token only for its server, instead of one that the checkout left', async () => {
      const [own, other] = [await server(), await server()];
      const clone = ScratchGit.init();
      clone.git('config', `http.${own}/.extraheader`, 'AUTHORIZATION: basic b2xk');
      const credentials = { server: own, token: TOKEN };
      const sent: string[] = [];
      for (const [index, url] of [own, other].entries()) {
        clone.git('config', 'remote.origin.url', `${url}/owner/fleet`);
        const heard = line(servers.at(index - 2) as ChildProcess);
        const wanted = pipeline('a'.repeat(40), 'b'.repeat(40), 'refs/pull/7/head');
        const fetching = () => fetchCommits(wanted, { folder: clone.folder, env, credentials });
        expect(fetching).toThrow(/fetch-failed[^]*contents: read/);
        expect(fetching).not.toThrow(TOKEN);
        sent.push(await heard);
      }
      const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
      expect(sent.map((text) => text.split('\n')[0])).toEqual([`"basic ${basic}"`, 'null']);
    });

    it('are complete in a clone that has them, which does not change', () => {
      const clone = ScratchGit.init();
      const [base, head] = [clone.commit({ a: '1' }), clone.commit({ a: '2' })];
      clone.git('config', 'remote.origin.url', '/nowhere');
      expect(() =>
        fetchCommits(pipeline(head, base, 'refs/pull/7/head'), { folder: clone.folder, env }),
      ).not.toThrow();
    });

    it('are fetched without running a hook, and change neither references nor the working tree', () => {
      const remote = ScratchGit.init();
      const base = remote.commit({ a: '1' });
      remote.git('checkout', '--quiet', '-b', 'topic');
      const head = remote.commit({ a: '2' });
      remote.git('checkout', '--quiet', 'main');
      const clone = ScratchGit.clone(remote, '--depth=1', '--branch=main');
      for (const name of ['reference-transaction', 'post-checkout', 'post-merge', 'pre-auto-gc']) {
        const hook = join(clone.folder, '.git/hooks', name);
        writeFileSync(hook, '#!/bin/sh\ntouch pwned\n', { mode: 0o755 });
      }
      const before = clone.git('for-each-ref');
      fetchCommits(pipeline(head, base, 'refs/heads/topic'), { folder: clone.folder, env });
      expect(clone.git('cat-file', '-t', head)).toBe('commit');
      expect([clone.git('for-each-ref'), clone.git('status', '--porcelain')]).toEqual([before, '']);
      expect(existsSync(join(clone.folder, 'pwned'))).toBe(false);
    });
  });
}
