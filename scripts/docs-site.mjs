// Builds the site of the documentation into dist/site, from the Markdown in docs/.
//   npm run docs:site        installs VitePress into site/ if it is not there, and builds
// Each page is also there as Markdown, under its own name with `.md`, and llms.txt lists all of them.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkSearch } from './docs/check-search.mjs';
import { commandHelp } from './docs/command-help.mjs';
import { linksToPages, llmsText, sidebarOf, titleOf } from './docs/site-pages.mjs';

const root = join(import.meta.dirname, '..');
const site = join(root, 'site');
const pages = join(site, 'pages');
const output = join(root, 'dist/site');

/** The page of the site for each Markdown file: those of docs/, and two of the root. */
function sources() {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
    .sort();
  return new Map([
    ...inDocs.map((path) => [`docs/${path}`, path.replace(/(^|\/)README\.md$/, '$1index.md')]),
    ['CONTRIBUTING.md', 'contributing.md'],
    ['SECURITY.md', 'security.md'],
  ]);
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const made = sources();
const texts = new Map(
  [...made].map(([source, page]) => {
    const text = readFileSync(join(root, source), 'utf8');
    return [page, linksToPages(text, source, made)];
  }),
);
const help = await commandHelp(texts.get('commands.md'));
texts.set('commands.md', `${texts.get('commands.md')}\n${help}`);
rmSync(pages, { recursive: true, force: true });
for (const [page, text] of texts) write(join(pages, page), text);
write(join(pages, 'sidebar.json'), JSON.stringify(sidebarOf(texts.get('index.md'))));
cpSync(join(root, 'docs/cluster.svg'), join(pages, 'public/cluster.svg'));

if (!existsSync(join(site, 'node_modules/vitepress'))) run('npm', ['ci', '--no-audit', '--no-fund'], site);
run(process.execPath, [join(site, 'node_modules/vitepress/bin/vitepress.js'), 'build'], site);
for (const [page, text] of texts) write(join(output, page), text);
write(join(output, 'llms.txt'), llmsText(texts));
await checkSearch(site, [
  ...[...texts].map(([page, text]) => ({ page, title: titleOf(text) })),
  ...[...help.matchAll(/^### (.*)$/gm)].map(([, title]) => ({ page: 'commands.md', title })),
]);
console.error(`dist/site: ${texts.size} pages`);
