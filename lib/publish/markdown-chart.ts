import { fail } from '../findings/findings-error';
import { SECTION_BEGIN, SECTION_END, withSection } from './section';

/**
 * A Markdown page with charts between its marker lines: the page as it is with that part made anew, or a new page.
 *
 * @param path - the page, as findings name it
 * @param charts - Mermaid charts
 * @param found - what the page holds; empty where there is none
 * @throws FindingsError `picture-markers-missing` where the page does not say where the chart is to stand
 */
export function markdownWithCharts(path: string, charts: readonly string[], found: Buffer): Buffer {
  const section = charts.map((chart) => `\`\`\`mermaid\n${chart}\`\`\``).join('\n\n');
  const fresh = `# What Flux applies\n\n${SECTION_BEGIN}\n\n${section}\n\n${SECTION_END}\n`;
  // There is no file, or only what a killed run left of it.
  if (fresh.startsWith(found.toString())) return Buffer.from(fresh);
  return (
    withSection(found, path, section) ??
    fail({
      code: 'picture-markers-missing',
      message: `${JSON.stringify(path)} does not mark the place for the picture`,
      hint: `add these two lines where you want the picture: ${SECTION_BEGIN} and ${SECTION_END}`,
      locations: [{ file: path }],
    })
  );
}

/** Whether a file is a Markdown page, of which only a part is ours. */
export function isMarkdown(path: string): boolean {
  return path.toLowerCase().endsWith('.md');
}
