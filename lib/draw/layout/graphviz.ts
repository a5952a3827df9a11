import { spawnSync } from 'node:child_process';
import { fail } from '../../findings/findings-error';

/** What Graphviz says of a drawing, in points, with the origin at the lower left. */
export interface Drawing {
  /** The corners: lower left x and y, upper right x and y. */
  readonly bb: string;
  readonly objects?: readonly DrawnObject[];
  readonly edges?: readonly DrawnEdge[];
}

/** A node, which has a place, or a subgraph, which has corners if it is a cluster. */
export interface DrawnObject {
  readonly name: string;
  readonly pos?: string;
  readonly bb?: string;
}

/** An edge: its spline, and the attribute by which we know it. */
export interface DrawnEdge {
  readonly id?: string;
  readonly pos?: string;
}

/**
 * Draws what it reads and prints the outcome. A process of its own makes the asynchronous library usable in a synth,
 * which is synchronous. The program is a text, so that it runs unchanged from the sources and from the package.
 */
const PROGRAM = `
const { readFileSync, writeSync } = require('node:fs');
const { instance } = require(process.argv[1]);
const drawAll = async () => {
  const drawings = [];
  let viz = await instance();
  for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
    try {
      const { output, errors } = viz.render(text, { format: 'json0', engine: 'dot' });
      drawings.push(output === undefined ? { error: errors.map(({ message }) => message).join('; ') } : JSON.parse(output));
    } catch (error) {
      drawings.push({ error: String(error) });
      viz = await instance();
    }
  }
  const bytes = Buffer.from(JSON.stringify(drawings));
  for (let done = 0; done < bytes.length;) {
    try { done += writeSync(1, bytes, done); } catch (error) { if (error.code !== 'EAGAIN') throw error; }
  }
};
drawAll();`;

const MOST_BYTES = 512 * 1024 * 1024;

/** A graph that Graphviz gave up, and what it said. */
export interface FailedDrawing {
  readonly error: string;
}

/**
 * Lays graphs out with Graphviz (`dot`), compiled to WebAssembly: the same on every machine.
 *
 * @param graphs - texts in Graphviz's language
 * @throws FindingsError `layout-failed` when the process that draws them fails
 */
export function drawAll(graphs: readonly string[]): (Drawing | FailedDrawing)[] {
  const library = require.resolve('@viz-js/viz');
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ['-e', PROGRAM, library], {
    input: JSON.stringify(graphs),
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    // Loaders of the app's own process would only slow it down.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) layoutFailed(error?.message ?? stderr.trim());
  return JSON.parse(stdout) as (Drawing | FailedDrawing)[];
}

/**
 * Says that there is no layout.
 *
 * @throws FindingsError `layout-failed`
 */
export function layoutFailed(reason: string): never {
  fail({
    code: 'layout-failed',
    message: `the graph could not be laid out: ${reason}`,
    hint: 'draw one cluster with --cluster, or take --format mermaid, dot or json, which need no layout',
  });
}
