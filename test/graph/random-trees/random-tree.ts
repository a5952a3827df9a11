import type { PlainMap } from '../../../lib/plain/plain-data';
import { Dice } from './dice';
import { randomObject, type RandomObject } from './random-objects';
import { mergePatch, operations, replacementOf, selectorOf, transformer } from './random-changes';

/** Kustomizations by path, generated from a seed: a base, overlays, a component. The folder to build is `prod`. */
export function randomTree(seed: number): Readonly<Record<string, string>> {
  return new TreeMaker(new Dice(seed)).make();
}

const names = ['a', 'b', 'web'];

class TreeMaker {
  private readonly files: Record<string, string> = {};
  private readonly made: RandomObject[] = [];
  private readonly rate: number;

  constructor(private readonly dice: Dice) {
    this.rate = dice.pick([0.25, 0.4, 0.7]);
  }

  make(): Readonly<Record<string, string>> {
    const { dice } = this;
    this.folder('base', []);
    if (dice.chance(0.4)) this.folder('mid', ['../base']);
    const bases = [this.files['mid/kustomization.yaml'] === undefined ? '../base' : '../mid'];
    if (dice.chance(0.2)) {
      this.folder('other', []);
      bases.push('../other');
    }
    const components = dice.chance(0.3) ? this.component() : [];
    this.folder('prod', bases, components.length > 0 ? { components } : {});
    return this.files;
  }

  private component(): string[] {
    const resources = this.dice.chance(0.6) ? this.objects('part', 1) : [];
    const own = resources.length > 0 ? { resources } : { labels: [{ pairs: { c: 'c' } }] };
    const type = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
    this.write('part/kustomization.yaml', { ...type, ...own, ...this.fields() });
    return this.dice.chance(0.15) ? ['../part', '../part'] : ['../part'];
  }

  private folder(folder: string, bases: readonly string[], more: PlainMap = {}): void {
    const count = this.dice.below(4) + (bases.length === 0 ? 1 : 0);
    const resources = [...bases, ...this.objects(folder, count)];
    this.write(`${folder}/kustomization.yaml`, { ...more, resources, ...this.fields() });
  }

  private objects(folder: string, count: number): string[] {
    const paths = new Map<string, string>();
    for (let index = 0; index < count; index += 1) {
      const object = randomObject(this.dice, names);
      const key = `${object.kind}/${object.metadata.name}/${object.metadata.namespace ?? 'default'}`;
      if (paths.has(key)) continue;
      this.made.push(object);
      this.write(`${folder}/r${index}.yaml`, object);
      paths.set(key, `r${index}.yaml`);
    }
    return [...paths.values()];
  }

  private write(path: string, value: PlainMap): void {
    this.files[path] = `${JSON.stringify(value, undefined, 1)}\n`;
  }

  /** Some of the fields that change what a kustomization lists. */
  private fields(): PlainMap {
    const { dice } = this;
    const target = dice.pick(this.made);
    const makers: readonly [chance: number, make: () => PlainMap][] = [
      [0.3, () => ({ namespace: dice.pick(['x', 'n']) })],
      [0.25, () => ({ namePrefix: dice.pick(['p-', 'q-']) })],
      [0.15, () => ({ nameSuffix: '-s' })],
      [
        0.2,
        () => ({
          labels: [{ pairs: { l: 'm' }, ...dice.some({ includeSelectors: true, includeTemplates: true }) }],
        }),
      ],
      [0.1, () => ({ commonLabels: { common: 'c' } })],
      [0.15, () => ({ commonAnnotations: { noted: 'n' } })],
      [0.2, () => ({ images: [{ name: dice.pick(['nginx', 'app', 'n.inx']), ...dice.pick(versions) }] })],
      [0.1, () => ({ replicas: [{ name: dice.pick(names), count: dice.below(5) }] })],
      [0.4, () => ({ patches: this.patches(target) })],
      [0.25, () => ({ configMapGenerator: [this.generator()] })],
      [0.15, () => ({ secretGenerator: [{ name: dice.pick(names), literals: ['s=1'] }] })],
      [0.1, () => ({ generatorOptions: { annotations: { o: 'p' }, ...dice.some({ immutable: true }) } })],
      [0.15, () => ({ replacements: [replacementOf(dice, target, dice.pick(this.made), names)] })],
      [0.2, () => ({ transformers: [transformer(dice, target, names)] })],
      [0.1, () => ({ buildMetadata: ['originAnnotations'] })],
    ];
    const chosen = makers.filter(([chance]) => dice.chance(chance * this.rate));
    return Object.assign({}, ...chosen.map(([, make]) => make())) as PlainMap;
  }

  private patches(target: RandomObject): PlainMap[] {
    const { dice } = this;
    if (dice.chance(0.5))
      return [{ patch: JSON.stringify(operations(dice)), target: selectorOf(dice, target) }];
    const patch = JSON.stringify(mergePatch(dice, target, names));
    return [{ patch, ...(dice.chance(0.3) ? { target: selectorOf(dice, target) } : {}) }];
  }

  private generator(): PlainMap {
    const { dice } = this;
    const options = { options: { disableNameSuffixHash: true, labels: { made: 'y' } }, namespace: 'x' };
    const behavior = dice.chance(0.3) ? { behavior: dice.pick(['merge', 'replace', 'create']) } : {};
    return {
      name: dice.pick(names),
      literals: ['g=1', `h=${dice.below(9)}`],
      ...behavior,
      ...dice.some(options),
    };
  }
}

const versions: readonly PlainMap[] = [
  { newTag: '5' },
  { newName: 'other.io/x' },
  { digest: 'sha256:ff' },
  { newName: 'z', newTag: '1' },
  { tagSuffix: '-x' },
];
