import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findProgram } from '../tools/find-tool';

/** The path of Chromium, if it is installed. */
export const CHROMIUM = findProgram('chromium', 'chromium-browser', 'google-chrome');

/** Kept after the run, for people to look at; git ignores it. */
const SCREENSHOTS = join(__dirname, '..', '..', 'coverage', 'screenshots');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How a page is opened. */
export interface PageOptions {
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** The part of the address after the `#`, with it. */
  readonly hash?: string;
  readonly scripts?: boolean;
}

/** One Chromium for the tests of a file; what pages log and request is recorded. */
export class PageOpener {
  readonly problems: string[] = [];
  readonly requests: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-page-'));
  private browser: Browser | undefined;

  /** Opens a text as a page. */
  async open(text: string, options: PageOptions = {}, name = 'graph.html'): Promise<Page> {
    this.browser ??= await chromium.launch({ executablePath: CHROMIUM as string, args: FLAGS });
    const { dark, width = 1400, height = 900, hash = '', scripts = true } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: scripts,
    });
    const page = await context.newPage();
    page.on('console', (message) => this.problems.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('request', (request) => this.requests.push(request.url()));
    const file = join(this.folder, name);
    writeFileSync(file, text);
    await page.goto(pathToFileURL(file).href + hash);
    return page;
  }

  /** Ends Chromium and removes the files. */
  async close(): Promise<void> {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Saves a screenshot of a page. */
export async function keep(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Texts of the board that overlap, or leave their cards: `one | other` for each pair. */
export async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = [];
    const leaves = '.title, .about, .badge, .toggle, .wave, .fold';
    const texts = [...document.querySelectorAll('#board :is(' + leaves + ')')].map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const holder = element.closest('.card, .layer')?.getBoundingClientRect();
      if (holder && (left < holder.left - 1 || (right > holder.right + 1 && !element.matches('.fold')) || bottom > holder.bottom + 1))
        found.push(element.textContent + ' | its card');
      return { name: element.textContent, left, right: Math.min(right, holder?.right ?? right), top, bottom };
    });
    texts.sort((a, b) => a.top - b.top);
    texts.forEach((one, index) => {
      for (let at = index + 1; at < texts.length && texts[at].top < one.bottom - 1; at += 1) {
        const other = texts[at];
        if (one.left < other.right - 1 && other.left < one.right - 1) found.push(one.name + ' | ' + other.name);
      }
    });
    return found;
  })()`);
}

/** The time from the start of the navigation until the page was drawn and its script had run, in ms. */
export async function usableAfter(page: Page): Promise<number> {
  return page.evaluate<number>(
    'new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))',
  );
}
