/** The element of an id, which the page always has. */
export function byId<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element ${id}`);
  return found as Element as T;
}

/** A new element with a class, and with texts or elements in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(
  className: string,
  act: () => void,
  ...children: readonly (Node | string)[]
): HTMLButtonElement {
  const made = make('button', className, ...children);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

/** A new element of a drawing. */
export function makeShape(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Puts an element where it belongs. */
export function place(
  element: HTMLElement | SVGElement,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  element.style.left = `${box.x}px`;
  element.style.top = `${box.y}px`;
  element.style.width = `${box.width}px`;
  element.style.height = `${box.height}px`;
}

/** `1 finding`, `2 findings`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
