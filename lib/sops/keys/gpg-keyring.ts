import { spawnSync } from 'node:child_process';

/** The gpg command, seen as the few things that are asked of it. Nothing that it prints goes to disk. */
export class GpgKeyring {
  private secret?: ReadonlySet<string>;

  /**
   * @param command - the program
   * @param env - its environment; `GNUPGHOME` tells where the keyring is
   */
  constructor(
    private readonly command = 'gpg',
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  /** The public key of a fingerprint, armored; `undefined` when gpg or the key is not here. */
  publicKey(fingerprint: string): string | undefined {
    const armored = this.run(['--armor', '--export', fingerprint])?.toString('utf8');
    return armored?.includes('BEGIN PGP PUBLIC KEY BLOCK') ? armored : undefined;
  }

  /** Whether the keyring has the private key of a fingerprint. It is listed once. */
  hasSecretKey(fingerprint: string): boolean {
    this.secret ??= new Set(
      (this.run(['--list-secret-keys', '--with-colons'])?.toString('utf8') ?? '')
        .split('\n')
        .flatMap((line) => (line.startsWith('fpr:') ? [line.split(':')[9] ?? ''] : [])),
    );
    return this.secret.has(fingerprint.toUpperCase());
  }

  /** Decrypts an armored message; gpg may ask the user for a passphrase. `undefined` when it cannot. */
  decrypt(armored: string): Buffer | undefined {
    return this.run(['--decrypt', '--use-agent'], armored);
  }

  private run(args: readonly string[], input?: string): Buffer | undefined {
    const result = spawnSync(this.command, ['--no-tty', '--quiet', ...args], {
      input: input ?? '',
      env: this.env,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 120_000,
    });
    return result.status === 0 ? result.stdout : undefined;
  }
}
