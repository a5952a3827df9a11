import { MASK } from './credential-text';

/** Shorter values are hidden only if they are a whole value, because they may be part of a word. */
const SHORTEST_PART = 6;
const SHORTEST = 3;
/** Words, such as `postgres`: part of a longer word, they are another one. Letters of both cases are rather random. */
const WORD = /^[A-Z]?[a-z]{1,11}$/;
/** Common values that reveal nothing. */
const COMMON = /^(?:true|false|null|none|yes|no|on|off|\d{1,5})$/i;

/** Secret values of a repository, to be found wherever they were copied. Costs grow with the text, not with the values. */
export class KnownSecrets {
  private readonly whole = new Set<string>();
  /** Values by their first characters. */
  private readonly byStart = new Map<string, string[]>();

  /** @param names - names of objects: a value that is one cannot be told from the name, and stays */
  constructor(values: Iterable<string>, names: () => ReadonlySet<string>) {
    let known: ReadonlySet<string> | undefined;
    for (const value of values) this.add(value.trim(), (known ??= names()));
    for (const starting of this.byStart.values()) starting.sort((a, b) => b.length - a.length);
  }

  /** Whether there is nothing to hide. */
  get isEmpty(): boolean {
    return this.whole.size === 0;
  }

  /** Whether a text is a secret as a whole. */
  has(text: string): boolean {
    return this.whole.has(text.trim());
  }

  /** A text without the secrets in it. */
  hideIn(text: string): string {
    if (this.isEmpty) return text;
    if (this.has(text)) return MASK;
    const quoted = text.replace(/"((?:[^"\\]|\\.)*)"/g, (all, inner: string) =>
      this.whole.has(inner) ? `"${MASK}"` : all,
    );
    return this.hideParts(quoted);
  }

  private add(value: string, names: ReadonlySet<string>): void {
    if (value.length < SHORTEST || COMMON.test(value) || names.has(value) || this.whole.has(value)) return;
    const escaped = JSON.stringify(value).slice(1, -1);
    for (const form of new Set([value, escaped])) {
      this.whole.add(form);
      if (form.length < SHORTEST_PART) continue;
      const start = form.slice(0, SHORTEST_PART);
      this.byStart.set(start, [...(this.byStart.get(start) ?? []), form]);
    }
  }

  private hideParts(text: string): string {
    let result = '';
    let from = 0;
    for (let at = 0; at + SHORTEST_PART <= text.length; at += 1) {
      const found = this.byStart
        .get(text.slice(at, at + SHORTEST_PART))
        ?.find((value) => text.startsWith(value, at) && !isInWord(text, at, value));
      if (found === undefined) continue;
      result += text.slice(from, at) + MASK;
      from = at + found.length;
      at = from - 1;
    }
    return from === 0 ? text : result + text.slice(from);
  }
}

function isInWord(text: string, at: number, value: string): boolean {
  const around = text.charAt(at - 1) + text.charAt(at + value.length);
  return WORD.test(value) && /[A-Za-z0-9]/.test(around);
}
