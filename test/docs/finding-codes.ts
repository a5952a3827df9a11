import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

/** All finding codes in the sources below a folder, in code-unit order. */
export function findingCodes(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
  const sources = files.map((file) =>
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const codes = new Set<string>();
  const methods = new Map(sources.flatMap((source) => [...codeParameters(source, ts.isMethodDeclaration)]));
  for (const source of sources) {
    const positions = new Map([...methods, ...codeParameters(source, ts.isFunctionLike)]);
    visitAll(source, (node) => {
      for (const text of codesOf(node, positions)) if (CODE.test(text)) codes.add(text);
    });
  }
  return [...codes].sort();
}

/** The functions or methods of a source that take a code, by name, with the position of that parameter. */
function codeParameters(
  source: ts.SourceFile,
  isWanted: (node: ts.Node) => node is ts.SignatureDeclaration,
): Map<string, number> {
  const positions = new Map<string, number>();
  visitAll(source, (node) => {
    if (!isWanted(node)) return;
    const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
    if (!name) return;
    const index = node.parameters.findIndex((parameter) => parameter.name.getText(source) === 'code');
    if (index >= 0) positions.set(name.getText(source), index);
  });
  return positions;
}

/** The codes in a node: `code: 'x'`, `refuse('x')`, and unions such as `type SomeCode = 'x' | 'y'`. */
function codesOf(node: ts.Node, positions: ReadonlyMap<string, number>): string[] {
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') return texts(node.initializer);
  if (ts.isPropertySignature(node) && node.name.getText() === 'code' && node.type) return texts(node.type);
  if (ts.isTypeAliasDeclaration(node) && /(Code|Reason)$/.test(node.name.text)) return texts(node.type);
  if (!ts.isCallExpression(node)) return [];
  const called = ts.isPropertyAccessExpression(node.expression)
    ? node.expression.name.text
    : node.expression.getText();
  const argument = node.arguments[positions.get(called) ?? -1];
  return argument ? texts(argument) : [];
}

/** The strings of an expression: both in `same ? 'a' : 'b'`, none in `{ ... }` and calls. */
function texts(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isLiteralTypeNode(node)) return texts(node.literal);
  return ts.isUnionTypeNode(node) ? node.types.flatMap(texts) : [];
}

function visitAll(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => visitAll(child, visit));
}
