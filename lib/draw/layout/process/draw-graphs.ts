/**
 * This program reads a JSON list of graphs from standard input, draws them, and prints the results. It runs in its own
 * process, because the library is asynchronous and synth is synchronous. Its argument is the library's file.
 */
import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type * as VizLibrary from '@viz-js/viz' with { 'resolution-mode': 'import' };

async function draw(graphs: readonly string[], { instance }: typeof VizLibrary): Promise<unknown[]> {
  const drawings: unknown[] = [];
  let viz = await instance();
  for (const text of graphs) {
    try {
      const { output, errors } = viz.render(text, { format: 'json0', engine: 'dot' });
      drawings.push(
        output === undefined
          ? { error: errors.map(({ message }) => message).join('; ') }
          : (JSON.parse(output) as unknown),
      );
    } catch (error) {
      drawings.push({ error: String(error) });
      // After a failure, the library may be in any state.
      viz = await instance();
    }
  }
  return drawings;
}

/** Writes everything, even to a pipe that accepts it in parts. */
function writeAll(bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

async function main(file: string): Promise<void> {
  const module = (await import(pathToFileURL(file).href)) as typeof VizLibrary & {
    default?: typeof VizLibrary;
  };
  const graphs = JSON.parse(readFileSync(0, 'utf8')) as string[];
  const drawings = await draw(graphs, module.default ?? module);
  writeAll(Buffer.from(JSON.stringify(drawings)));
}

void main(process.argv[2] as string);
