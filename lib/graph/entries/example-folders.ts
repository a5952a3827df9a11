/** Folders for examples, tests and templates, which are not clusters. */
const EXAMPLE =
  /^(?:\.[^.].*|__tests__|cookiecutter.*|demos?|docs?|e2e|examples?|fixtures?|hack|samples?|templates?|testdata|tests?)$/i;

/** Folders whose children are named after clusters and environments, so that one may be called `test`. */
const PARENT = /^(?:clusters?|env(?:ironment)?s?|fleets?|overlays?|stages?|tenants?)$/i;

/** Whether a folder lies in test data, examples or templates, told by the names around it. */
export function isExampleFolder(folder: string): boolean {
  const names = folder.split('/');
  return names.some((name, index) => EXAMPLE.test(name) && !PARENT.test(names[index - 1] ?? ''));
}
