import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { comparePictures } from '../../lib/draw/compare-pictures';
import type { Picture } from '../../lib/draw/picture';
import { renderPicture } from '../../lib/draw/render-picture';
import { build } from '../tools/built';
import { findProgram, itWith } from '../tools/find-tool';
import { broken, largePicture, nodeOf, pictureOf, shop } from './pictures';

const CHROMIUM = findProgram('chromium', 'chromium-browser', 'google-chrome');
/** Kept after the run, to be looked at; git ignores it. */
const SCREENSHOTS = join(__dirname, '..', '..', 'coverage', 'screenshots');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

beforeAll(build, 120_000);

describe('the text of the page', () => {
  const html = (): string => renderPicture(pictureOf({ ...shop, ...evil }), 'html');
  const evil = {
    'apps/evil.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n' +
      'metadata: { name: evil, namespace: shop }\n' +
      'spec: { values: { a: "</script><script>alert(1)</script>\\u2028<!--" } }\n',
  };

  it('runs only the script and style whose hashes it names, and asks nothing of the network', () => {
    const text = html();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1] ?? '';
    const hashOf = (content: string | undefined): string =>
      `'sha256-${createHash('sha256')
        .update(content ?? '')
        .digest('base64')}'`;
    const script = /<script>([^]*?)<\/script>/.exec(text)?.[1];
    const style = /<style>([^]*?)<\/style>/.exec(text)?.[1];
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(text).not.toMatch(/ on[a-z]+="| style="|(src|href)="(?!data:)/);
  });

  it('holds its data so that none of it can end the script', () => {
    const text = html();
    expect(text.match(/<\/script>/g)).toHaveLength(2);
    expect(text).not.toMatch(/alert\(1\)<|\u2028/);
    const data = JSON.parse(/id="data">([^]*?)<\/script>/.exec(text)?.[1] ?? '') as {
      nodes: { yaml: string }[];
    };
    expect(data.nodes.some(({ yaml }) => yaml.includes('</script><script>alert(1)</script>'))).toBe(true);
  });

  it('never holds the value of a Secret', () => {
    expect(html()).not.toContain('hunter2');
    expect(html()).toContain('password: (hidden)');
  });
});

describe('the page in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-page-'));
  const problems: string[] = [];
  const requests: string[] = [];
  let browser: Browser | undefined;

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(picture: Picture, options: { readonly dark?: boolean } = {}): Promise<Page> {
    browser ??= await chromium.launch({ executablePath: CHROMIUM as string, args: FLAGS });
    const colorScheme = options.dark ? 'dark' : 'light';
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme });
    page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const file = join(folder, 'graph.html');
    writeFileSync(file, renderPicture(picture, 'html'));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  async function keep(page: Page, name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  const idOf = (picture: Picture, id: string): string =>
    `#n0-${picture.clusters[0]?.nodes.indexOf(nodeOf(picture, id))}`;
  const litNames = (page: Page, what: string): Promise<string[]> =>
    page.locator(`.node.${what} .name`).allTextContents();

  const works = (name: string, run: () => Promise<void>): void =>
    itWith('chromium', CHROMIUM !== undefined, name, run, 60_000);

  works('shows the object that is clicked, and all before and after it', async () => {
    const picture = pictureOf({ ...shop, ...broken });
    const page = await open(picture);
    await keep(page, 'small-light');
    await page.click(idOf(picture, 'Kustomization/flux-system/configs'));
    expect(await page.locator('#details h2').textContent()).toBe('configs');
    expect(await page.locator('#details pre').textContent()).toContain('path: ./infrastructure/configs');
    expect((await litNames(page, 'upstream')).sort()).toEqual(['controllers', 'flux-system', 'flux-system']);
    expect((await litNames(page, 'downstream')).sort()).toEqual(['apps', 'charts', 'shop', 'values']);
    await keep(page, 'selected-light');
    await page.keyboard.press('Escape');
    expect(await page.locator('#details').isVisible()).toBe(false);
    expect(await page.locator('.lit').count()).toBe(0);
  });

  works('finds by name, kind and namespace, and goes from match to match', async () => {
    const page = await open(pictureOf(shop));
    await page.keyboard.press('/');
    await page.keyboard.type('helm shop');
    expect(await page.locator('#status').textContent()).toBe('2 matches');
    await page.keyboard.press('Enter');
    expect(await page.locator('.node.selected .name').textContent()).toBe('charts');
    await page.keyboard.press('Enter');
    expect(await page.locator('.node.selected .name').textContent()).toBe('shop');
    await page.keyboard.press('Escape');
    expect(await page.locator('#status').textContent()).toBe('8 objects');
  });

  works('hides what the filters leave out, and its lines', async () => {
    const page = await open(pictureOf(shop));
    await page.selectOption('#kind', 'Kustomization');
    expect(await page.locator('.node:visible').count()).toBe(4);
    const shownLines = (look: string): Promise<number> =>
      page.locator(`.cluster g:not(.hidden) > .edge.${look}`).count();
    expect(await shownLines('reference')).toBe(0);
    expect(await shownLines('depends-on')).toBe(2);
    await page.selectOption('#namespace', 'shop');
    expect(await page.locator('#status').textContent()).toBe('0 objects');
  });

  works('is used by keyboard alone', async () => {
    const picture = pictureOf(shop);
    const page = await open(picture);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const names = await litNames(page, 'selected');
    expect(names).toHaveLength(1);
    expect(await page.evaluate('document.activeElement.id')).toBe(
      await page.locator('.node.selected').getAttribute('id'),
    );
    const before = await page.getAttribute('#canvas', 'viewBox');
    await page.keyboard.press('+');
    expect(await page.getAttribute('#canvas', 'viewBox')).not.toBe(before);
    await page.keyboard.press('0');
    await page.keyboard.press('-');
  });

  works('lists findings and changes, and leads to where they are', async () => {
    const before = pictureOf(shop);
    const after = pictureOf({ ...shop, ...broken, 'apps/broken.yaml': 'a: [' });
    const page = await open(comparePictures(before, after), { dark: true });
    await page.click('#list');
    expect(await page.locator('#details .finding strong').allTextContents()).toContain('yaml-invalid');
    await keep(page, 'findings-dark');
    await page.locator('#details ul .entry', { hasText: 'lonely' }).click();
    expect(await page.locator('#details h2').textContent()).toBe('lonely');
    expect(await page.locator('#details dd').allTextContents()).toContain('added');
  });

  works('lists at once what a change does, and leads to what it concerns', async () => {
    const picture = pictureOf(shop);
    const change = {
      name: 'deleted',
      severity: 'error',
      subject: 'HelmRelease shop/shop',
      lines: ['Flux uninstalls it', '<b>fix</b>: keep it'],
      nodes: [{ cluster: picture.clusters[0]?.name ?? '', id: 'HelmRelease/shop/shop' }],
    } as const;
    const page = await open({ ...picture, changes: [change, { ...change, name: 'moved', nodes: [] }] });
    expect(await page.locator('#list').textContent()).toContain('2 changes');
    expect(await page.locator('#details .change strong').allTextContents()).toEqual([
      'deleted: HelmRelease shop/shop',
      'moved: HelmRelease shop/shop',
    ]);
    expect(await page.locator('#details .change b').count()).toBe(0);
    await keep(page, 'changes-light');
    await page.locator('#details .entry .change').click();
    expect(await page.locator('#details h2').textContent()).toBe('shop');
    expect(await page.locator('#details .change').count()).toBe(1);
  });

  works('shows 300 objects, pans by drag, zooms by wheel, and prints all', async () => {
    const picture = largePicture(100, 2, 100);
    const page = await open(picture);
    expect(await page.locator('.node').count()).toBeGreaterThanOrEqual(300);
    await keep(page, 'large-light');
    const shown = (): Promise<string | null> => page.getAttribute('#canvas', 'viewBox');
    const start = await shown();
    await page.mouse.move(900, 880);
    await page.mouse.down();
    await page.mouse.move(700, 700, { steps: 4 });
    await page.mouse.up();
    const dragged = await shown();
    expect(dragged).not.toBe(start);
    expect(await page.locator('.selected').count()).toBe(0);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    expect(await shown()).not.toBe(dragged);
    await page.click('#zoom-fit');
    await keep(page, 'large-fit');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#controls').isVisible()).toBe(false);
    await keep(page, 'print');
  });

  works('shows the picture without scripts', async () => {
    browser ??= await chromium.launch({ executablePath: CHROMIUM as string, args: FLAGS });
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const file = join(folder, 'plain.html');
    writeFileSync(file, renderPicture(pictureOf(shop), 'html'));
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator('.node:visible').count()).toBe(8);
    await keep(page, 'without-scripts');
  });

  works('draws SVG files that a browser reads, in dark mode too', async () => {
    browser ??= await chromium.launch({ executablePath: CHROMIUM as string, args: FLAGS });
    const page = await browser.newPage({ colorScheme: 'dark' });
    const file = join(folder, 'graph.svg');
    writeFileSync(file, renderPicture(pictureOf(shop), 'svg'));
    await page.goto(pathToFileURL(file).href);
    expect(await page.evaluate('document.documentElement.nodeName')).toBe('svg');
    expect(await page.evaluate('getComputedStyle(document.querySelector(".paper")).fill')).toBe(
      'rgb(14, 18, 24)',
    );
    await keep(page, 'svg-dark');
  });

  works('says nothing on the console, and asks for nothing but itself', async () => {
    expect(problems).toEqual([]);
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter((url) => !url.startsWith('file:') && url !== 'data:,')).toEqual([]);
  });
});
