import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersOf, type Answered } from '../../tools/answers';

/** A folder that kustomize was asked to build. */
export interface KustomizeCase {
  readonly name: string;
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
}

const BASE = join(__dirname, '../answers/base');

/** The files of the base that cases may use. */
const base = Object.fromEntries(
  readdirSync(BASE).map((name) => [`base/${name}`, readFileSync(join(BASE, name), 'utf8')]),
);

/** The cases, and what kustomize builds: its objects as YAML, or `error`. */
export function kustomizeCases(): readonly Answered<KustomizeCase, string>[] {
  return answersOf<KustomizeCase, string>('graph/kustomize');
}

/** The files of a case, together with the base. */
export function withBase(files: KustomizeCase['files']): KustomizeCase['files'] {
  return { ...base, ...files };
}
