/** A schema as it stands in a generated file. Keywords mean what they mean in OpenAPI where nothing else is said. */
export interface RawSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, RawSchema>>;
  /** The schema of fields that `properties` does not name. */
  readonly values?: RawSchema;
  readonly items?: RawSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  /** As the API server has it, for messages. */
  readonly pattern?: string;
  /** The same for JavaScript, where that needs other words. */
  readonly patternJs?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly nullable?: boolean;
  /** Fields below are free. */
  readonly preserve?: boolean;
  /** A string or an integer. */
  readonly intOrString?: boolean;
  /** The fields that tell the items of a list apart. */
  readonly listMapKeys?: readonly string[];
  /** Places in the list of compiled rules. */
  readonly rules?: readonly number[];
  /** The name of a shared definition that stands here. */
  readonly ref?: string;
}

/** The schema of a kind. */
export interface RawKind extends RawSchema {
  readonly scope?: 'Namespaced' | 'Cluster';
  /** Whether the server drops `status` from what is applied. */
  readonly statusSubresource?: boolean;
}

/** A CEL rule of a schema, compiled. */
export interface CompiledRule {
  /** What the API server says when it fails. */
  readonly message: string;
  /** The rule's text. */
  readonly rule: string;
  /** Whether an object satisfies it. Throws where CEL's evaluation is an error. */
  readonly test: (self: unknown) => boolean;
}
