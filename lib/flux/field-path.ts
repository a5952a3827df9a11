/** A field's path as people write it: `spec.dependsOn[0].name`. */
export function fieldPath(path: readonly string[]): string {
  return path.reduce((text, part) => (/^[0-9]+$/.test(part) ? `${text}[${part}]` : `${text}.${part}`));
}
