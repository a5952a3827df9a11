import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasTool } from '../tools/find-tool';

export const hasGpg = hasTool('gpg', '--version');

/** A separate gpg keyring with these armored keys. */
export class GnupgHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'flux-gpg-'));
  readonly env = { ...process.env, GNUPGHOME: this.folder };

  constructor(...armored: string[]) {
    for (const input of armored) {
      const { status, stderr } = spawnSync('gpg', ['--batch', '--quiet', '--import'], {
        input,
        env: this.env,
      });
      if (status !== 0) throw new Error(String(stderr));
    }
  }

  /** Ends the agent that gpg started for this folder. */
  remove(): void {
    spawnSync('gpgconf', ['--kill', 'all'], { env: this.env });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
