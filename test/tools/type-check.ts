import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');

/** An error of the compiler. */
export interface TypeError {
  readonly file: string;
  /** The line, counted from 0. */
  readonly line: number;
  readonly message: string;
}

/**
 * What the compiler reports about sources in memory, as strict as for the library. They import `cdk8s-flux` as users
 * do, and all are compiled together.
 *
 * @param sources - text by file name
 */
export function typeErrorsIn(sources: ReadonlyMap<string, string>): TypeError[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)).config,
    ts.sys,
    root,
  );
  const paths = {
    'cdk8s-flux': [join(root, 'lib/index.ts')],
    'cdk8s-flux/testing': [join(root, 'lib/testing/index.ts')],
  };
  const texts = new Map([...sources].map(([name, text]) => [join(root, 'test/tools', name), text]));
  const host = ts.createCompilerHost({ ...options, paths });
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, target, ...rest)
      : ts.createSourceFile(file, text, target, true);
  };
  const program = ts.createProgram([...texts.keys()], { ...options, paths }, host);
  return [...sources.keys()].flatMap((name) => {
    const source = program.getSourceFile(join(root, 'test/tools', name));
    return ts.getPreEmitDiagnostics(program, source).map(({ messageText, start = 0 }) => ({
      file: name,
      line: source?.getLineAndCharacterOfPosition(start).line ?? 0,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
  });
}
