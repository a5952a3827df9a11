import MarkdownIt from 'markdown-it';

type Token = MarkdownIt.Token;

// As lenient as any code host: HTML is allowed, and bare addresses are links, including names such as example.com.
const parser = new MarkdownIt({ html: true, linkify: true, breaks: true });

/** The elements of our reports. */
const OURS = new Set(
  [
    'paragraph_open paragraph_close heading_open heading_close bullet_list_open bullet_list_close list_item_open',
    'list_item_close strong_open strong_close code_inline text inline html_block html_inline table_open table_close',
    'thead_open thead_close tbody_open tbody_close tr_open tr_close th_open th_close td_open td_close',
  ].flatMap((line) => line.split(' ')),
);
const OUR_BLOCK = /^(?:<details>\n<summary>[A-Za-z0-9 :]+ \([0-9 of]+\)<\/summary>\n|<\/details>\n)$/;

/** What code hosts recognize in text that is not code, whatever Markdown says. */
const EFFECTS: readonly (readonly [string, RegExp])[] = [
  ['a mention', /@/],
  ['a reference to an issue', /#|\bGH-\d|\b[A-Za-z]+-\d/i],
  ['a commit', /\b[0-9a-f]{7,}\b/i],
  ['an emoji', /:[\w+-]+:/],
  ['a formula', /\$/],
  ['an address', /:\/\/|www\.|mailto:/i],
  ['Markdown or HTML', /[<>[\]`*_~\\&|]/],
  ['a steering character', /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u],
];

/** The elements of a report that are not ours, in words; and its texts in code. */
export interface MarkdownReading {
  readonly strange: readonly string[];
  readonly codes: readonly string[];
  /** How many blocks are folded. */
  readonly folded: number;
}

/** Reads a report as a code host does. */
export function readMarkdown(markdown: string): MarkdownReading {
  const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const strange = tokens
    .filter(({ type }) => !OURS.has(type))
    .map(({ type, content }) => `${type}: ${content}`);
  const blocks = tokens.filter(({ type }) => type === 'html_block');
  strange.push(
    ...blocks.filter(({ content }) => !OUR_BLOCK.test(content)).map(({ content }) => `HTML: ${content}`),
  );
  const { texts, codes, open } = textsOf(tokens);
  if (open) strange.push('code that does not end');
  for (const text of texts)
    for (const [name, pattern] of EFFECTS) if (pattern.test(text)) strange.push(`${name}: ${text}`);
  const opened = blocks.filter(({ content }) => content.startsWith('<details>')).length;
  if (blocks.length !== 2 * opened) strange.push('a block that does not end');
  return { strange, codes, folded: opened };
}

/** Texts outside and inside code; `<code>` and `</code>` must be pairs. */
function textsOf(tokens: readonly Token[]): { texts: string[]; codes: string[]; open: boolean } {
  const [texts, codes]: [string[], string[]] = [[], []];
  let current: string | undefined;
  for (const { type, content } of tokens) {
    // GitHub also looks for formulas around code.
    if (type === 'code_inline' && /[`$]/.test(content)) texts.push(content);
    else if (type === 'code_inline') codes.push(content);
    else if (type === 'html_inline' && content === '<code>') current = '';
    else if (type === 'html_inline' && content === '</code>' && current !== undefined) {
      codes.push(current);
      current = undefined;
    } else if (type === 'html_inline') texts.push(content);
    else if (type === 'text' && current !== undefined) current += content;
    else if (type === 'text') texts.push(content);
  }
  return { texts, codes, open: current !== undefined };
}
