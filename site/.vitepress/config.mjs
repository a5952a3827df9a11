// What VitePress needs to know. The pages and the sidebar are made by scripts/docs-site.mjs, in site/pages/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';

const sidebar = JSON.parse(readFileSync(join(import.meta.dirname, '../pages/sidebar.json'), 'utf8'));

export default defineConfig({
  title: 'cdk8s-flux',
  description: 'Describe in TypeScript what your clusters run, and get the plain YAML of a Flux repository',
  lang: 'en',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'pages',
  outDir: '../dist/site',
  cacheDir: '../node_modules/.cache/cdk8s-flux/site',
  cleanUrls: false,
  // A date would differ from build to build.
  lastUpdated: false,
  markdown: {
    // Braces in a page are braces, and nothing that Vue fills in.
    config(md) {
      const { text, code_inline: code } = md.renderer.rules;
      const escaped = (html) => html.replaceAll('{{', '&#123;&#123;');
      md.renderer.rules.text = (...given) => escaped(text(...given));
      md.renderer.rules.code_inline = (...given) => escaped(code(...given));
    },
  },
  // One chunk holds the index of the search.
  vite: { build: { chunkSizeWarningLimit: 5000 } },
  themeConfig: {
    sidebar,
    outline: [2, 3],
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Constructs', link: '/constructs/' },
      { text: 'Commands', link: '/commands' },
      { text: 'Findings', link: '/findings' },
    ],
    search: {
      provider: 'local',
      options: {
        // A name such as health-check-ignored or FluxApp is found whole, before its parts are.
        miniSearch: { searchOptions: { boost: { title: 8, text: 1, titles: 2 }, prefix: true, fuzzy: 0.1 } },
      },
    },
  },
  transformPageData(page) {
    page.frontmatter.head = [
      ['link', { rel: 'alternate', type: 'text/markdown', href: `./${page.relativePath.split('/').at(-1)}` }],
    ];
  },
});
