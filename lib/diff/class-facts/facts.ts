/** Texts by path, from the root of the repository. */
export type ExampleFiles = Readonly<Record<string, string>>;

/** An example of a class. Each is a test: the change has the class, and the other way to do it does not. */
export interface ClassExample {
  /** The files before the change. */
  readonly before: ExampleFiles;
  /** What the change makes of them; a file that is not here is gone. */
  readonly after: ExampleFiles;
  /**
   * What the first commit makes of them where they are changed in another way.
   *
   * @default - there is no other way
   */
  readonly instead?: ExampleFiles;
}

/** What is known of a class of changes. `docs/diff-classes.md` is made of it. */
export interface ClassFacts {
  /** What happens, in one sentence of Markdown without a full stop. */
  readonly meaning: string;
  /**
   * When that is so, in whole sentences of Markdown.
   *
   * @default - the meaning says it all
   */
  readonly details?: string;
  /**
   * What a reviewer or author can do, in whole sentences of Markdown.
   *
   * @default - nothing needs to be done
   */
  readonly advice?: string;
  /**
   * A change of the class, and what to do instead.
   *
   * @default - an example would show a whole cluster
   */
  readonly example?: ClassExample;
}
