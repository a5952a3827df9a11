import { withoutCredentials } from '../../mask/credential-text';
import { HIDDEN } from '../../mask/masker';
import { sensitiveFields } from '../../mask/sensitive-fields';
import { looksEncrypted } from '../../sops/encrypted-text';
import type { ManifestObject } from '../../tree/manifest';
import { isSealed } from './secret-entries';
import type { DifferingValue, ValuePath } from './differences';

/** What may be shown of an object's values. */
export class ShownValues {
  private hidden?: ReadonlySet<string>;

  constructor(private readonly object: ManifestObject) {}

  /** Whether the whole value is secret: by its name, or because it is encrypted. */
  isSecret({ at, value }: DifferingValue): boolean {
    if (isSealed(this.object) && at[1] === 'encryptedData') return true;
    return this.isHidden(at) || (typeof value === 'string' && looksEncrypted(value));
  }

  /** A value without what is secret in it. */
  of({ at, value }: DifferingValue): unknown {
    if (this.isSecret({ at, value })) return HIDDEN;
    if (typeof value === 'string') return withoutCredentials(value);
    // No other format has integers of this size.
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item, index) => this.of({ at: [...at, index], value: item }));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.of({ at: [...at, key], value: inner })]),
    );
  }

  private isHidden(at: ValuePath): boolean {
    this.hidden ??= new Set(sensitiveFields(this.object).map(({ path }) => JSON.stringify(path)));
    return this.hidden.has(JSON.stringify(at.map(String)));
  }
}
