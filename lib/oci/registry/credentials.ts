/** How a registry is logged in to. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
  /**
   * A token that stands for both, which is exchanged for tokens of one repository.
   *
   * @default - username and password are used
   */
  readonly identityToken?: string;
}

/** All that must not be shown. */
export function secretsOf(credentials: RegistryCredentials | undefined): string[] {
  if (!credentials) return [];
  const { username, password, identityToken } = credentials;
  return [
    password,
    identityToken ?? '',
    password === '' ? '' : basicOf(credentials),
    `${username}:${password}`,
  ].filter((text) => text.length > 1);
}

/** Username and password as HTTP has them. */
export function basicOf({ username, password }: RegistryCredentials): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}
