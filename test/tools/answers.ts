import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A question, and the answer of the program that we must agree with. */
export type Answered<Q, A> = readonly [question: Q, answer: A];

/**
 * The committed answers of an oracle, for example `schema/cel`. The table names the program and its version;
 * `npm run oracles` renews it.
 */
export function answersOf<Q, A>(table: string): readonly Answered<Q, A>[] {
  const [room = '', name = ''] = table.split('/');
  const text = readFileSync(join(__dirname, '..', room, 'answers', `${name}.json`), 'utf8');
  return (JSON.parse(text) as { rows: readonly Answered<Q, A>[] }).rows;
}
