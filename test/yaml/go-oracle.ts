import { join } from 'node:path';
import { skipped } from '../tools/find-tool';
import { findGoProgram } from '../tools/go-program';

/** What Go's readers read from a document, as JSON data, or `{ error }`. */
export interface GoReading {
  /** sigs.k8s.io/yaml, which kubectl and the Flux controllers use. */
  readonly sigs: unknown;
  /** gopkg.in/yaml.v3. */
  readonly v3: unknown;
  /** sigs.k8s.io/kustomize/kyaml, which kustomize uses. */
  readonly kyaml: unknown;
}

/** A file, and the values that Flux's image automation writes at its markers. */
export interface GoRewrite {
  readonly text: string;
  readonly setters: Readonly<Record<string, string>>;
}

/** Go's readers of YAML, and Flux's way of rewriting it. */
export interface GoOracle {
  read(texts: readonly string[]): GoReading[];
  rewrite(tasks: readonly GoRewrite[]): string[];
}

/** Go's readers, or a text with the reason why they are missing. */
export function findGoOracle(): GoOracle | string {
  const program = findGoProgram(join(__dirname, 'oracle'));
  if (typeof program === 'string') return program;
  const ask = (question: object) => program(question) as { read: GoReading[]; rewrite: string[] };
  return { read: (read) => ask({ read }).read, rewrite: (rewrite) => ask({ rewrite }).rewrite };
}

/** Registers tests with Go's readers; without them, the tests are reported as skipped. */
export function describeWithGo(name: string, tests: (go: GoOracle) => void): void {
  const go = findGoOracle();
  describe(name, () => {
    if (typeof go === 'string') skipped('as Go does', go);
    else tests(go);
  });
}
