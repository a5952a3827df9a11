/** A variable in a command line of a shell, Makefile, Taskfile, justfile or workflow. */
const REFERENCE =
  /\$\{\{[ \t]*env\.(\w+)[ \t]*\}\}|\{\{[ \t]*\.?(\w+)[ \t]*\}\}|\$\$?\{(\w+)\}|\$\((\w+)\)|\$\$?(\w+)/g;

/** A line that sets a variable, in YAML only one in capital letters: `DIR: x`, `DIR := x`, `DIR ?= x`, `DIR = x`. */
const LINE = /^[ \t]*(?:([A-Z_][A-Z\d_]*)[ \t]*:[ \t]|(\w+)[ \t]*(?:\?|:{1,3})=|(\w+)[ \t]+=)(.*)/gm;
/** An assignment of a shell. */
const ASSIGNMENT = /(?<=^|[ \t;&|('"])(\w+)=("[^"\n]*"|'[^'\n]*'|[^\s;&|()"']*)/gm;
/** What gives a variable a value that only a run shows. */
const AT_RUN = /(?<!\w)(?:for|read(?:[ \t]+-\w+)*)[ \t]+(\w+)|(?<!\w)(\w+)[ \t]*\+=/g;
/** A command line that may set variables of another file. */
const TASK = /\b(?:make|just|task)\b[^\n]*/g;

/** What a command prints. */
const COMMAND = /`|\$(?![\w{])/;
/** Nobody writes longer ones, and values are put into each other. */
const LONGEST_VALUE = 200;

/** The variables of a program text, such as a script or workflow, that have one value wherever the text sets them. */
export class ProgramVariables {
  private readonly written = new Map<string, Set<string | undefined>>();
  private readonly values = new Map<string, string | undefined>();

  /**
   * @param text - the whole program
   * @param open - the names of variables that may have other values, because command lines set them
   */
  constructor(
    text: string,
    private readonly open: ReadonlySet<string>,
  ) {
    for (const [, capital, name, spaced, value = ''] of text.matchAll(LINE))
      this.add(capital ?? name ?? spaced, value);
    for (const [, name, value = ''] of text.matchAll(ASSIGNMENT)) this.add(name, value);
    for (const [, name, added] of text.matchAll(AT_RUN)) this.add(name ?? added, '');
  }

  /** A part of the text with the values of the variables that are known. */
  expand(text: string): string {
    return text.replace(REFERENCE, (whole, ...names: (string | undefined)[]) => {
      const name = names.slice(0, 5).find((one) => one !== undefined) ?? '';
      return this.valueOf(name) ?? whole;
    });
  }

  private add(name: string | undefined, value: string): void {
    if (name === undefined) return;
    const plain = value
      .replace(/[ \t]#.*/, '')
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    const known = this.written.get(name) ?? new Set();
    this.written.set(name, known.add(plain === '' ? undefined : plain));
  }

  private valueOf(name: string): string | undefined {
    if (!this.values.has(name)) {
      // A variable that needs itself is unknown.
      this.values.set(name, undefined);
      const [value, ...others] = this.written.get(name) ?? [];
      const isKnown = value !== undefined && others.length === 0 && !this.open.has(name);
      const found = isKnown && value.length <= LONGEST_VALUE ? this.expand(value) : '`';
      if (found.length <= LONGEST_VALUE && !COMMAND.test(found)) this.values.set(name, found);
    }
    return this.values.get(name);
  }
}

/** The names of the variables that command lines of tasks in a text set. */
export function namesSetByTasks(text: string): string[] {
  return [...text.matchAll(TASK)].flatMap(([line]) =>
    [...line.matchAll(ASSIGNMENT)].map(([, name = '']) => name),
  );
}
