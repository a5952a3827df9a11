/** How deep folders may include one another. */
const MAX_NESTING = 100;
/** How many objects the folders of a repository may take from one another. */
const OBJECTS = 50_000;
/** What each folder adds to this limit, so that a large repository has room. */
const OBJECTS_PER_FOLDER = 50;
/** What each object of a file adds to this limit. */
const OBJECTS_PER_OBJECT = 10;
/** The cost of one use of a component, besides the objects that pass through it. */
const COMPONENT_USE = 5;

/** How many bytes one generator may take: several times what a cluster stores for an object. */
const GENERATED = 4 * 1024 * 1024;
/** How many bytes all generators may take. */
const GENERATED_IN_ALL = 64 * 1024 * 1024;

/**
 * Bounds the work of builds. Where each folder uses the next one twice, twenty-four folders are sixteen million: to
 * kustomize too, which does not end.
 */
export class BuildLimit {
  private allowed = OBJECTS;
  private used = 0;
  private generated = 0;

  /** Notes a folder that is evaluated for the first time. */
  addFolder(): void {
    this.allowed += OBJECTS_PER_FOLDER;
  }

  /** Notes objects that a file has. */
  addObjects(count: number): void {
    this.allowed += OBJECTS_PER_OBJECT * count;
  }

  /** Counts the objects that a folder takes from a base. */
  useBase(objects: number): void {
    this.used += objects;
  }

  /** Counts the objects that go through a component. */
  useComponent(objects: number): void {
    this.used += objects + COMPONENT_USE;
  }

  /** Counts the bytes that a generator takes; says why they are too many. */
  generate(bytes: number): string | undefined {
    if (bytes > GENERATED) return 'has more than 4 MiB of values; a cluster stores at most 1 MiB';
    this.generated += bytes;
    if (this.generated <= GENERATED_IN_ALL) return undefined;
    return 'is too large: all generators of the repository together have more than 64 MiB of values';
  }

  /** Why a folder that is nested so deep may not use another one; `undefined` where it may. */
  problem(nesting: number): string | undefined {
    if (nesting >= MAX_NESTING) return `bases and components are nested more than ${MAX_NESTING} levels deep`;
    if (this.used > this.allowed)
      return `the builds of the repository contain the same bases and components so often that they have more than ${this.allowed} objects`;
    return undefined;
  }
}
