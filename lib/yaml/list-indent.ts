/**
 * Whether kyaml would take the lists of a document for compact (the dash below the key's first letter).
 *
 * kyaml writes all lists of a document in one style. It decides which by the first line that starts with a dash and
 * whose line above is a key and nothing else, and takes compact for granted where there is none; the text within a
 * block counts too, and so does a list below a quoted key with a colon.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kyaml/v0.20.1/kyaml/yaml/util.go
 */
export function misreadsListIndent(text: string): boolean {
  let above = '';
  for (const line of text.split('\n')) {
    const dash = /^( *)- /.exec(line);
    const key = /^( *)(?! )[^:]*: *$/.exec(above.split('#', 1)[0] ?? '');
    const shift = dash && key ? (dash[1] ?? '').length - (key[1] ?? '').length : undefined;
    if (shift === 0) return true;
    if (shift === 2) return false;
    if (!/^ *#/.test(line)) above = line;
  }
  return true;
}
