import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { comparePictures } from '../../lib/draw/compare-pictures';
import type { Picture } from '../../lib/draw/picture';
import { renderPicture } from '../../lib/draw/render-picture';
import { build } from '../tools/built';
import { itWith } from '../tools/find-tool';
import { CHROMIUM, keep, overlaps, PageOpener, type PageOptions } from './open-page';
import { alerts, broken, clustersPicture, pictureOf, shop } from './pictures';

beforeAll(build, 120_000);

describe('the text of the page', () => {
  const html = (): string => renderPicture(pictureOf({ ...shop, ...evil }), 'html');
  const evil = {
    'apps/evil.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n' +
      'metadata: { name: evil, namespace: shop }\n' +
      'spec: { values: { a: "</script><script>alert(1)</script>\\u2028<!--" } }\n',
  };

  it('runs only the script and style with the hashes that it names, and requests nothing from the network', () => {
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

  it('contains its data so that none of it can end the script', () => {
    const text = html();
    expect(text.match(/<\/script>/g)).toHaveLength(2);
    expect(text).not.toMatch(/alert\(1\)<|\u2028/);
    const data = JSON.parse(/id="data">([^]*?)<\/script>/.exec(text)?.[1] ?? '') as {
      texts: string[];
    };
    expect(data.texts.some((yaml) => yaml.includes('</script><script>alert(1)</script>'))).toBe(true);
  });

  it('never contains the value of a Secret', () => {
    expect(html()).not.toContain('hunter2');
    expect(html()).toContain('password: (hidden)');
  });
});

describe('the page in Chromium', () => {
  const opener = new PageOpener();
  afterAll(() => opener.close());

  const open = (picture: Picture, options?: PageOptions): Promise<Page> =>
    opener.open(renderPicture(picture, 'html'), options);
  const titles = (page: Page, what: string): Promise<string[]> =>
    page.locator(`.card${what} > .face .title`).allTextContents();
  const card = (page: Page, name: string) => page.locator('.card > .face', { hasText: name }).first();
  const works = (name: string, run: () => Promise<void>): void =>
    itWith('chromium', CHROMIUM !== undefined, name, run, 60_000);

  works('shows the object that is clicked, and all before and after it', async () => {
    const page = await open(pictureOf({ ...shop, ...broken }));
    expect(await overlaps(page)).toEqual([]);
    await keep(page, 'small-light');
    await card(page, 'configs').click();
    expect(await page.locator('#details h2').textContent()).toBe('configs');
    expect(await page.locator('#details pre').textContent()).toContain('path: ./infrastructure/configs');
    expect((await titles(page, '.upstream')).sort()).toEqual(['controllers', 'flux-system', 'flux-system']);
    expect((await titles(page, '.downstream')).sort()).toEqual(['apps', 'charts', 'shop', 'values']);
    expect(await page.locator('.lines.front .edge.upstream').count()).toBeGreaterThan(0);
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
    expect(await titles(page, '.match')).toEqual(['charts', 'shop']);
    expect(await page.locator('#details h2').textContent()).toBe('charts');
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').textContent()).toBe('shop');
    await page.keyboard.press('Escape');
    expect(await page.locator('#status').textContent()).toBe('8 objects');
  });

  works('keeps what holds the objects that a filter wants, and opens it', async () => {
    const page = await open(pictureOf(shop));
    await page.keyboard.press('c');
    expect(await titles(page, '')).toEqual(['flux-system', 'controllers', 'configs', 'apps']);
    await page.selectOption('#kind', 'HelmRelease');
    expect(await titles(page, '.context')).toEqual(['apps']);
    expect(await titles(page, '.item')).toEqual(['shop']);
    expect(await page.locator('#status').textContent()).toBe('1 object');
    await page.selectOption('#namespace', 'flux-system');
    expect(await page.locator('#status').textContent()).toBe('0 objects');
  });

  works('is used by keyboard alone', async () => {
    const page = await open(pictureOf(shop));
    await page.keyboard.press('ArrowDown');
    const name = (): Promise<unknown> => page.evaluate('document.activeElement.getAttribute("aria-label")');
    expect(await name()).toContain('GitRepository flux-system/flux-system');
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('ArrowDown');
    expect(await name()).toContain('Kustomization flux-system/apps, wave 3');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-expanded")')).toBe('true');
    await page.keyboard.press(' ');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-expanded")')).toBe('false');
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').textContent()).toBe('apps');
    await page.keyboard.press('[');
    expect(await page.locator('#details h2').textContent()).not.toBe('apps');
    const scale = (): Promise<unknown> => page.evaluate('document.getElementById("board").style.transform');
    const before = await scale();
    await page.keyboard.press('+');
    expect(await scale()).not.toBe(before);
    await page.keyboard.press('0');
    await page.keyboard.press('-');
    await page.keyboard.press('?');
    expect(await page.locator('#details h2').textContent()).toBe('How to read this page');
  });

  works('folds what repeats, and opens it', async () => {
    const page = await open(pictureOf({ ...shop, ...alerts(6) }));
    const stacks = page.locator('.card.item:has(> .toggle)');
    expect(await stacks.allTextContents()).toEqual(['Provider6+', 'Alert6+', 'Secret7+']);
    await keep(page, 'stacks-light');
    await stacks.nth(1).locator('.face').click();
    expect((await titles(page, '.notification')).filter((title) => title.startsWith('alert-'))).toHaveLength(
      6,
    );
    expect(await overlaps(page)).toEqual([]);
  });

  works('lists findings and changes, and leads to where they are', async () => {
    const before = pictureOf(shop);
    const after = pictureOf({ ...shop, ...broken, 'apps/broken.yaml': 'a: [' });
    const page = await open(comparePictures(before, after), { dark: true });
    await page.click('#findings');
    expect(await page.locator('#details .finding strong').allTextContents()).toContain('yaml-invalid');
    expect(await page.locator('#details summary').first().textContent()).toMatch(/^Errors/);
    await keep(page, 'findings-dark');
    await page.click('#changes');
    await page.locator('#details .entry', { hasText: 'lonely' }).click();
    expect(await page.locator('#details h2').textContent()).toBe('lonely');
    expect(await page.locator('#details dd').allTextContents()).toContain('added');
    expect(await titles(page, '.added')).toContain('lonely');
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
    expect(await page.locator('#changes').textContent()).toBe('2 changes');
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

  works('shows several clusters first, and what is the same in them once', async () => {
    const page = await open(clustersPicture(3));
    expect(await page.locator('.cluster-card strong').allTextContents()).toEqual(['c0', 'c1', 'c2']);
    expect(await page.locator('th[scope=row]').allTextContents()).toEqual(['flux-system', 'own']);
    expect(await page.locator('tr:has-text("own") .version').allTextContents()).toEqual(['A', 'A', 'B']);
    expect(await page.locator('#overview details .entry').allTextContents()).toEqual(['apps']);
    await keep(page, 'clusters-light');
    await page.locator('tr:has-text("own") .version').last().click();
    expect(await page.locator('#details h2').textContent()).toBe('own');
    expect(await page.locator('#details summary').allTextContents()).toContain('In other clusters (2)');
    expect(await page.inputValue('#cluster')).toBe('2');
    await page.selectOption('#cluster', '-1');
    expect(await page.locator('.cluster-card').first().isVisible()).toBe(true);
  });

  works('has an address for what it shows, and a way from one object to another', async () => {
    const hash = '#prod/Kustomization/flux-system/apps';
    const page = await open(pictureOf(shop), { hash });
    expect(await page.locator('#details h2').textContent()).toBe('apps');
    await page.keyboard.press('p');
    await card(page, 'controllers').click();
    expect(await page.locator('#details h2').textContent()).toBe('From controllers to apps');
    expect(await page.locator('#details ol .entry span').allTextContents()).toEqual([
      'controllers',
      'configs',
      'apps',
    ]);
    expect(await page.evaluate('location.hash')).toBe(`${hash}~Kustomization/flux-system/controllers`);
    await page.evaluate('location.hash = "#prod/HelmRelease/shop/shop"');
    await page.locator('#details h2', { hasText: 'shop' }).waitFor();
    await page.getByText('Copy name').click();
    await page.getByText('Copied').waitFor();
  });

  works('is light or dark as the reader wants, and prints what it shows', async () => {
    const page = await open(pictureOf(shop), { width: 390 });
    const paper = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    await page.click('#theme');
    expect(await paper()).toBe(light);
    await page.click('#theme');
    expect(await paper()).toBe('rgb(14, 18, 24)');
    expect(await overlaps(page)).toEqual([]);
    await keep(page, 'narrow-dark');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await paper()).toBe(light);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(5000);
  });

  works('lists the objects where scripts may not run', async () => {
    const page = await open(pictureOf(shop), { scripts: false });
    expect(await page.locator('#outline li:visible').count()).toBe(8);
    await keep(page, 'without-scripts');
  });

  works('draws SVG files that a browser reads, in dark mode too', async () => {
    const page = await opener.open(renderPicture(pictureOf(shop), 'svg'), { dark: true }, 'graph.svg');
    expect(await page.evaluate('document.documentElement.nodeName')).toBe('svg');
    expect(await page.evaluate('getComputedStyle(document.querySelector(".paper")).fill')).toBe(
      'rgb(14, 18, 24)',
    );
    await keep(page, 'svg-dark');
  });

  works('says nothing on the console, and asks for nothing but itself', async () => {
    expect(opener.problems).toEqual([]);
    expect(opener.requests.length).toBeGreaterThan(0);
    expect(opener.requests.filter((url) => !url.startsWith('file:') && url !== 'data:,')).toEqual([]);
  });
});
