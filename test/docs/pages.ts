import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** The pages that people read first. */
export function pages(): string[] {
  const pagesIn = (folder: string): string[] =>
    readdirSync(join(root, folder), { encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .sort()
      .map((file) => `${folder}/${file}`);
  return ['README.md', ...pagesIn('docs'), ...pagesIn('docs/kinds')];
}

/** The YAML blocks of a page that say in a comment before them which file they are: `<!-- file: path -->`. */
export function filesOf(page: string): Record<string, string> {
  return filesIn(readFileSync(join(root, page), 'utf8'));
}

/** The YAML blocks of a text that say which file they are. */
export function filesIn(text: string): Record<string, string> {
  const blocks = text.matchAll(/^<!-- file: (\S+) -->\n\n```yaml\n(.*?)^```$/gms);
  return Object.fromEntries([...blocks].map((block) => [block[1], block[2]]));
}
