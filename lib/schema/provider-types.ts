/** What a type of Provider must be told to reach anyone: an `endpoint` is an address, in the spec or in its Secret. */
export type ProviderNeed = 'endpoint' | 'channel' | 'secretRef';

/** What a type of Provider needs. */
interface ProviderType {
  readonly needs: readonly ProviderNeed[];
  /**
   * The entries of its Secret: all of one of these sets.
   *
   * @default - any; the Secret may hold the address, a token, headers
   */
  readonly entries?: readonly (readonly string[])[];
}

const WEBHOOK = { needs: ['endpoint'] } as const;
const TOKEN = { needs: ['endpoint', 'secretRef'], entries: [['token']] } as const;
const ROOM = { needs: ['endpoint', 'channel', 'secretRef'], entries: [['token']] } as const;
const TOPIC = { needs: ['endpoint', 'channel'] } as const;
const GITHUB = {
  needs: ['endpoint', 'secretRef'],
  entries: [['token'], ['githubAppID', 'githubAppPrivateKey']],
} as const;

/**
 * The types of Provider. Without an address the controller sends nothing, and says nothing of it.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export const PROVIDER_TYPES = {
  alertmanager: WEBHOOK,
  azuredevops: WEBHOOK,
  azureeventhub: WEBHOOK,
  bitbucket: TOKEN,
  bitbucketserver: { needs: ['endpoint', 'secretRef'], entries: [['token'], ['username', 'password']] },
  datadog: TOKEN,
  discord: WEBHOOK,
  generic: WEBHOOK,
  'generic-hmac': TOKEN,
  gitea: TOKEN,
  giteapullrequestcomment: TOKEN,
  github: GITHUB,
  githubdispatch: GITHUB,
  githubpullrequestcomment: GITHUB,
  gitlab: TOKEN,
  gitlabmergerequestcomment: TOKEN,
  googlechat: WEBHOOK,
  googlepubsub: TOPIC,
  grafana: WEBHOOK,
  lark: WEBHOOK,
  matrix: ROOM,
  msteams: WEBHOOK,
  nats: TOPIC,
  opsgenie: TOKEN,
  otel: WEBHOOK,
  pagerduty: TOPIC,
  rocket: WEBHOOK,
  sentry: WEBHOOK,
  slack: WEBHOOK,
  telegram: ROOM,
  webex: ROOM,
  zulip: { needs: ['endpoint', 'channel', 'secretRef'], entries: [['username', 'password']] },
} as const satisfies Readonly<Record<string, ProviderType>>;

/** The types that set the status of a commit. */
export const COMMIT_STATUS_TYPES = [
  'azuredevops',
  'bitbucket',
  'bitbucketserver',
  'gitea',
  'github',
  'gitlab',
] as const;

/** What a type needs; nothing where there is no such type. */
export function providerType(type: unknown): ProviderType | undefined {
  return typeof type === 'string' && Object.hasOwn(PROVIDER_TYPES, type)
    ? PROVIDER_TYPES[type as keyof typeof PROVIDER_TYPES]
    : undefined;
}
