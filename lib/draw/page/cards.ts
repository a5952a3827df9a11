import { countKinds } from '../count-kinds';
import type { PageData, PageNode } from '../page-data';

/** This many objects of a kind inside a Kustomization are shown one by one; more become a stack. */
const UNSTACKED = 3;
/** Types of objects that repeat from app to app, so that they may be folded. */
const STACKED: ReadonlySet<string> = new Set(['source', 'notification', 'config', 'object', 'image']);

/** `layer-10` comes after `layer-9`. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** What the board shows: an object, a stack of objects of one kind, or a group of Kustomizations of one layer. */
export interface Card {
  /** Tells the card apart: `n7` for an object, `s7-Alert` for a stack, `g0-2-apps` for a group. */
  readonly key: string;
  readonly type: 'object' | 'stack' | 'group';
  /** The object itself, or the first of those for which the card stands. */
  readonly node: number;
  /** All objects for which the card stands, itself and those folded in it. */
  readonly stands: readonly number[];
  readonly title: string;
  /** The second line: what is in it. */
  readonly about: string;
  /** Whether there is anything to open. */
  readonly opens: boolean;
  readonly isOpen: boolean;
  /** Whether it is shown for the sake of what is in it only. */
  readonly isContext: boolean;
  /** What an open card shows. */
  readonly items: readonly Card[];
}

/** The cards of a layer in a wave. */
export interface Group {
  readonly key: string;
  readonly layer: string;
  readonly cards: readonly Card[];
}

/** A wave. */
export interface Band {
  readonly wave: number;
  readonly groups: readonly Group[];
}

/** What is open, and which objects the filters let be seen. */
export interface Shown {
  readonly open: ReadonlySet<string>;
  readonly keeps?: (node: number) => boolean;
}

/** Makes the cards of a cluster. */
export class Cards {
  private readonly contents = new Map<number, number[]>();

  constructor(private readonly data: PageData) {
    data.nodes.forEach(({ holder }, index) => {
      if (holder >= 0) pushTo(this.contents, holder, index);
    });
  }

  /** The objects that an object's card holds. */
  inside(node: number): readonly number[] {
    return this.contents.get(node) ?? [];
  }

  /** The waves of a cluster with the cards in them. Without filters, all that is not open is folded. */
  bands(cluster: number, shown: Shown): Band[] {
    const waves = new Map<number, Map<string, number[]>>();
    this.data.nodes.forEach(({ cluster: own, holder, wave, layer }, index) => {
      if (own !== cluster || holder >= 0 || !this.isKept(index, shown)) return;
      const layers = waves.get(wave) ?? new Map<string, number[]>();
      waves.set(wave, layers);
      pushTo(layers, layer, index);
    });
    return [...waves]
      .sort(([a], [b]) => a - b)
      .map(([wave, layers]) => ({
        wave,
        groups: [...layers]
          .sort(([a], [b]) => byNumber.compare(a, b))
          .map(([layer, nodes]) => this.group(`g${cluster}-${wave}-${layer}`, layer, nodes, shown)),
      }));
  }

  private group(key: string, layer: string, nodes: readonly number[], shown: Shown): Group {
    if (nodes.length > 1 && !shown.open.has(key) && !shown.keeps)
      return { key, layer, cards: [this.folded(key, 'group', layer || 'without a layer', nodes)] };
    return { key, layer, cards: nodes.map((node) => this.card(node, shown)) };
  }

  private card(index: number, shown: Shown): Card {
    const node = this.node(index);
    const all = this.inside(index);
    const isMatch = shown.keeps?.(index) ?? true;
    const inside = shown.keeps && !isMatch ? all.filter(shown.keeps) : all;
    const isOpen = inside.length > 0 && (shown.open.has(`n${index}`) || !isMatch);
    return {
      key: `n${index}`,
      type: 'object',
      node: index,
      stands: [index, ...all],
      title: node.name,
      about: aboutOf(node, this.counts(all)),
      opens: all.length > 0,
      isOpen,
      isContext: !isMatch,
      items: isOpen ? this.items(index, inside, shown) : [],
    };
  }

  private items(holder: number, inside: readonly number[], shown: Shown): Card[] {
    const kinds = new Map<string, number[]>();
    for (const node of inside) pushTo(kinds, this.node(node).kind, node);
    return [...kinds].flatMap(([kind, nodes]) => {
      const single = nodes.map((node) => this.item(node));
      if (nodes.length <= UNSTACKED || !STACKED.has(this.node(nodes[0] ?? 0).type)) return single;
      const stack = this.folded(`s${holder}-${kind}`, 'stack', kind, nodes);
      return shown.open.has(stack.key) ? [{ ...stack, isOpen: true, stands: [] }, ...single] : [stack];
    });
  }

  private item(index: number): Card {
    const { name, kind } = this.node(index);
    const rest = { opens: false, isOpen: false, isContext: false, items: [] };
    return {
      key: `n${index}`,
      type: 'object',
      node: index,
      stands: [index],
      title: name,
      about: kind,
      ...rest,
    };
  }

  private folded(key: string, type: 'stack' | 'group', title: string, nodes: readonly number[]): Card {
    const stands = nodes.flatMap((node) => [node, ...this.inside(node)]);
    const about = type === 'stack' ? String(nodes.length) : this.counts(nodes);
    const rest = { opens: true, isOpen: false, isContext: false, items: [] };
    return { key, type, node: nodes[0] ?? 0, stands, title, about, ...rest };
  }

  private counts(nodes: readonly number[]): string {
    return countKinds(nodes.map((node) => this.node(node).kind));
  }

  private isKept(index: number, { keeps }: Shown): boolean {
    return !keeps || keeps(index) || this.inside(index).some(keeps);
  }

  private node(index: number): PageNode {
    return this.data.nodes[index] as PageNode;
  }
}

function aboutOf({ type, kind, trouble, state, count }: PageNode, counts: string): string {
  if (trouble !== '') return type === 'kustomization' ? state : `${kind}, ${state}`;
  if (type !== 'kustomization') return kind;
  const objects = count === 0 ? '' : count === 1 ? '1 object' : `${count} objects`;
  return [objects, counts].filter(Boolean).join(': ') || kind;
}

function pushTo<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
