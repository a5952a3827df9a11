import { spawnSync } from 'node:child_process';

/** How gpg is called. */
export interface GpgKeyringOptions {
  /**
   * The program.
   *
   * @default 'gpg'
   */
  readonly command?: string;
  /**
   * Its environment; `GNUPGHOME` tells where the keyring is.
   *
   * @default process.env
   */
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Whether gpg may ask the user for a passphrase.
   *
   * @default true
   */
  readonly asks?: boolean;
}

/** The gpg command, seen as the few things that are asked of it. Nothing that it prints goes to disk. */
export class GpgKeyring {
  private secret?: ReadonlySet<string>;
  private readonly publicKeys = new Map<string, string | undefined>();

  constructor(private readonly options: GpgKeyringOptions = {}) {}

  /** The public key of a fingerprint, armored; `undefined` when gpg or the key is not here. */
  publicKey(fingerprint: string): string | undefined {
    if (!this.publicKeys.has(fingerprint)) {
      // The name may come from somebody else's file, so it must not become an option of gpg.
      const isFingerprint = /^[0-9A-F]{40}$/i.test(fingerprint);
      const armored = isFingerprint
        ? this.run(['--armor', '--export', fingerprint])?.toString('utf8')
        : undefined;
      const isKey = armored?.includes('BEGIN PGP PUBLIC KEY BLOCK');
      this.publicKeys.set(fingerprint, isKey ? armored : undefined);
    }
    return this.publicKeys.get(fingerprint);
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
    const quietly = this.options.asks === false ? ['--batch', '--pinentry-mode', 'error'] : [];
    return this.run([...quietly, '--use-agent', '--decrypt'], armored);
  }

  private run(args: readonly string[], input?: string): Buffer | undefined {
    const { command = 'gpg', env = process.env } = this.options;
    const result = spawnSync(command, ['--no-tty', '--quiet', ...args], {
      input: input ?? '',
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 120_000,
    });
    return result.status === 0 ? result.stdout : undefined;
  }
}
