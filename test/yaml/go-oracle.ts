import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Go's readers make of a document, as JSON data, or `{ error }`. */
export interface GoReading {
  /** sigs.k8s.io/yaml, which kubectl and the Flux controllers use. */
  readonly sigs: unknown;
  /** gopkg.in/yaml.v3. */
  readonly v3: unknown;
  /** sigs.k8s.io/kustomize/kyaml, which kustomize uses. */
  readonly kyaml: unknown;
}

/** A file, and the values that Flux's image automation writes at its markers. */
export interface GoRewrite {
  readonly text: string;
  readonly setters: Readonly<Record<string, string>>;
}

/** Go's readers of YAML, and Flux's way of rewriting it. */
export interface GoOracle {
  read(texts: readonly string[]): GoReading[];
  rewrite(tasks: readonly GoRewrite[]): string[];
}

const SOURCE = join(__dirname, 'oracle');

/**
 * The Go program in `oracle/`, built once for its source into the system's temporary folder; a text that says why not,
 * where it cannot be built. The network is not used: `go mod download` in `oracle/` fetches the modules.
 */
export function findGoOracle(): GoOracle | string {
  const source = ['main.go', 'go.mod', 'go.sum'].map((file) => readFileSync(join(SOURCE, file)));
  const hash = createHash('sha256').update(Buffer.concat(source)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `cdk8s-flux-yaml-oracle-${hash}`);
  const binary = join(folder, process.platform === 'win32' ? 'oracle.exe' : 'oracle');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const env = { ...process.env, GOFLAGS: '-mod=readonly', GOPROXY: 'off', GOTOOLCHAIN: 'local' };
    try {
      execFileSync('go', ['build', '-buildvcs=false', '-o', binary, '.'], {
        cwd: SOURCE,
        env,
        stdio: 'pipe',
      });
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return isMissing ? 'go is not installed' : 'its Go modules are not downloaded';
    }
  }
  const ask = (question: object): { read: GoReading[]; rewrite: string[] } => {
    const options = { input: JSON.stringify(question), maxBuffer: 2 ** 28 };
    return JSON.parse(execFileSync(binary, options).toString('utf8')) as {
      read: GoReading[];
      rewrite: string[];
    };
  };
  return { read: (read) => ask({ read }).read, rewrite: (rewrite) => ask({ rewrite }).rewrite };
}

/** Registers tests with Go's readers, or one whose name says why they are skipped. */
export function describeWithGo(name: string, tests: (go: GoOracle) => void): void {
  const go = findGoOracle();
  describe(name, () => {
    if (typeof go === 'string') test(`skipped: ${go}`, () => expect(go).not.toBe(''));
    else tests(go);
  });
}
