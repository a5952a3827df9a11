import { kustomizationChange } from '../../../lib/graph/post-build/kustomization-change';

const imagesOf = (images: readonly unknown[], added: readonly unknown[]) =>
  kustomizationChange({ images: added }, () => true)?.({ images }).images;

describe('images of a Kustomization', () => {
  it('change the first image of the name, and are added if there is none', () => {
    const images = [{ name: 'a', newTag: '1' }, { name: 'a' }, 'text'];
    expect(
      imagesOf(images, [
        { name: 'a', newName: 'x' },
        { name: 'b', newTag: '2' },
        { name: 'b', newTag: '3' },
      ]),
    ).toEqual([{ name: 'a', newTag: '1', newName: 'x' }, { name: 'a' }, 'text', { name: 'b', newTag: '3' }]);
  });

  it('are found without comparing each with each', () => {
    let reads = 0;
    const image = (index: number) => ({
      get name() {
        reads += 1;
        return `image-${index}`;
      },
      newTag: '1',
    });
    const list = Array.from({ length: 500 }, (_, index) => image(index));
    expect(imagesOf(list, [...list].reverse())).toHaveLength(500);
    expect(reads).toBeLessThan(10 * 500);
  });
});
