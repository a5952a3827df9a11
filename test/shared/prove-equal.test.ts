import fc from 'fast-check';
import { proveEqual } from '../../lib/shared/prove-equal';
import { shareTree } from '../../lib/shared/share-tree';
import { randomFleet } from './random-fleet';
import { renderedFleet, textsOf } from './rendered-fleet';

it('random fleets share files that build to the same objects, and always the same files', () => {
  fc.assert(
    fc.property(randomFleet, (clusters) => {
      const { tree, units } = renderedFleet(clusters);
      const shared = shareTree(tree, units);
      expect(shared.clashes).toEqual([]);
      expect(proveEqual(tree, shared).map(({ message }) => message)).toEqual([]);
      expect(textsOf(shareTree(tree, units).tree)).toEqual(textsOf(shared.tree));
    }),
    { numRuns: 60 },
  );
});
