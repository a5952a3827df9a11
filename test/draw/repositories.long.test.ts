import { join } from 'node:path';
import { buildPicture } from '../../lib/draw/build-picture';
import { pictureFormats, renderPicture } from '../../lib/draw/render-picture';
import { buildGraph } from '../../lib/graph/build-graph';
import { loadTree } from '../../lib/tree/load-tree';
import { build } from '../tools/built';
import { skipped } from '../tools/find-tool';
import { repositories, repositoryNames } from '../tools/repositories';

if (!repositories) {
  skipped('real repositories have pictures', 'FLUX_REPOS is not set');
} else {
  beforeAll(build, 120_000);

  describe.each(repositoryNames)('the real repository %s', (name) => {
    const picture = buildPicture(buildGraph(loadTree(join(repositories as string, name)).tree));

    it.each(pictureFormats)(
      'has a picture as %s',
      (format) => {
        const text = renderPicture(picture, format);
        expect(text.endsWith('\n')).toBe(true);
        for (const { name: cluster } of picture.clusters)
          if (format !== 'mermaid') expect(text).toContain(cluster);
      },
      60_000,
    );

    it('has a Mermaid chart within the limits of GitHub', () => {
      const text = renderPicture(picture, 'mermaid');
      expect(text.length).toBeLessThanOrEqual(50_000);
      expect(text.match(/ (-->|==>|-\.->) /g)?.length ?? 0).toBeLessThanOrEqual(500);
    });

    it('shows every object of the graph once', () => {
      for (const { nodes, edges } of picture.clusters) {
        const ids = new Set(nodes.map(({ id }) => id));
        expect(ids.size).toBe(nodes.length);
        expect(edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
      }
    });
  });
}
