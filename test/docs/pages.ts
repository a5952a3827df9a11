import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => `${folder}/${file}`);
}

/** The pages whose TypeScript is compiled and run. */
export function pages(): string[] {
  return ['README.md', ...pagesIn('docs'), ...pagesIn('docs/constructs'), ...pagesIn('docs/kinds')];
}

/** Every page of the repository that people read. */
export function allPages(): string[] {
  const own = ['CONTRIBUTING.md', 'SECURITY.md', 'crds/README.md'];
  return [...pages(), ...pagesIn('docs/rules'), ...pagesIn('docs/adr'), ...own];
}

/** The YAML blocks of a page with a comment before them that names the file: `<!-- file: path -->`. */
export function filesOf(page: string): Record<string, string> {
  return filesIn(readFileSync(join(root, page), 'utf8'));
}

/** The YAML blocks of a page that people write, beside the output of its examples: `<!-- by hand: path -->`. */
export function handWrittenFilesOf(page: string): Record<string, string> {
  return filesIn(readFileSync(join(root, page), 'utf8'), 'by hand');
}

/** The YAML blocks of a text with a comment that names the file. */
export function filesIn(text: string, mark = 'file'): Record<string, string> {
  const blocks = text.matchAll(
    new RegExp(`^<!-- ${mark}: (\\S+) -->\\n\\n\`\`\`yaml\\n(.*?)^\`\`\`$`, 'gms'),
  );
  return Object.fromEntries([...blocks].map((block) => [block[1], block[2]]));
}
