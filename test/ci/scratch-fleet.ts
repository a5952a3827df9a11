import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScratchGit } from '../revisions/scratch-git';
import type { FakeForge } from './fake-forge';
import { TOKEN } from './fake-forge';

/** A pull request on a bare remote. */
export interface ScratchPull {
  readonly number: number;
  /** The tip of the base branch. */
  readonly base: string;
  readonly head: string;
}

/** A repository on a bare remote that serves pull requests as GitHub does, and runs for it. */
export class ScratchFleet {
  readonly upstream = ScratchGit.init();
  readonly remote = ScratchGit.init();
  /** Files of the runner: the event, outputs and summaries. */
  readonly runner = ScratchGit.init().folder;

  constructor(files: Readonly<Record<string, string>>) {
    this.remote.git('config', 'core.bare', 'true');
    this.upstream.git('remote', 'add', 'origin', `file://${this.remote.folder}`);
    this.upstream.commit(files);
    this.push('main');
  }

  /** Opens a pull request, or adds a commit to it. */
  pull(files: Readonly<Record<string, string | undefined>>, number = 7, from = 'main'): ScratchPull {
    const { upstream } = this;
    const branch = `pull-${number}`;
    const isNew = upstream.git('branch', '--list', branch) === '';
    upstream.git('checkout', '--quiet', ...(isNew ? ['-b', branch, from] : [branch]));
    const head = upstream.commit(files);
    upstream.git('push', '--quiet', '--force', 'origin', `HEAD:refs/pull/${number}/head`);
    upstream.git('checkout', '--quiet', 'main');
    return { number, base: upstream.git('rev-parse', 'main'), head };
  }

  /** Adds a commit to the base. */
  advance(files: Readonly<Record<string, string>>): void {
    this.upstream.git('checkout', '--quiet', 'main');
    this.upstream.commit(files);
    this.push('main');
  }

  /** What actions/checkout leaves: one commit of a branch, or of a pull request. */
  checkout(ref = 'refs/heads/main', depth = 1): ScratchGit {
    const clone = ScratchGit.init();
    clone.git('remote', 'add', 'origin', `file://${this.remote.folder}`);
    clone.git('fetch', '--quiet', '--no-tags', `--depth=${depth}`, 'origin', ref);
    clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    return clone;
  }

  /** The variables of a run of GitHub Actions. */
  github(forge: FakeForge, event: string, pull: ScratchPull, more: object = {}): Record<string, string> {
    const payload = {
      pull_request: {
        number: pull.number,
        title: '$(touch pwned)\n::error::pwned',
        base: { sha: pull.base, ref: 'main', repo: { full_name: 'owner/fleet' } },
        head: { sha: pull.head, ref: '$(touch pwned)', repo: { full_name: 'owner/fleet' } },
        ...more,
      },
    };
    this.event(payload);
    forge.heads[pull.number] = pull.head;
    forge.base = pull.base;
    return {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(this.runner, 'event.json'),
      GITHUB_API_URL: forge.url,
      GITHUB_GRAPHQL_URL: `${forge.url}/graphql`,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'owner/fleet',
      GITHUB_RUN_ID: '42',
      GITHUB_SHA: pull.head,
      GITHUB_TOKEN: TOKEN,
      GITHUB_OUTPUT: join(this.runner, 'output'),
      GITHUB_STEP_SUMMARY: join(this.runner, 'summary'),
      RUNNER_TEMP: this.runner,
      PATH: process.env['PATH'] ?? '',
      HOME: this.runner,
    };
  }

  /** Replaces the event. */
  event(payload: object): void {
    writeFileSync(join(this.runner, 'event.json'), JSON.stringify(payload));
  }

  /** The variables of a merge request pipeline of GitLab. */
  gitlab(forge: FakeForge, { number, base, head }: ScratchPull): Record<string, string> {
    forge.heads[number] = head;
    return {
      GITLAB_CI: 'true',
      CI_API_V4_URL: forge.url,
      CI_PROJECT_ID: '12',
      CI_COMMIT_SHA: head,
      CI_MERGE_REQUEST_IID: String(number),
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_MERGE_REQUEST_PROJECT_ID: '12',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '12',
      GITLAB_TOKEN: TOKEN,
      PATH: process.env['PATH'] ?? '',
      HOME: this.runner,
    };
  }

  /** A file of the runner. */
  read(name: string): string {
    return readFileSync(join(this.runner, name), 'utf8');
  }

  private push(branch: string): void {
    this.upstream.git('push', '--quiet', 'origin', branch);
  }
}
