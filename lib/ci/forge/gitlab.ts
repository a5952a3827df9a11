import { ForgeApi, UNAVAILABLE, type Clock } from './api';
import { entryOf, numberOf, textOf } from './read-json';
import type { Comment, Thread } from './thread';

/** How many characters GitLab accepts in a note. */
const NOTE_LIMIT = 1_000_000;

/** Where a project of GitLab is, and with which token it is asked. */
export interface GitlabProject {
  /** The address of the REST API, version 4. */
  readonly apiUrl: string;
  /** The number of the project. */
  readonly project: string;
  readonly token: string;
}

/** The conversation below a merge request of GitLab. Notes of the system are no part of it. */
export function gitlabThread({ apiUrl, project, token }: GitlabProject, iid: number, clock: Clock): Thread {
  const api = new ForgeApi({
    name: 'GitLab',
    url: apiUrl,
    token,
    clock,
    headers: { 'private-token': token, 'user-agent': 'cdk8s-flux' },
    permissionHint:
      'set GITLAB_TOKEN to a project access token with the role Reporter and the scope "api"; the token of the job cannot write notes',
  });
  const path = `/projects/${encodeURIComponent(project)}/merge_requests/${iid}`;
  return {
    limit: NOTE_LIMIT,
    self: async () => String(numberOf(await api.send({ method: 'GET', path: '/user' }), 'id')),
    headCommit: async () => textOf(await api.send({ method: 'GET', path }), 'sha'),
    comments: async () => {
      const notes = await api.list(`${path}/notes?per_page=100&sort=asc&order_by=created_at`);
      return notes.filter((note) => entryOf(note, 'system') !== true).map(noteOf);
    },
    create: async (body) => {
      const data = await api.create(`${path}/notes`, { body });
      return data === UNAVAILABLE ? UNAVAILABLE : noteOf(data);
    },
    update: async (id, body) =>
      (await api.change({ method: 'PUT', path: `${path}/notes/${id}`, body: { body } })) !== undefined,
    remove: async (id) => {
      await api.change({ method: 'DELETE', path: `${path}/notes/${id}` });
    },
  };
}

function noteOf(data: unknown): Comment {
  return {
    id: numberOf(data, 'id'),
    body: textOf(data, 'body'),
    author: String(numberOf(entryOf(data, 'author'), 'id')),
  };
}
