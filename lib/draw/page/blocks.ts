import type { PageChange, PageData, PageFinding, PageNode } from '../page-data';
import { button, make } from './elements';

/** Lists with more entries than this are folded. */
const UNFOLDED = 12;

/** A finding as a block. */
export function findingBlock({ severity, code, message, hint, where }: PageFinding): HTMLElement {
  const head = make('span', 'head', make('b', '', severity), make('strong', '', code));
  const block = make('span', `finding ${severity}`, head, make('span', '', message));
  if (where !== '') block.append(make('small', '', where));
  if (hint !== '') block.append(make('em', '', `fix: ${hint}`));
  return block;
}

/** One thing that a change does, as a block. */
export function changeBlock({ severity, name, subject, lines }: PageChange): HTMLElement {
  const block = make('span', `finding change ${severity}`, make('strong', '', `${name}: ${subject}`));
  block.append(...lines.map((line) => make('span', '', line)));
  return block;
}

/** A button that leads to a node. */
export function nodeEntry(
  { nodes, clusters }: PageData,
  index: number,
  go: (node: number) => void,
  { words, cluster }: { readonly words?: string; readonly cluster?: number } = {},
): HTMLElement {
  const { kind, namespace, name, change, cluster: own } = nodes[index] as PageNode;
  const place = cluster === undefined || cluster === own ? '' : (clusters[own]?.name ?? '');
  const about = [words, kind, namespace, place, change].filter(Boolean).join(' · ');
  return button('entry', () => go(index), make('span', '', name), make('small', '', about));
}

/** A titled list that is folded where it is long; nothing where it is empty. */
export function listOf(title: string, items: readonly (Node | string)[], isOpen?: boolean): Node | string {
  if (items.length === 0) return '';
  const rows = items.map((item) => make('li', '', item));
  const details = make(
    'details',
    '',
    make('summary', '', `${title} (${items.length})`),
    make('ul', '', ...rows),
  );
  details.open = isOpen ?? items.length <= UNFOLDED;
  return details;
}

/** YAML with its keys marked. */
export function yamlBlock(yaml: string): HTMLElement {
  const parts = yaml.split(/(?<=\n)/).flatMap((line): (Node | string)[] => {
    const [, indent = '', key, rest = ''] = /^(\s*(?:- )*)([^\s:#'"][^:#]*:)(.*)$/s.exec(line) ?? [];
    return key === undefined ? [line] : [indent, make('b', '', key), rest];
  });
  const block = make('pre', '', ...parts);
  block.tabIndex = 0;
  block.setAttribute('aria-label', 'YAML');
  return block;
}
