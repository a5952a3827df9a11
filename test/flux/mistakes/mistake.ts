/** The text of a field's value in TypeScript, by the field's name; `undefined` leaves the field out. */
export type FieldTexts = Readonly<Record<string, string | undefined>>;

/** A mistake that people make. */
export interface Mistake {
  /** A description of the mistake. */
  readonly what: string;
  /** The fields that differ from the valid object. */
  readonly fields: FieldTexts;
  /** What refuses it first. Synth refuses all of them. */
  readonly caughtBy: 'compiler' | 'synth';
  /** The code of the finding at synth. */
  readonly code: string;
  /** What happens to the object after it is created, in TypeScript. */
  readonly after?: string;
}

/** A kind, with a valid object of it, and the mistakes that people make. */
export interface KindMistakes {
  readonly kind: string;
  readonly valid: FieldTexts;
  readonly mistakes: readonly Mistake[];
}

type Row = readonly [
  what: string,
  fields: FieldTexts,
  caughtBy: Mistake['caughtBy'],
  code: string,
  after?: string,
];

/**
 * The mistakes of a kind: its own, and those that are possible with every kind.
 *
 * @param required - a field that must be there
 */
export function mistakesOf(
  kind: string,
  valid: FieldTexts,
  required: string | undefined,
  ...rows: readonly Row[]
): KindMistakes {
  const missing: Row[] =
    required === undefined
      ? []
      : [[`no ${required}`, { [required]: undefined }, 'compiler', 'schema-required']];
  const common: Row[] = [
    ['a field that there is not', { specc: 'true' }, 'compiler', 'schema-unknown-field'],
    ['a bad name', { name: "'Bad_Name'" }, 'synth', 'name-invalid'],
    ['a bad namespace', { namespace: "'bad.namespace'" }, 'synth', 'namespace-invalid'],
    ['a label that is none', { labels: "{ 'a b': 'c' }" }, 'synth', 'label-invalid'],
    ['a label that is no text', { labels: '{ a: 1 }' }, 'compiler', 'schema-type'],
    [
      'an unknown field after a patch',
      {},
      'synth',
      'schema-unknown-field',
      "made.addJsonPatch(JsonPatch.add('/spec/unknown', 1))",
    ],
  ];
  return {
    kind,
    valid,
    mistakes: [...common, ...missing, ...rows].map(([what, fields, caughtBy, code, after]) => ({
      what,
      fields,
      caughtBy,
      code,
      after,
    })),
  };
}

/** The statement that creates an object, in TypeScript. */
export function statement(kind: string, valid: FieldTexts, fields: FieldTexts = {}, after?: string): string {
  const given = Object.entries({ ...valid, ...fields }).filter(([, text]) => text !== undefined);
  const props = given.map(([name, text]) => `${name}: ${text}`).join(', ');
  const made = `new flux.${kind}(scope, 'made', { ${props} })`;
  return after === undefined ? `${made};` : `const made = ${made}; ${after};`;
}
