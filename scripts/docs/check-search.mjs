// Asks the search index of the built site for the title of each page.
import { copyFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Fails if a page is not among the first results for its own title.
 *
 * @param site the folder in which VitePress is installed; the site is in `dist/site` beside it
 */
export async function checkSearch(site, pages) {
  const inVitePress = createRequire(join(site, 'node_modules/vitepress/package.json'));
  const { default: MiniSearch } = await import(pathToFileURL(inVitePress.resolve('minisearch')));
  const chunks = join(site, '../dist/site/assets/chunks');
  const name = readdirSync(chunks).find((file) => file.startsWith('@localSearchIndexroot'));
  const module = join(site, 'pages/search-index.mjs');
  copyFileSync(join(chunks, name), module);
  const { default: text } = await import(pathToFileURL(module));
  const index = MiniSearch.loadJSON(text, {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles'],
  });
  const lost = pages.filter(({ page, title }) => {
    const results = index.search(title, { prefix: true, boost: { title: 8, text: 1, titles: 2 } });
    const path = `/${page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html')}`;
    return !results.slice(0, 10).some(({ id }) => String(id).split('#')[0] === path);
  });
  if (lost.length > 0)
    throw new Error(
      `search does not find: ${lost.map(({ page, title }) => `${title} (${page})`).join(', ')}`,
    );
}
