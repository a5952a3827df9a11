/** What a type of Provider must be told to reach anyone: an `endpoint` is an address, in the spec or in its Secret. */
export type ProviderNeed = 'endpoint' | 'channel' | 'secretRef';

/** The fields that a type of Provider needs. */
interface ProviderType {
  readonly needs: readonly ProviderNeed[];
  /**
   * The entries of its Secret: all of one of these sets.
   *
   * @default - any; the Secret may contain the address, a token, headers
   */
  readonly entries?: readonly (readonly string[])[];
  /**
   * Whether its address is a web address.
   *
   * @default false
   */
  readonly isWeb?: boolean;
}

const ADDRESS = { needs: ['endpoint'] } as const;
const WEBHOOK = { ...ADDRESS, isWeb: true } as const;
const TOKEN = { needs: ['endpoint', 'secretRef'], entries: [['token']] } as const;
const ROOM = { needs: ['endpoint', 'channel', 'secretRef'], entries: [['token']] } as const;
const TOPIC = { needs: ['endpoint', 'channel'] } as const;
const GITHUB = {
  needs: ['endpoint', 'secretRef'],
  entries: [['token'], ['githubAppID', 'githubAppPrivateKey']],
} as const;

/**
 * The types of Provider. Without an address, the controller sends nothing, and does not report that.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export const PROVIDER_TYPES = {
  alertmanager: WEBHOOK,
  azuredevops: ADDRESS,
  azureeventhub: ADDRESS,
  bitbucket: TOKEN,
  bitbucketserver: { needs: ['endpoint', 'secretRef'], entries: [['token'], ['username', 'password']] },
  datadog: { ...TOKEN, isWeb: true },
  discord: WEBHOOK,
  generic: WEBHOOK,
  'generic-hmac': { ...TOKEN, isWeb: true },
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
  matrix: { ...ROOM, isWeb: true },
  msteams: WEBHOOK,
  nats: TOPIC,
  opsgenie: { ...TOKEN, isWeb: true },
  otel: ADDRESS,
  pagerduty: { ...TOPIC, isWeb: true },
  rocket: WEBHOOK,
  sentry: ADDRESS,
  slack: WEBHOOK,
  telegram: ROOM,
  webex: { ...ROOM, isWeb: true },
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

/** The types of Provider, by name. */
export type ProviderTypes = typeof PROVIDER_TYPES;

/** A type that sets the status of a commit. */
export type CommitStatusType = (typeof COMMIT_STATUS_TYPES)[number];

/** What a type needs; nothing where there is no such type. */
export function providerType(type: unknown): ProviderType | undefined {
  return typeof type === 'string' && Object.hasOwn(PROVIDER_TYPES, type)
    ? PROVIDER_TYPES[type as keyof typeof PROVIDER_TYPES]
    : undefined;
}
