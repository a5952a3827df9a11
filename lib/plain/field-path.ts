/** A step into an object: a field's name, or a place in a list. */
export type PathPart = string | number;

/** A path as people write it: `spec.dependsOn[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function fieldPath(parts: readonly PathPart[]): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (!/^[A-Za-z_$][\w$-]*$/.test(part)) text += `[${JSON.stringify(part)}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}
