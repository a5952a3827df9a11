/** A DNS label, the form of a namespace's name. */
const LABEL = String.raw`["']?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?![\w.$\{-])["']?`;

/** How programs and their settings create a namespace by name. */
const MAKING = [
  // kubectl create namespace x, oc new-project x
  new RegExp(String.raw`\bcreate\s+(?:namespaces?|ns)\s+(?:-\S+\s+)*${LABEL}`, 'g'),
  new RegExp(String.raw`\bnew-project\s+${LABEL}`, 'g'),
  // flux create tenant x --with-namespace=y
  new RegExp(String.raw`--with-namespace[\s=]+${LABEL}`, 'g'),
  // A manifest, also inside a script, the settings of a machine or Terraform.
  new RegExp(
    String.raw`\bkind["']?\s*[:=]\s*["']?Namespace\b[\s\S]{0,300}?\bname["']?\s*[:=]\s*${LABEL}`,
    'g',
  ),
  // A task of Ansible, with the name first.
  new RegExp(String.raw`\bname:\s*${LABEL}\s+(?:api_?[vV]ersion:\s*\S+\s+)?kind:\s*["']?Namespace\b`, 'g'),
  // Terraform, OpenTofu and Pulumi.
  new RegExp(String.raw`\bkubernetes_namespace(?:_v1)?"[\s\S]{0,300}?\bname\s*=\s*${LABEL}`, 'g'),
  new RegExp(String.raw`\bNamespace\(\s*${LABEL}`, 'g'),
];

/** How Helm, and programs that call it, name a namespace that they create if it is missing. */
const RELEASE = [
  new RegExp(String.raw`(?:\s-n|--namespace)[\s=]+${LABEL}`, 'g'),
  new RegExp(String.raw`\b(?:release_)?namespace["']?\s*[:=]\s*${LABEL}`, 'gi'),
];
const CREATES = /--create-namespace|create_?namespace["']?\s*[:=]\s*["']?true/i;
/** A helmfile creates namespaces unless it says otherwise. */
const HELMFILE = /^releases:/m;
const CREATES_NONE = /createNamespace:\s*false/;

/** A namespace whose name is computed: by a loop, a variable, or a list elsewhere in the file. */
const COMPUTED =
  /\bcreate\s+(?:namespaces?|ns)\s+(?:-\S+\s+)*["']?(?:\$|\{\{)|\bkubernetes_namespace(?:_v1)?"[\s\S]{0,300}?\bname\s*=\s*(?:each|var|local)\.|\bkind:\s*Namespace\b[\s\S]{0,300}?\bname:\s*["']?(?:\$|\{\{)|\bNamespace\(\s*[a-zA-Z_]\w*\s*,/;

/** What `kubectl create namespace` is given. */
const GIVEN = /\bcreate\s+(?:namespaces?|ns)\s+(?:-\S+\s+)*["']?([\w.${}-]+)/g;
const ASSIGNMENT = /(?:^|[\s;])(\w+)=["']?([\w.${}-]+)/g;
const VARIABLE = /\$(?:\{\w+\}|\w+)/;
const ONLY_VARIABLE = /^\$\{?(\w+)\}?$/;

/**
 * The forms of names that a script computes, as in `create namespace team-${TEAM}`, also where a variable holds that: the
 * parts between which its variables are.
 */
export function namespaceFormsIn(text: string): (readonly string[])[] {
  const given = [...text.matchAll(GIVEN)].map(([, name = '']) => name).filter((name) => name.includes('$'));
  if (given.length === 0) return [];
  const values = new Map([...text.matchAll(ASSIGNMENT)].map(([, name = '', value = '']) => [name, value]));
  return given
    .map((name) => (values.get(ONLY_VARIABLE.exec(name)?.[1] ?? '') ?? name).split(VARIABLE))
    .filter((parts) => parts.length > 1 && parts.some((part) => /[a-z0-9]/.test(part)));
}

/** How scripts take the last name of a path. */
const OF_FOLDERS = /\bbasename\b|##\*\//;

/** Whether a script makes namespaces with the names of folders. */
export function namesFolders(text: string): boolean {
  return COMPUTED.test(text) && OF_FOLDERS.test(text);
}

/** Files of Terraform and OpenTofu: those of a module belong together, and others have the values of its variables. */
const TERRAFORM = /\.(?:tf|tofu|tfvars|hcl)$/;

/** The names that files of Terraform contain, if one of them makes namespaces with names that may be in another. */
export function namespacesOfTerraform(
  files: readonly { readonly path: string; readonly text: string }[],
): string[] {
  const texts = files.filter(({ path }) => TERRAFORM.test(path)).map(({ text }) => text);
  return texts.some((text) => COMPUTED.test(text)) ? texts.flatMap(wordsOf) : [];
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\b[a-z0-9][a-z0-9-]*[a-z0-9]\b/g) ?? [];
}

/** The namespaces that a script, a recipe or the settings of another program make in a cluster. */
export function namespacesIn(text: string): string[] {
  if (!/namespace|\bns\b|new-project/i.test(text)) return [];
  const makesByHelm = CREATES.test(text) || (HELMFILE.test(text) && !CREATES_NONE.test(text));
  const patterns = makesByHelm ? [...MAKING, ...RELEASE] : MAKING;
  const named = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  if (COMPUTED.test(text)) named.push(...wordsOf(text));
  return named;
}
