import { join } from 'node:path';
import { buildPicture } from '../../lib/draw/build-picture';
import { renderPicture } from '../../lib/draw/render-picture';
import { buildGraph } from '../../lib/graph/build-graph';
import { loadTree } from '../../lib/tree/load-tree';
import { build } from '../tools/built';
import { itWith, skipped } from '../tools/find-tool';
import { repositories, repositoryNames } from '../tools/repositories';
import { appsPicture } from './large';
import { CHROMIUM, keep, overlaps, PageOpener, usableAfter } from './open-page';

beforeAll(build, 120_000);

const opener = new PageOpener();
afterAll(() => opener.close());

const works = (name: string, run: () => Promise<void>): void =>
  itWith('chromium', CHROMIUM !== undefined, name, run, 120_000);

describe.each([
  [300, { apps: 75, layers: 6, waves: 5 }, 1500],
  [2000, { apps: 500, layers: 20, waves: 8 }, 4000],
])('a page with %d objects', (count, shape, limit) => {
  const html = renderPicture(appsPicture(shape), 'html');

  works('can soon be used, and its first view fits', async () => {
    const page = await opener.open(html);
    expect(await usableAfter(page)).toBeLessThan(limit);
    expect(
      Number(/\d+/.exec((await page.locator('#status').textContent()) ?? '')?.[0]),
    ).toBeGreaterThanOrEqual(count);
    expect(
      await page.evaluate(
        '(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.getElementById("window"))',
      ),
    ).toBeLessThan(9);
    expect(await overlaps(page)).toEqual([]);
    await keep(page, `apps-${count}-light`);
  });

  works('has no text on another, also with everything open, on any screen', async () => {
    for (const [name, width, dark] of [
      ['wide', 2200, true],
      ['narrow', 380, false],
    ] as const) {
      const page = await opener.open(html, { width, dark });
      expect(await overlaps(page)).toEqual([]);
      await keep(page, `apps-${count}-${name}`);
      await page.evaluate('document.getElementById("open-all").click()');
      expect(await page.locator('.card').count()).toBeGreaterThanOrEqual(count);
      expect(await overlaps(page)).toEqual([]);
      await keep(page, `apps-${count}-${name}-open`);
      await page.close();
    }
  });
});

if (!repositories) skipped('real repositories have pages', 'FLUX_REPOS is not set');
else
  describe.each(repositoryNames)('the page of the real repository %s', (name) => {
    works('has no text on another', async () => {
      const picture = buildPicture(buildGraph(loadTree(join(repositories as string, name)).tree));
      const page = await opener.open(renderPicture(picture, 'html'), { width: 1440, height: 900 });
      await keep(page, `${name}-light`);
      if (picture.clusters.length > 1) await page.locator('.cluster-card').first().click();
      expect(await overlaps(page)).toEqual([]);
      await keep(page, `${name}-cluster`);
      await page.close();
    });
  });
