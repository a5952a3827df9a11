/** Folders that hold what is shown, tested or filled in, and no cluster. */
const EXAMPLE =
  /^(?:\.[^.].*|__tests__|cookiecutter.*|demos?|docs?|e2e|examples?|fixtures?|hack|samples?|templates?|testdata|tests?)$/i;

/** Folders whose children are named after clusters and environments, one of which may be called `test`. */
const PARENT = /^(?:clusters?|env(?:ironment)?s?|fleets?|overlays?|stages?|tenants?)$/i;

/** Whether a folder lies in test data, examples or templates, told by the names around it. */
export function isExampleFolder(folder: string): boolean {
  const names = folder.split('/');
  return names.some((name, index) => EXAMPLE.test(name) && !PARENT.test(names[index - 1] ?? ''));
}
