// Compiles the OpenAPI document of Kubernetes to a compact JSON text for each definition. The document lacks the
// allowed values of fields; they are in the Go file from which the API server generates its own document.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = 'v1.36.0';
const PREFIX = '#/definitions/';

/** Definitions with a meaning that their schema does not contain. */
const SPECIAL = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { intOrString: true },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object', preserve: true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'object', preserve: true },
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': {},
};
/** The metadata of every kind, including Flux's. */
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const KEYWORDS = new Set(
  (
    'description type format properties required items additionalProperties $ref default ' +
    'x-kubernetes-list-type x-kubernetes-list-map-keys x-kubernetes-patch-strategy x-kubernetes-patch-merge-key ' +
    'x-kubernetes-map-type x-kubernetes-unions x-kubernetes-group-version-kind'
  ).split(' '),
);

/** The sources, from the Go module proxy. */
export function fetchKubernetes() {
  const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${VERSION}`], {
    encoding: 'utf8',
  });
  const { Dir } = JSON.parse(answer);
  return {
    openapi: JSON.parse(readFileSync(join(Dir, 'api/openapi-spec/swagger.json'), 'utf8')),
    goText: readFileSync(join(Dir, 'pkg/generated/openapi/zz_generated.openapi.go'), 'utf8'),
  };
}

/** The names and texts of the generated files. */
export function compileKubernetes({ openapi, goText }) {
  const { definitions } = openapi;
  const enums = readEnums(goText);
  const kinds = kindsOf(openapi);
  const texts = (roots) =>
    reachable(definitions, roots).map((name) => [
      name,
      JSON.stringify(compact(name, definitions[name], enums)),
    ]);
  const meta = texts([OBJECT_META]);
  const shared = new Set(meta.map(([name]) => name));
  const rest = texts([...kinds.values()].map(({ definition }) => definition)).filter(
    ([name]) => !shared.has(name),
  );
  const header = `// Made by scripts/compile-schemas.mjs from the OpenAPI document of Kubernetes ${VERSION} (see NOTICE). Do not edit.`;
  return [
    ['object-meta.ts', lines(header, record('definitions', meta))],
    [
      'kubernetes.ts',
      lines(
        header,
        `export const kubernetesVersion = '${VERSION.replace(/^v(\d+\.\d+).*/, '$1')}';\n`,
        '/** The definition and the scope of each kind, by `apiVersion/kind`. */',
        record(
          'kinds',
          [...kinds].map(([key, { definition, scope }]) => [key, `${short(definition)} ${scope}`]),
        ),
        record('definitions', rest),
      ),
    ],
  ];
}

/** The kinds that can be created, with the scope that their paths show. */
function kindsOf({ paths, definitions }) {
  const scopes = new Map();
  for (const [path, operations] of Object.entries(paths)) {
    const gvk = operations.post?.['x-kubernetes-group-version-kind'];
    if (!gvk || /\/\{name\}/.test(path.replace('/namespaces/{namespace}', ''))) continue;
    const key = keyOf(gvk);
    if (scopes.get(key) !== 'Namespaced')
      scopes.set(key, path.includes('/{namespace}/') ? 'Namespaced' : 'Cluster');
  }
  const kinds = new Map();
  for (const name of Object.keys(definitions).sort()) {
    const gvks = definitions[name]['x-kubernetes-group-version-kind'] ?? [];
    if (gvks.length !== 1 || !scopes.has(keyOf(gvks[0]))) continue;
    kinds.set(keyOf(gvks[0]), { definition: name, scope: scopes.get(keyOf(gvks[0])) });
  }
  return new Map([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const keyOf = ({ group, version, kind }) => `${group ? `${group}/` : ''}${version}/${kind}`;
const short = (name) => name.replace(/^io\.k8s\./, '');

function reachable(definitions, roots) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    if (SPECIAL[name]) return;
    for (const [, ref] of JSON.stringify(definitions[name]).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g))
      visit(ref);
  };
  roots.forEach(visit);
  return [...found].sort();
}

function compact(name, schema, enums) {
  return SPECIAL[name] ?? compactNode(schema, name, enums.get(short(name)) ?? new Map());
}

function compactNode(schema, path, enums) {
  for (const keyword of Object.keys(schema))
    if (!KEYWORDS.has(keyword)) throw new Error(`${path}: ${keyword}`);
  if (schema.$ref) return { ref: short(schema.$ref.slice(PREFIX.length)) };
  const node = { type: schema.type, required: schema.required };
  if (['int32', 'date-time', 'byte'].includes(schema.format)) node.format = schema.format;
  if (schema.properties) {
    node.properties = {};
    for (const [name, child] of Object.entries(schema.properties)) {
      const compacted = compactNode(child, `${path}.${name}`, new Map());
      const values = enums.get(name);
      if (values) (compacted.type === 'array' ? compacted.items : compacted).enum = values;
      node.properties[name] = compacted;
    }
  }
  if (schema.items) node.items = compactNode(schema.items, `${path}[]`, enums);
  if (schema.additionalProperties) node.values = compactNode(schema.additionalProperties, `${path}{}`, enums);
  return node;
}

/** The allowed values of fields, by definition and field, as listed in the generated Go code. */
function readEnums(goText) {
  const enums = new Map();
  let fields;
  let field;
  for (const line of goText.split('\n')) {
    const start = /^func schema_(?:k8sio_)?(\w+)\(ref/.exec(line);
    if (start) enums.set(definitionName(start[1]), (fields = new Map()));
    field = /^\t{5}"(\w+)": \{$/.exec(line)?.[1] ?? field;
    const values = /^\t+Enum:\s+\[\]interface\{\}\{(.*)\},$/.exec(line)?.[1];
    if (values && fields && field) fields.set(field, [...JSON.parse(`[${values}]`)]);
  }
  return enums;
}

/** `api_core_v1_Pod` -> `api.core.v1.Pod`; Go's names lose the punctuation of a package's path. */
function definitionName(name) {
  return name.replaceAll('_', '.');
}

function record(name, entries) {
  const text = entries.map(([key, value]) => `  ${quote(short(key))}: ${quote(value)},`).join('\n');
  return `export const ${name}: Readonly<Record<string, string>> = {\n${text}\n};\n`;
}

const lines = (...parts) => parts.join('\n');

function quote(text) {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
