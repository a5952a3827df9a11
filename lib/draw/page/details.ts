import type { PageData, PageEdge, PageFinding, PageNode } from '../page-data';
import { changeBlock, findingBlock, listOf, nodeEntry, yamlBlock } from './blocks';
import { copyButton } from './copy';
import { button, make } from './elements';
import type { Needs } from './relations';

/** The role of an object for the one that needs it, and what that one does with it. */
const relations: Readonly<Record<string, readonly [before: string, after: string]>> = {
  applies: ['applied by', 'applied by this'],
  makes: ['created by', 'created by this'],
  'depends-on': ['must be ready first', 'waits for this'],
  'health-check': ['health checked by', 'health checked by this'],
};

/** What the details let the reader do. */
export interface DetailActs {
  readonly go: (node: number) => void;
  /** Asks for the node at the other end of a way. */
  readonly pickWay: () => void;
  /** The address of the page as it is shown now. */
  readonly address: () => string;
}

/** An object with all that is known of it. */
export class Details {
  constructor(
    private readonly data: PageData,
    private readonly needs: Needs,
    private readonly inside: (node: number) => readonly number[],
    private readonly acts: DetailActs,
  ) {}

  /** The parts of the panel for a node. */
  of(index: number): (Node | string)[] {
    const node = this.data.nodes[index] as PageNode;
    const { go } = this.acts;
    const yaml = this.data.texts[node.yaml] ?? '';
    const applied = (this.data.texts[node.applies] ?? '').split('\n').filter(Boolean);
    return [
      make('p', `kind-of ${node.type}`, node.kind),
      make('h2', '', node.name),
      this.tools(node, yaml),
      this.facts(node),
      ...node.findings.map((finding) => findingBlock(this.data.findings[finding] as PageFinding)),
      ...this.data.changes.filter(({ nodes }) => nodes.includes(index)).map(changeBlock),
      listOf('Needs', this.related(this.needs.edgesBefore(index), 0)),
      listOf('Needed by', this.related(this.needs.edgesAfter(index), 1)),
      this.waiting(index),
      listOf('In other clusters', this.elsewhere(index)),
      listOf(
        'In its card',
        this.inside(index).map((inner) => nodeEntry(this.data, inner, go)),
        false,
      ),
      listOf('Applies', applied, false),
      yaml === '' ? '' : make('section', '', make('h3', '', 'YAML'), yamlBlock(yaml)),
    ];
  }

  /** The steps of a way, or that there is none. */
  ofWay(way: readonly number[], ends: readonly number[]): (Node | string)[] {
    const [one = '', other = ''] = ends.map((end) => this.data.nodes[end]?.name ?? '');
    const steps = way.map((node) => make('li', '', nodeEntry(this.data, node, this.acts.go)));
    return [
      make('h2', '', `From ${one} to ${other}`),
      way.length === 0
        ? make('p', '', `Neither depends on the other: Flux may apply them in any order.`)
        : make('p', '', 'Each step is needed by the next:'),
      make('ol', '', ...steps),
      make('p', 'tools', copyButton('Copy link', this.acts.address)),
    ];
  }

  private related(edges: readonly PageEdge[], end: 0 | 1): HTMLElement[] {
    const seen = new Set<string>();
    return edges.flatMap((edge) => {
      const other = end === 0 ? edge.tail : edge.head;
      const words = relations[edge.kind]?.[end] ?? edge.kind.replace(/-/g, ' ');
      const key = `${other} ${words}`;
      if (seen.size === seen.add(key).size) return [];
      return [nodeEntry(this.data, other, this.acts.go, { words })];
    });
  }

  /** Everything that Flux cannot start before this is ready. */
  private waiting(index: number): Node | string {
    const direct = new Set(this.needs.directlyAfter(index));
    const all = [...this.needs.of(index).downstream].filter((node) => !direct.has(node));
    all.sort((a, b) => (this.data.nodes[a]?.wave ?? 0) - (this.data.nodes[b]?.wave ?? 0));
    const entries = all.map((node) =>
      nodeEntry(this.data, node, this.acts.go, { words: `wave ${this.data.nodes[node]?.wave}` }),
    );
    return listOf('Needed indirectly by', entries, false);
  }

  /** The same object in other clusters. */
  private elsewhere(index: number): HTMLElement[] {
    const { id, version, cluster } = this.data.nodes[index] as PageNode;
    return this.data.nodes.flatMap((node, other) => {
      if (node.id !== id || other === index) return [];
      const words = node.version === version ? 'the same' : 'different';
      return [nodeEntry(this.data, other, this.acts.go, { words, cluster })];
    });
  }

  private tools({ kind, namespace, name }: PageNode, yaml: string): HTMLElement {
    const full = `${kind}/${namespace === '' ? '' : `${namespace}/`}${name}`;
    return make(
      'p',
      'tools',
      button('small', this.acts.pickWay, 'Path to…'),
      copyButton('Copy name', () => full),
      copyButton('Copy link', this.acts.address),
      ...(yaml === '' ? [] : [copyButton('Copy YAML', () => yaml)]),
    );
  }

  private facts(node: PageNode): HTMLElement {
    const { cluster, namespace, layer, wave, appliedBy, state, change, count } = node;
    const facts: readonly (readonly [string, Node | string])[] = [
      ['Namespace', namespace],
      ['Cluster', this.data.clusters[cluster]?.name ?? ''],
      ['Layer', layer],
      ['Wave', String(wave)],
      ['Applied by', appliedBy],
      ['Applies', count === 0 ? '' : `${count} object${count === 1 ? '' : 's'}`],
      ['File', this.file(node)],
      ['State', state],
      ['Change', change],
    ];
    const rows = facts.flatMap(([title, value]) =>
      value === '' ? [] : [make('dt', '', title), make('dd', '', value)],
    );
    return make('dl', '', ...rows);
  }

  /** The file, as a link if the page knows the path to it. */
  private file({ file, line, place, change }: PageNode): Node | string {
    if (file === '' || this.data.files === '' || change === 'removed') return place;
    const link = make('a', '', place);
    link.href =
      this.data.files + file.split('/').map(encodeURIComponent).join('/') + (line > 0 ? `#L${line}` : '');
    link.rel = 'noreferrer';
    link.target = '_blank';
    return link;
  }
}
