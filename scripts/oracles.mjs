// Asks the programs that we must agree with, and keeps their answers in tables beside the tests (test/*/answers).
//   npm run oracles                    renews the answers; a new row needs only its question: [question]
//   npm run oracles -- --check         fails if a program answers differently from its table
// It needs Go, whose modules it downloads, and kustomize. If one is missing, it is named, and its tables do not change.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-oracles-'));
/** The kustomize that Flux 2.9 embeds. */
const KUSTOMIZE = 'v5.8.1';
/** When to give up: downloads and builds take minutes the first time. */
const deadline = Date.now() + 20 * 60_000;
const timeLeft = () => Math.max(1, deadline - Date.now());

/** Rooms with a Go program that tests ask each time; its answers are not stored. */
const TOOLS = ['oci'];

/** The files of the Go programs, or why they cannot be built. */
const programs = new Map();

/** Builds the Go program of `test/<room>/oracle`, and returns a function that runs it on a text. */
function goProgram(room) {
  if (!programs.has(room)) {
    const binary = join(scratch, `${room}.exe`);
    programs.set(room, new Error(`the Go program of test/${room}/oracle cannot be built`));
    const folder = join(root, 'test', room, 'oracle');
    const env = { ...process.env, GOFLAGS: '-mod=readonly' };
    const options = { cwd: folder, env, stdio: 'pipe', timeout: timeLeft() };
    execFileSync('go', ['build', '-buildvcs=false', '-o', binary, '.'], options);
    programs.set(room, binary);
  }
  const program = programs.get(room);
  if (program instanceof Error) throw program;
  return (input, ...args) =>
    execFileSync(program, args, { input, maxBuffer: 2 ** 28, timeout: timeLeft() }).toString('utf8');
}

/** `<module> <version>` of a Go program's module, from its go.mod. */
function moduleVersion(room, module) {
  const text = readFileSync(join(root, 'test', room, 'oracle/go.mod'), 'utf8');
  const version = text.split('\n').find((line) => line.trim().startsWith(`${module} `));
  return version.trim().split(' // ')[0];
}

function askSchema(mode, values) {
  const input = values.map((value) => JSON.stringify({ mode, value })).join('\n');
  const lines = goProgram('schema')(input, join(root, 'crds/flux-2.9')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

function verdicts(file, mode, module) {
  return {
    file: `schema/answers/${file}.json`,
    by: () => moduleVersion('schema', module),
    ask: (questions) => askSchema(mode, questions).map((wrong) => (wrong.length === 0 ? 'valid' : 'invalid')),
  };
}

/** What kustomize makes of a folder, beside `test/graph/answers/base`: its objects as YAML, or `error`. */
function kustomize({ folder, files }) {
  const copy = mkdtempSync(join(scratch, 'kustomize-'));
  cpSync(join(root, 'test/graph/answers/base'), join(copy, 'base'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  const options = { encoding: 'utf8', stdio: 'pipe', timeout: timeLeft() };
  try {
    const args = ['build', '--load-restrictor=LoadRestrictionsNone', join(copy, folder)];
    return execFileSync('kustomize', args, options);
  } catch {
    return 'error';
  }
}

function kustomizeVersion() {
  const version = execFileSync('kustomize', ['version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  if (version !== KUSTOMIZE) throw new Error(`kustomize is ${version}, not ${KUSTOMIZE}`);
  return `kustomize ${version}`;
}

const SUBSTITUTED = { A: 'abc/def.abc', B: '', C: 'häß', D: 'x y', E: '1.2.3' };

const tables = [
  verdicts('semver', 'semver', 'github.com/Masterminds/semver/v3'),
  { ...verdicts('regex', 'regex'), by: () => `regexp of ${moduleVersion('schema', 'go')}` },
  verdicts('label-selector', 'selector', 'k8s.io/apimachinery'),
  verdicts('cel', 'cel', 'github.com/google/cel-go'),
  verdicts('cel-ready', 'cel-ready', 'github.com/google/cel-go'),
  {
    file: 'schema/answers/cel-values.json',
    by: () => moduleVersion('schema', 'k8s.io/apiserver'),
    ask: (questions) => askSchema('cel-value', questions).map(([value]) => value),
  },
  {
    file: 'yaml/answers/plain-scalars.json',
    by: () => moduleVersion('yaml', 'gopkg.in/yaml.v3'),
    ask: (plain) =>
      JSON.parse(goProgram('yaml')(JSON.stringify({ plain }))).plain.map(({ tag, text }) => `${tag} ${text}`),
  },
  {
    file: 'graph/answers/envsubst.json',
    by: () => moduleVersion('graph', 'github.com/fluxcd/pkg/envsubst'),
    ask: (texts) => {
      const tasks = texts.map((text) => ({ text, values: SUBSTITUTED }));
      const answers = JSON.parse(goProgram('graph')(JSON.stringify(tasks)));
      return answers.map(({ object, error }) => (error === undefined ? { text: object } : { error }));
    },
  },
  {
    file: 'graph/answers/substitution.json',
    by: () =>
      `${moduleVersion('graph', 'github.com/fluxcd/pkg/envsubst')}, ${moduleVersion('graph', 'sigs.k8s.io/yaml')}`,
    ask: (questions) => {
      const tasks = questions.map(({ data, X }) => ({ object: { data }, values: { X } }));
      const answers = JSON.parse(goProgram('graph')(JSON.stringify(tasks)));
      return answers.map(({ object, error }) => (error === undefined ? object : 'error'));
    },
  },
  {
    file: 'graph/answers/yaml-print.json',
    by: () => moduleVersion('graph', 'sigs.k8s.io/yaml'),
    ask: (objects) =>
      JSON.parse(goProgram('graph')(JSON.stringify(objects.map((object) => ({ object }))))).map(
        ({ object }) => object,
      ),
  },
  {
    file: 'graph/answers/resource-set.json',
    by: () =>
      `${moduleVersion('graph', 'github.com/go-task/slim-sprig/v3')}, ${moduleVersion('graph', 'sigs.k8s.io/yaml')}`,
    ask: (questions) => {
      const tasks = questions.map(({ template, inputs }) => ({ object: { data: template }, inputs }));
      const answers = JSON.parse(goProgram('graph')(JSON.stringify(tasks)));
      return answers.map(({ object, error }) => (error === undefined ? object.data : 'error'));
    },
  },
  {
    file: 'graph/answers/kustomize.json',
    by: kustomizeVersion,
    ask: (cases) => cases.map(kustomize),
  },
];

function printTable(by, rows) {
  const lines = rows.map((row) => JSON.stringify(row)).join(',\n');
  return `{"by": ${JSON.stringify(by)}, "rows": [\n${lines}\n]}\n`;
}

/** Asks one table again; the text is the result. */
function renew({ file, by, ask }, check) {
  const path = join(root, 'test', file);
  const before = readFileSync(path, 'utf8');
  const questions = JSON.parse(before).rows.map(([question]) => question);
  let after;
  try {
    const answers = ask(questions);
    after = printTable(
      by(),
      questions.map((question, index) => [question, answers[index]]),
    );
  } catch (error) {
    const reason = String(error.stderr || error.message)
      .trim()
      .split('\n')
      .at(-1);
    return { status: 'not asked', text: `${file}: not asked: ${reason}` };
  }
  if (after === before) return { status: 'same', text: `${file}: ${questions.length} answers, the same` };
  if (check) return { status: 'different', text: `${file}: other answers; see them with npm run oracles` };
  writeFileSync(path, after);
  return { status: 'renewed', text: `${file}: ${questions.length} answers, renewed` };
}

/** Downloads the modules of a program without a table, so that the tests can build it without a network. */
function download(room) {
  try {
    goProgram(room);
    return { status: 'same', text: `${room}/oracle: ready` };
  } catch (error) {
    return {
      status: 'not asked',
      text: `${room}/oracle: not built: ${String(error.stderr || error.message).trim()}`,
    };
  }
}

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--check')) {
  console.error('usage: npm run oracles [-- --check]');
  process.exitCode = 2;
} else {
  try {
    const results = tables.map((table) => renew(table, args.includes('--check')));
    results.push(...TOOLS.map(download));
    for (const { text } of results) console.log(text);
    const wanted = process.env.CONFORMANCE === undefined ? ['different'] : ['different', 'not asked'];
    if (results.some(({ status }) => wanted.includes(status))) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
