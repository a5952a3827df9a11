import { SUBSTITUTE_KEY } from '../../kinds/names';
import { finding, type Finding, type OwnFindingInput } from '../../findings/finding';
import { fieldPath, type PathPart } from '../../plain/field-path';
import {
  escapeText,
  holdsVariable,
  printText,
  QUOTE,
  textParts,
  type MarkedVariable,
} from '../../flux/variables/variable-text';
import { identityOf, type ManifestObject } from '../../tree/manifest';
import { optsOutOfSubstitution } from '../../tree/substitution';
import { defaultProblem, isVariableName, nameProblem } from './cluster-variables';
import type { DirectoryVariables } from './directory-variables';
import { rewriteTexts, someText, visitTexts } from './rewrite-texts';
import { fluxVariables } from './text-variables';

/** An object and what must be known of it. */
export interface PrintableObject {
  readonly constructPath: string;
  readonly object: ManifestObject;
  /** Whether text in it that looks like a variable is one. */
  readonly writtenForFlux: boolean;
}

/** What must be known of the variables of a directory. */
export type UsableVariables = Pick<DirectoryVariables, 'isActive' | 'define' | 'has' | 'likely' | 'imply'>;

/** A use of a variable. */
interface Use {
  readonly variable: MarkedVariable;
  readonly item: PrintableObject;
  readonly path: readonly PathPart[];
}

/** Prints the objects of one directory for Flux to substitute variables in. */
export class VariablePrinter {
  private readonly uses: Use[] = [];

  /**
   * @param variables - what the directory's variables are; without it, Flux substitutes nothing there
   * @param findings - gets what is wrong
   */
  constructor(
    private readonly variables: UsableVariables | undefined,
    private readonly findings: Finding[],
  ) {}

  /** Whether the objects use variables. */
  get usesVariables(): boolean {
    return this.uses.length > 0;
  }

  /** Notes the variables that an object uses. */
  gather(item: PrintableObject): void {
    const matters = (text: string): boolean =>
      holdsVariable(text) || (item.writtenForFlux && text.includes('${'));
    if (!someText(item.object, matters)) return;
    visitTexts(item.object, (text, path) => {
      const found = item.writtenForFlux ? fluxVariables(text) : [];
      for (const part of holdsVariable(text) ? textParts(text) : []) {
        if (typeof part !== 'string') found.push(part);
      }
      this.uses.push(...found.map((variable) => ({ variable, item, path })));
    });
  }

  /** Has what was noted defined. A use with a default may be all that defines a variable for the other uses. */
  define(): void {
    const isLater = ({ variable }: Use): number => (variable.default === undefined ? 1 : 0);
    const told = new Set<string>();
    for (const use of [...this.uses].sort((a, b) => isLater(a) - isLater(b))) {
      const problem = this.problemOf(use);
      const key = `${use.item.constructPath}\0${use.variable.name}`;
      if (!problem || told.has(key)) continue;
      told.add(key);
      this.report(problem, use);
    }
  }

  /** An object as it is printed. */
  print(item: PrintableObject): ManifestObject {
    const { object } = item;
    const substitutes = this.variables?.isActive === true && !optsOutOfSubstitution(object);
    const matters = (text: string): boolean =>
      holdsVariable(text) || (substitutes && !item.writtenForFlux && text.includes('$'));
    if (!someText(object, matters)) return object;
    return rewriteTexts(object, (text, path) => {
      if (holdsVariable(text)) return this.printVariables(text, item, path);
      if (!substitutes || item.writtenForFlux || !text.includes('$')) return text;
      this.warn(text, item, path);
      return escapeText(text);
    });
  }

  private printVariables(text: string, item: PrintableObject, path: readonly PathPart[]): string {
    const parts = textParts(text);
    for (const part of parts) if (typeof part === 'string') this.warn(part, item, path);
    const printed = printText(parts, (variable) => this.valueOf(variable));
    if ('problem' in printed) {
      const hint =
        'remove quotes, backslashes, and leading and trailing spaces from the value, or from the text around the variable';
      const message = `a text with variables cannot be written as YAML: ${printed.problem}`;
      this.report({ code: 'variable-invalid', message, hint }, { item, path });
      return text;
    }
    if (printed.quoted && this.variables?.imply(QUOTE.name, QUOTE.value) === false) {
      const message = `the name ${JSON.stringify(QUOTE.name)} is reserved for a variable that contains a double quote: cdk8s-flux needs it to quote a text with variables that may look like a number`;
      this.report({ code: 'variable-invalid', message, hint: 'rename your variable' }, { item, path });
    }
    return printed.text;
  }

  private valueOf(variable: MarkedVariable): string | undefined {
    const value = this.variables?.define(variable)?.value;
    // Flux also uses the default for an empty value.
    return value === '' ? (variable.default ?? value) : value;
  }

  private problemOf({ variable, item }: Use): OwnFindingInput | undefined {
    const { name } = variable;
    if (!isVariableName(name)) return nameProblem(name);
    if (/[}\n]|\$\{/.test(variable.default ?? '')) return defaultProblem(name);
    if (!this.variables || optsOutOfSubstitution(item.object))
      return notSubstituted(name, this.variables !== undefined);
    const definition = this.variables.define(variable);
    if (!definition) return undefinedVariable(name, this.variables.likely(name));
    if (definition.byDefault && variable.default !== undefined && definition.value !== variable.default) {
      const message = `the variable ${JSON.stringify(name)} has two different defaults here, and nothing defines it`;
      return {
        code: 'variable-invalid',
        message,
        hint: 'use the same default everywhere, or define the variable',
      };
    }
    return typeProblem(variable, this.valueOf(variable));
  }

  /** Text with the name of a variable is probably meant for it. */
  private warn(text: string, item: PrintableObject, path: readonly PathPart[]): void {
    const name = fluxVariables(text).find((variable) => this.variables?.has(variable.name))?.name;
    if (name === undefined) return;
    this.report(
      {
        code: 'variable-as-text',
        severity: 'warning',
        message: `the text contains "\${${name}}", and ${JSON.stringify(name)} is a variable here; synth escapes the text, so Flux does not substitute the variable`,
        hint: `if you mean the variable, use Variable.string(${JSON.stringify(name)}) or cluster.variable()`,
      },
      { item, path },
    );
  }

  private report(found: OwnFindingInput, { item, path }: Pick<Use, 'item' | 'path'>): void {
    const locations = [{ constructPath: item.constructPath }];
    const field = path.length > 0 ? fieldPath(path) : undefined;
    this.findings.push(finding({ ...found, locations, object: identityOf(item.object), field }));
  }
}

function undefinedVariable(name: string, likely: string | undefined): OwnFindingInput {
  const hint = 'define it in variables of the Cluster or in postBuild of the FluxApp, or set a default';
  return {
    code: 'variable-undefined',
    message: `the variable ${JSON.stringify(name)} is not defined, so Flux cannot build this`,
    hint: likely === undefined ? hint : `did you mean ${JSON.stringify(likely)}? Otherwise, ${hint}`,
  };
}

function notSubstituted(name: string, hasOptedOut: boolean): OwnFindingInput {
  const message = `Flux does not substitute variables here, so ${JSON.stringify(name)} would stay in the text`;
  const hint = hasOptedOut
    ? `remove ${SUBSTITUTE_KEY} from the object`
    : 'move the construct into a FluxApp that Flux applies, or use the value itself';
  return { code: 'variable-not-substituted', message, hint };
}

function typeProblem({ name, type }: MarkedVariable, value: string | undefined): OwnFindingInput | undefined {
  if (value === undefined || type === 'string') return undefined;
  const fits = type === 'boolean' ? /^(true|false)$/.test(value) : /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(value);
  if (fits) return undefined;
  const needed = type === 'number' ? 'a number' : 'true or false';
  return {
    code: 'variable-invalid',
    message: `the variable ${JSON.stringify(name)} has the value ${JSON.stringify(value)}; here it must be ${needed}`,
    hint: `define it as ${needed}, or use Variable.string`,
  };
}
