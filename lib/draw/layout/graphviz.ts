import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
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

const MOST_BYTES = 512 * 1024 * 1024;

/** A graph that Graphviz gave up, and what it said. */
export interface FailedDrawing {
  readonly error: string;
}

/** The compiled program that draws. It is found by the package's own name, even when we run from the sources. */
function programFile(): string {
  const root = dirname(require.resolve('cdk8s-flux/package.json'));
  return join(root, 'dist', 'lib', 'draw', 'layout', 'process', 'draw-graphs.js');
}

/**
 * Lays graphs out with Graphviz (`dot`), compiled to WebAssembly: the same on every machine.
 *
 * @param graphs - texts in Graphviz's language
 * @throws FindingsError `layout-failed` when the process that draws them fails
 */
export function drawAll(graphs: readonly string[]): (Drawing | FailedDrawing)[] {
  const library = require.resolve('@viz-js/viz');
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [programFile(), library], {
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
    message: `the layout of the graph failed: ${reason}`,
    hint: 'draw one cluster with --cluster, or use --format html, mermaid, dot or json, which need no layout',
  });
}
