import { ForgeApi, UNAVAILABLE, type Clock } from './api';
import { entryOf, numberOf, textOf } from './read-json';
import type { Comment, Thread } from './thread';

/** How many characters GitHub accepts in a comment. */
const COMMENT_LIMIT = 65_536;

/** The account that writes with a job's own token. */
const ACTIONS_ACCOUNT = 'github-actions[bot]';

/** Where a repository of GitHub is, and with which token it is asked. */
export interface GithubRepository {
  /** The address of the REST API. */
  readonly apiUrl: string;
  /** The address of the GraphQL API. */
  readonly graphqlUrl: string;
  /** The repository, as `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

/** A pull request of which no more is known than what finds it. */
export interface FoundPullRequest {
  readonly number: number;
  readonly base: string;
  readonly head: string;
  readonly isFork: boolean;
}

/** Asks GitHub about a repository. */
export class Github {
  private readonly api: ForgeApi;
  private readonly path: string;

  constructor(
    private readonly options: GithubRepository,
    clock: Clock,
  ) {
    const { apiUrl, token, repository } = options;
    this.path = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
    this.api = new ForgeApi({
      name: 'GitHub',
      url: apiUrl,
      token,
      clock,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': 'cdk8s-flux',
      },
      permissionHint:
        'give the job "permissions: pull-requests: write"; the token of runs for forks and Dependabot is read-only, see docs/ci.md',
    });
  }

  /** The open pull requests whose head is a commit, by the API alone. */
  async pullRequestsOf(commit: string): Promise<readonly FoundPullRequest[]> {
    const open = await this.api.list(`${this.path}/pulls?state=open&per_page=100`);
    return open.map((pull) => this.pullRequest(pull)).filter(({ head }) => head === commit);
  }

  /** The conversation below a pull request. */
  thread(number: number): Thread {
    const { api, path } = this;
    const commentOf = (data: unknown): Comment => ({
      id: numberOf(data, 'id'),
      body: textOf(data, 'body'),
      author: textOf(entryOf(data, 'user'), 'login'),
    });
    return {
      limit: COMMENT_LIMIT,
      self: () => this.account(),
      headCommit: async () => {
        const pull = await api.send({ method: 'GET', path: `${path}/pulls/${number}` });
        return this.pullRequest(pull).head;
      },
      comments: async () => (await api.list(`${path}/issues/${number}/comments?per_page=100`)).map(commentOf),
      create: async (body) => {
        const data = await api.create(`${path}/issues/${number}/comments`, { body });
        return data === UNAVAILABLE ? UNAVAILABLE : commentOf(data);
      },
      update: async (id, body) => {
        const request = { method: 'PATCH', path: `${path}/issues/comments/${id}`, body: { body } } as const;
        return (await api.change(request)) !== undefined;
      },
      remove: async (id) => {
        await api.change({ method: 'DELETE', path: `${path}/issues/comments/${id}` });
      },
    };
  }

  /**
   * The account of the token. `GET /user` refuses tokens of apps, which includes a job's token; GraphQL names the
   * account of every token.
   *
   * @see https://docs.github.com/en/graphql/reference/queries#viewer
   */
  private async account(): Promise<string> {
    const { graphqlUrl } = this.options;
    const data = await this.api.peek({
      method: 'POST',
      path: graphqlUrl,
      body: { query: 'query { viewer { login } }' },
    });
    const login = entryOf(entryOf(entryOf(data, 'data'), 'viewer'), 'login');
    return typeof login === 'string' && login !== '' ? login : ACTIONS_ACCOUNT;
  }

  private pullRequest(data: unknown): FoundPullRequest {
    const [base, head] = [entryOf(data, 'base'), entryOf(data, 'head')];
    const [to, from] = [base, head].map((side) => entryOf(entryOf(side, 'repo'), 'full_name'));
    return {
      number: numberOf(data, 'number'),
      base: textOf(base, 'sha'),
      head: textOf(head, 'sha'),
      isFork: from !== to,
    };
  }
}
