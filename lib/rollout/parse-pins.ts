import { checkSettings } from '../config/check-settings';
import { beginningOf, describeValue } from '../config/describe-value';
import { finding, type Finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { isMap, mapOf, valueAt, type PlainMap } from '../plain/plain-data';
import { pointerOf } from '../plain/json-pointer';
import { fieldPositions, type FieldPosition } from '../yaml/field-positions';
import { aliasLines } from '../yaml/alias-lines';
import { parseDocuments } from '../yaml/parse';
import { resolvePlain } from '../yaml/resolve';
import { isOneLine } from './one-line';
import { Pins, type Emergency, type PinnedValue, type PinValue, type Suspension } from './pins';
import { pinsSchema } from './pins-schema';

/** Pins, and what is wrong with their file. */
export interface ParsedPins {
  /** What of the file is right. */
  readonly pins: Pins;
  readonly findings: readonly Finding[];
}

/** A name of a pin, a ring, a component or a cluster. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,251}[A-Za-z0-9])?$/;
/** The maximum length of a string value, in characters. */
const MAX_VALUE = 500;
/** Characters that a value must not contain: line ends, other control characters, and invisible ones. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]|\p{Surrogate}/u;
/** The message for an unquoted 4.10. */
const LOST = 'YAML changes this unquoted number: for example, it reads 4.10 as 4.1';
/** The comments that Renovate's managers look for. */
const RENOVATE = /#\s*renovate:/;

/**
 * Reads a pins file. All that is wrong is found together, each with its line; what is right is there nevertheless.
 *
 * @param file - its path from the root of the repository
 */
export function parsePins(text: string, file: string): ParsedPins {
  try {
    const documents = parseDocuments(text, file, { plain: plainValue });
    if (documents.length > 1) {
      const locations = [{ file, line: documents[1]?.line }];
      const message = `the file has ${documents.length} YAML documents; only one is allowed`;
      const hint = 'remove the line "---" and everything after it';
      return {
        pins: Pins.none(file),
        findings: [finding({ code: 'pins-invalid', message, hint, locations })],
      };
    }
    return new PinsReader(text, file, documents[0]?.value ?? {}).read();
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return { pins: Pins.none(file), findings: error.findings };
  }
}

/** A number whose text differs from its value, such as the version 4.10, is refused: it would lose digits. */
function plainValue(text: string): unknown {
  const value = resolvePlain(text);
  if (typeof value === 'bigint') return NaN;
  return typeof value === 'number' && String(value) !== text ? NaN : value;
}

/** Reads the data of one file; every finding has its line. */
class PinsReader {
  private readonly lines: readonly string[];
  private readonly positions: ReadonlyMap<string, FieldPosition>;
  private readonly findings: Finding[] = [];

  constructor(
    text: string,
    private readonly file: string,
    private readonly data: unknown,
  ) {
    this.lines = text.split(/\r?\n/);
    this.positions = fieldPositions(text)[0] ?? new Map();
  }

  read(): ParsedPins {
    const shape = checkSettings(this.data, pinsSchema);
    for (const { path, message, hint } of shape) {
      if (Number.isNaN(valueAt(this.data, ...path))) this.report(path, LOST, 'write it in quotes: "4.10"');
      else this.report(path, message, hint);
    }
    this.checkAliases();
    const data = mapOf(this.data);
    const pins = new Map<string, ReadonlyMap<string, PinnedValue>>();
    for (const [name, rings] of this.groups(['pins'], data)) pins.set(name, this.ringsOf(name, rings));
    const emergencies = this.entries('emergencies', data).map(([pin, ring, entry, line]): Emergency => {
      const { value } = entry as { readonly value: PinValue };
      this.checkValue(['emergencies', pin, ring, 'value'], value);
      return { pin, ring, value, ...this.reasonOf(entry), line };
    });
    const suspensions = this.entries('suspended', data).map(
      ([component, cluster, entry, line]): Suspension => ({
        component,
        cluster,
        ...this.reasonOf(entry),
        line,
      }),
    );
    return { pins: new Pins(this.file, { pins, emergencies, suspensions }), findings: this.findings };
  }

  /** A change for one ring must not change another. */
  private checkAliases(): void {
    const [line] = aliasLines(this.lines.join('\n'));
    if (line === undefined) return;
    const message = 'a YAML alias repeats a part of the file, so a change of one ring would change another';
    const locations = [{ file: this.file, line }];
    this.findings.push(
      finding({ code: 'pins-invalid', message, hint: 'repeat the value instead of the alias', locations }),
    );
  }

  private ringsOf(name: string, rings: PlainMap): ReadonlyMap<string, PinnedValue> {
    const values = new Map<string, PinnedValue>();
    for (const [ring, value] of Object.entries(rings)) {
      const path = ['pins', name, ring];
      this.checkName(path);
      if (!isValue(value) || !this.checkValue(path, value)) continue;
      const line = this.lineOf(path) ?? 1;
      values.set(ring, { value, line, isAutomated: this.isAutomated(line) });
    }
    return values;
  }

  /** Managers read the comment and the first line below it, even if the comment ends another line. */
  private isAutomated(line: number): boolean {
    const [above = '', own = ''] = [this.lines[line - 2], this.lines[line - 1]];
    return RENOVATE.test(above) || RENOVATE.test(own);
  }

  /** The groups by name below a key. */
  private groups(path: readonly string[], data: PlainMap): [string, PlainMap][] {
    return Object.entries(mapOf(data[path[0] ?? ''])).flatMap(([name, group]) => {
      this.checkName([...path, name]);
      return isMap(group) ? [[name, group] as [string, PlainMap]] : [];
    });
  }

  /** The entries by two names below a key that have everything that they need. */
  private entries(key: string, data: PlainMap): [string, string, PlainMap, number][] {
    return this.groups([key], data).flatMap(([name, group]) =>
      Object.entries(group).flatMap(([inner, entry]) => {
        const path = [key, name, inner];
        this.checkName(path);
        if (!isMap(entry) || typeof entry.since !== 'string' || typeof entry.reason !== 'string') return [];
        if (key === 'emergencies' && !isValue(entry.value)) return [];
        this.checkReason(path, entry.since, entry.reason);
        return [[name, inner, entry, this.lineOf(path) ?? 1] as [string, string, PlainMap, number]];
      }),
    );
  }

  private reasonOf(entry: PlainMap): { readonly since: string; readonly reason: string } {
    return { since: String(entry.since), reason: String(entry.reason) };
  }

  private checkName(path: readonly string[]): void {
    const name = path.at(-1) ?? '';
    if (NAME.test(name)) return;
    const message = `${describeValue(name)} is not a valid name; use letters, digits, ".", "_", "/" and "-"`;
    this.report(path, message, 'start and end the name with a letter or a digit');
  }

  private checkValue(path: readonly string[], value: PinValue): boolean {
    if (typeof value !== 'string') return true;
    const isAllowed = value !== '' && value.length <= MAX_VALUE && !HIDDEN.test(value);
    if (isAllowed) return true;
    const message = `${describeValue(value)} is not a valid value; use one line of 1 to ${MAX_VALUE} visible characters`;
    this.report(path, message);
    return false;
  }

  private checkReason(path: readonly string[], since: string, reason: string): void {
    if (!isDay(since))
      this.report([...path, 'since'], `${describeValue(since)} is not a date; write it as 2026-03-02`);
    if (!isOneLine(reason)) this.report([...path, 'reason'], 'the reason is not a single line of text');
  }

  private lineOf(path: readonly string[]): number | undefined {
    return this.positions.get(pointerOf(path))?.line;
  }

  private report(path: readonly string[], message: string, hint?: string): void {
    const field = path.length > 0 ? path.map(beginningOf).join('.') : undefined;
    const locations = [{ file: this.file, line: this.lineOf(path) }];
    this.findings.push(finding({ code: 'pins-invalid', message, hint, field, locations }));
  }
}

function isValue(value: unknown): value is PinValue {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
