// The Markdown of docs/ as pages of the site.
import { posix } from 'node:path';

/** The title of a page: its first heading. */
export function titleOf(text) {
  return /^# (.*)$/m.exec(text)?.[1] ?? '';
}

/**
 * A page whose links lead to pages of the site. Other files of the repository are not on the site, so links to them
 * become text.
 *
 * @param source the path of the page in the repository
 * @param pages the pages of the site, by the paths of their sources
 */
export function linksToPages(text, source, pages) {
  const own = pages.get(source);
  const linked = outsideOfCode(text, (prose) =>
    prose.replaceAll(
      /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]+)?\)/g,
      (whole, image, words, path, anchor = '') => {
        const target = posix.normalize(posix.join(posix.dirname(source), path));
        if (target === 'docs/cluster.svg') return `${image}[${words}](/cluster.svg)`;
        const page = pages.get(target) ?? pages.get(posix.join(target, 'README.md'));
        if (page === undefined) return words;
        const relative = posix.relative(posix.dirname(own), page);
        return `[${words}](${relative.startsWith('.') ? relative : `./${relative}`}${anchor})`;
      },
    ),
  );
  // The site has no Mermaid: a picture with the same content replaces the chart.
  return linked.replaceAll(/^```mermaid\n.*?^```$/gms, '![The same as a picture](/cluster.svg)');
}

/** Changes a text, except its fenced code. */
function outsideOfCode(text, change) {
  return text
    .split(/^(```.*?^```$)/gms)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}

/** The sidebar, from the lists of the overview: a group for each of its headings. */
export function sidebarOf(overview) {
  return overview
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title, ...lines] = section.split('\n');
      const links = [...lines.join('\n').matchAll(/^ *- .*?$/gm)].flatMap(([line]) =>
        [...line.matchAll(/\[([^\]]+)\]\(\.\/([^)#]+)\.md\)/g)].slice(0, 1),
      );
      const items = links.map(([, text, path]) => ({ text, link: `/${path.replace(/(^|\/)index$/, '$1')}` }));
      const [rules, others] = [
        items.filter(({ link }) => link.startsWith('/rules/')),
        items.filter(({ link }) => !link.startsWith('/rules/')),
      ];
      const group = rules.length > 0 ? [{ text: 'Rules of check', collapsed: true, items: rules }] : [];
      return { text: title, collapsed: false, items: [...others, ...group] };
    });
}

/** The list of all pages for language models: https://llmstxt.org */
export function llmsText(texts) {
  const line = ([page, text]) => `- [${titleOf(text)}](${page})${leadOf(text)}`;
  const isForContributors = ([page]) => /^(adr\/|architecture|contributing)/.test(page);
  return [
    '# cdk8s-flux',
    '',
    '> Typed cdk8s constructs and a command line for Flux repositories. Each page is Markdown.',
    '',
    '## Pages',
    '',
    ...[...texts].filter((entry) => !isForContributors(entry)).map(line),
    '',
    '## Optional',
    '',
    ...[...texts].filter(isForContributors).map(line),
    '',
  ].join('\n');
}

/** The first sentence after the title. */
function leadOf(text) {
  const paragraph = text
    .slice(text.search(/^# /m))
    .split('\n\n')
    .slice(1)
    .find((part) => /^[A-Z`]/.test(part));
  const sentence = /^.*?[^.]\.(?= [A-Z]|$)/s.exec(paragraph ?? '')?.[0].replaceAll('\n', ' ');
  return sentence ? `: ${sentence.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')}` : '';
}
