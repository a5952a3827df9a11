import type { PageChange, PageData, PageFinding, PageNode } from '../page-data';
import { button, byId, make } from './elements';
import type { Needs } from './relations';

/** More entries than this are folded away. */
const UNFOLDED = 12;

/** The panel at the side: an object with all that is known of it, or the list of findings and changes. */
export class Details {
  private readonly panel = byId('details');

  /**
   * @param go - called with the node to go to
   * @param close - called when the reader closes the panel
   */
  constructor(
    private readonly data: PageData,
    private readonly needs: Needs,
    private readonly go: (node: number) => void,
    private readonly close: () => void,
  ) {}

  /** Shows a node. */
  showNode(index: number): void {
    const node = this.data.nodes[index] as PageNode;
    this.open(
      make('p', `kind-of ${typeClass(node)}`, node.kind),
      make('h2', '', node.name),
      factsOf(node),
      ...node.findings.map((finding) => findingBlock(this.data.findings[finding] as PageFinding)),
      ...this.data.changes.filter(({ nodes }) => nodes.includes(index)).map(changeBlock),
      this.links('Needs', this.needs.directlyBefore(index)),
      this.links('Needed by', this.needs.directlyAfter(index)),
      list('Applies', node.applies),
      node.yaml === ''
        ? ''
        : make('section', '', make('h3', '', 'YAML'), make('pre', '', ...coloured(node.yaml))),
    );
  }

  /** Shows all findings and changes. */
  showList(): void {
    const { nodes, findings, changes } = this.data;
    const owners = findings.map((_, finding) => nodes.findIndex((node) => node.findings.includes(finding)));
    const changed = nodes.flatMap(({ change }, index) => (change === '' ? [] : [index]));
    const blocks = findings.map((finding, index) => {
      const owner = owners[index] ?? -1;
      return owner < 0 ? findingBlock(finding) : button('entry', () => this.go(owner), findingBlock(finding));
    });
    this.open(
      make('h2', '', 'Findings and changes'),
      ...(changes.length > 0 ? this.changes() : []),
      ...(blocks.length > 0 ? [make('section', '', make('h3', '', 'Findings'), ...blocks)] : []),
      ...(changes.length > 0 ? [] : [this.links('Changes', changed)]),
    );
  }

  /** The changes by their class; long lists are folded. */
  private changes(): HTMLElement[] {
    const { changes } = this.data;
    const names = [...new Set(changes.map(({ name }) => name))];
    return names.map((name) => {
      const blocks = changes
        .filter((change) => change.name === name)
        .map((change) => this.changeEntry(change));
      const items = blocks.map((block) => make('li', '', block));
      return folded(name, items);
    });
  }

  private changeEntry(change: PageChange): HTMLElement {
    const [node] = change.nodes;
    const block = changeBlock(change);
    return node === undefined ? block : button('entry', () => this.go(node), block);
  }

  /** Closes the panel. */
  hide(): void {
    this.panel.hidden = true;
  }

  private open(...children: readonly (Node | string)[]): void {
    const closing = button('close', this.close, '×');
    closing.setAttribute('aria-label', 'Close');
    this.panel.replaceChildren(closing, ...children);
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
  }

  private links(title: string, indexes: readonly number[]): Node | string {
    if (indexes.length === 0) return '';
    const items = indexes.map((index) => {
      const { kind, namespace, name, change } = this.data.nodes[index] as PageNode;
      const text = namespace === '' ? name : `${namespace}/${name}`;
      const about = make('small', '', change === '' ? kind : `${kind}, ${change}`);
      return make(
        'li',
        '',
        button('entry', () => this.go(index), text, about),
      );
    });
    return folded(title, items);
  }
}

function typeClass({ key }: PageNode): string {
  return [...byId<SVGGElement>(key).classList].find((name) => name !== 'node') ?? '';
}

function factsOf({
  cluster,
  namespace,
  layer,
  wave,
  place,
  appliedBy,
  state,
  change,
}: PageNode): HTMLElement {
  const facts = [
    ['Namespace', namespace],
    ['Cluster', cluster],
    ['Layer', layer],
    ['Wave', String(wave)],
    ['Applied by', appliedBy],
    ['File', place],
    ['State', state],
    ['Change', change],
  ] as const;
  const rows = facts.flatMap(([title, value]) =>
    value === '' ? [] : [make('dt', '', title), make('dd', '', value)],
  );
  return make('dl', '', ...rows);
}

function findingBlock({ severity, code, message, hint, where }: PageFinding): HTMLElement {
  const block = make('div', `finding ${severity}`, make('strong', '', code), make('span', '', message));
  if (where !== '') block.append(make('small', '', where));
  if (hint !== '') block.append(make('em', '', `fix: ${hint}`));
  return block;
}

function changeBlock({ severity, name, subject, lines }: PageChange): HTMLElement {
  const block = make('div', `finding change ${severity}`, make('strong', '', `${name}: ${subject}`));
  block.append(...lines.map((line) => make('span', '', line)));
  return block;
}

function list(title: string, texts: readonly string[]): Node | string {
  return texts.length === 0
    ? ''
    : folded(
        title,
        texts.map((text) => make('li', '', text)),
      );
}

function folded(title: string, items: readonly HTMLElement[]): HTMLElement {
  const details = make(
    'details',
    '',
    make('summary', '', `${title} (${items.length})`),
    make('ul', '', ...items),
  );
  details.open = items.length <= UNFOLDED;
  return details;
}

/** YAML with its keys and comments marked. */
function coloured(yaml: string): (Node | string)[] {
  return yaml.split(/(?<=\n)/).flatMap((line): (Node | string)[] => {
    const [, indent = '', key, rest = ''] = /^(\s*(?:- )*)([^\s:#'"][^:#]*:)(.*)$/s.exec(line) ?? [];
    return key === undefined ? [line] : [indent, make('b', '', key), rest];
  });
}
