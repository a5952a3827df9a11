import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as library from '../../lib';
import * as testing from '../../lib/testing';
import { typeErrorsIn } from '../tools/type-check';
import { root } from './pages';

/** A block of TypeScript on a page. */
export interface Example {
  /** The page, from the repository's root, with the number of the block. */
  readonly name: string;
  /** The page, from the repository's root. */
  readonly page: string;
  readonly code: string;
}

/** The TypeScript blocks of a page. */
export function examplesOf(page: string): Example[] {
  const blocks = readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms);
  return [...blocks].map((block, index) => ({
    name: `${page} #${index + 1}`,
    page,
    code: block[1] as string,
  }));
}

/** What the compiler reports about examples, as strict as for the library. */
export function typeErrors(examples: readonly Example[]): string[] {
  const sources = new Map(
    examples.map(({ code }, index) => [`example-${index}.ts`, `${code}\nexport {};\n`] as const),
  );
  const names = new Map<string, string | undefined>(
    [...sources.keys()].map((file, index) => [file, examples[index]?.name]),
  );
  return typeErrorsIn(sources).map(({ file, message }) => `${names.get(file)}: ${message}`);
}

/** The result of an example. */
export interface RunExample {
  /** The files of the apps that it synthesizes, by path. */
  readonly files: Record<string, string>;
  /** The entry paths of their clusters. */
  readonly entries: string[];
}

/** Runs an example, and returns the files of the apps that it synthesizes. */
export function runExample(example: Example): Record<string, string> {
  return runWhole(example).files;
}

/** Runs an example. Tests that it declares run immediately. */
export function runWhole({ code }: Example): RunExample {
  const files: Record<string, string> = {};
  const entries: string[] = [];
  class GitOpsApp extends library.GitOpsApp {
    override synth(): void {
      Object.assign(files, testing.synthFiles(this));
      const clusters = this.node.findAll().filter((construct) => library.Cluster.isCluster(construct));
      entries.push(...clusters.map(({ entryPath }) => entryPath));
    }
  }
  const modules: Record<string, unknown> = {
    'cdk8s-flux': { ...library, GitOpsApp },
    'cdk8s-flux/testing': testing,
  };
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const load = (name: string): unknown => modules[name] ?? jest.requireActual<object>(name);
  new Function('require', 'exports', 'test', outputText)(load, {}, (_name: string, body: () => void) =>
    body(),
  );
  return { files, entries };
}
