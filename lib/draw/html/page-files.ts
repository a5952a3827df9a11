import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lazy } from '../../plain/lazy';

/** What the build makes of `lib/draw/page`: one script and one style sheet, to be written into the page. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** Reads the page's script and style sheet. They are found by the package's own name, from the sources too. */
export const pageFiles = lazy((): PageFiles => {
  const folder = join(dirname(require.resolve('cdk8s-flux/package.json')), 'dist', 'lib', 'draw', 'page');
  const [script, style] = ['page.js', 'page.css'].map((name) => readFileSync(join(folder, name), 'utf8'));
  return { script: script as string, style: style as string };
});
