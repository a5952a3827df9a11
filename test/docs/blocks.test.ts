import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { allPages, root } from './pages';

/** The YAML blocks of a page. A block within a list is indented. */
function yamlBlocksOf(page: string): string[] {
  const blocks = readFileSync(join(root, page), 'utf8').matchAll(/^( *)```yaml\n(.*?)^\1```$/gms);
  return [...blocks].map((block) => block[2] as string);
}

describe('the YAML blocks of pages', () => {
  it.each(allPages().filter((page) => yamlBlocksOf(page).length > 0))('are valid YAML: %s', (page) => {
    for (const block of yamlBlocksOf(page))
      expect(parseAllDocuments(block).flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual(
        [],
      );
  });
});
