import { button } from './elements';

/** A button that copies a text, and says that it did. */
export function copyButton(words: string, text: () => string): HTMLButtonElement {
  const made = button('small', () => void copy(text()).then((done) => say(made, words, done)), words);
  return made;
}

function say(element: HTMLElement, words: string, done: boolean): void {
  element.textContent = done ? 'Copied' : 'Not allowed';
  setTimeout(() => (element.textContent = words), 1500);
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/** Without the permission for the clipboard, browsers can still copy the selection. */
function copyOldWay(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'offscreen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
