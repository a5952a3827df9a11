import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname, normalize } from 'node:path/posix';
import { allPages, root } from './pages';

/** A page without its code, in which there are no links and headings. */
function proseOf(page: string): string {
  const text = readFileSync(join(root, page), 'utf8');
  return text
    .replaceAll(/^( *)(```|~~~)[^]*?^\1\2$/gm, '')
    .replaceAll(/`([^`\n]*)`/g, (_, code: string) => code.replaceAll(/[[\]()]/g, ''));
}

/** The links of a page to files of the repository: each path from the root, with the anchor. */
function linksOf(page: string): { path: string; anchor: string }[] {
  const links = proseOf(page).matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)/g);
  return [...links].map(([, path = '', anchor = '']) => ({
    path: path === '' ? page : normalize(join(dirname(page), path)),
    anchor,
  }));
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = text.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set(headings);
}

function isDead({ path, anchor }: { path: string; anchor: string }): boolean {
  if (!existsSync(join(root, path))) return true;
  return anchor !== '' && path.endsWith('.md') && !anchorsOf(path).has(anchor);
}

describe('the links between pages', () => {
  it('lead to files and headings that exist', () => {
    const dead = allPages().map((page) => [page, linksOf(page).filter(isDead)] as const);
    expect(dead.filter(([, links]) => links.length > 0)).toEqual([]);
  });

  it('lead to every page, from the README', () => {
    const reached = new Set<string>();
    const waiting = ['README.md'];
    for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
      if (reached.has(page) || !existsSync(join(root, page))) continue;
      reached.add(page);
      waiting.push(...linksOf(page).flatMap(({ path }) => (path.endsWith('.md') ? [path] : [])));
    }
    expect(allPages().filter((page) => !reached.has(page))).toEqual([]);
  });

  it('list every page for users in docs/README.md', () => {
    const listed = new Set(linksOf('docs/README.md').map(({ path }) => path));
    const own = allPages().filter((page) => /^docs\/(rules\/)?[^/]+\.md$/.test(page));
    expect(own.filter((page) => page !== 'docs/README.md' && !listed.has(page))).toEqual([]);
  });
});
