/** A patch of a kustomization file. */
export interface KustomizationPatch {
  readonly target: Readonly<Record<string, string>>;
  readonly patch: string;
}

/** A patch that adds a value to an object, or to the arguments of a controller with `args/-`. */
export function addValue(
  path: string,
  value: string,
  target: KustomizationPatch['target'],
): KustomizationPatch {
  return { target, patch: `- op: add\n  path: ${path}\n  value: ${value}\n` };
}

/** Where the arguments of a controller are. */
export const ARGUMENTS = '/spec/template/spec/containers/0/args/-';

/** The name of a target: one of several. */
export function anyOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] as string) : `(${names.join('|')})`;
}
