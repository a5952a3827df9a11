import { FINDING_CODES } from '../findings/codes';
import type { SchemaNode } from './schema-node';
import type { ValidateOptions } from './validate-options';
import type { Violation, ViolationInput } from './violation';
import { fieldPath, type PathPart } from '../plain/field-path';

/** Names of fields whose value may be a secret, or lead to one. */
const SENSITIVE = /pass|secret|token|credential|private|address|webhook|^value$|^cert|^key$/i;
const MAX_GOT = 120;

/** Collects what is wrong with one object, and knows where in it the eye rests. */
export class Report {
  readonly violations: Violation[] = [];
  /** The field that is being looked at. */
  readonly path: PathPart[] = [];
  /** The maps above the field that is being looked at, the outermost first, each with the length of its path. */
  readonly above: { readonly node: SchemaNode; readonly depth: number }[] = [];
  /** How many values were passed over because a variable may stand for anything. */
  placeholders = 0;
  /** How many of the violations are errors. */
  errors = 0;

  /** @param secret whether the object as a whole is a secret, so that no value may be shown */
  constructor(
    readonly options: ValidateOptions = {},
    private readonly secret = false,
  ) {}

  /** Whether a value is to be passed over: a variable will be put there, or it is encrypted. */
  isPlaceholder(value: unknown): boolean {
    if (typeof value !== 'string') return false;
    const found =
      (this.options.substitutions === true && value.includes('${')) || value.startsWith('ENC[AES256_GCM,');
    if (found) this.placeholders++;
    return found;
  }

  /** Adds a violation at the field that is being looked at, or at one below it. */
  add(input: ViolationInput, ...below: readonly PathPart[]): void {
    const { code, severity = FINDING_CODES[code].severity, message, hint, got } = input;
    if (severity === 'error') this.errors++;
    const field = fieldPath([...this.path, ...below]);
    this.violations.push({
      code,
      severity,
      field,
      ...(got === undefined ? {} : { got }),
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** A value as JSON, unless it may be a secret or is no scalar. */
  got(value: unknown): string | undefined {
    if (typeof value === 'object' || value === undefined || this.mayBeSecret()) return undefined;
    const json = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
    return json.length > MAX_GOT ? `${json.slice(0, MAX_GOT)}...` : json;
  }

  /** What a value is, in words that may be shown. */
  describe(value: unknown): string {
    const scalar = this.got(value);
    if (scalar !== undefined) return scalar;
    if (value === null) return 'null';
    if (Array.isArray(value)) return 'a list';
    if (typeof value === 'object') return 'a map';
    return typeof value === 'string' ? 'a string' : `a ${typeof value}`;
  }

  private mayBeSecret(): boolean {
    const names = this.path.filter((part) => typeof part === 'string');
    return (
      SENSITIVE.test(names.at(-1) ?? '') ||
      (this.secret && ['data', 'stringData'].includes(String(this.path[0])))
    );
  }
}
