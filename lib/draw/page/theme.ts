import { byId } from './elements';

const KEY = 'cdk8s-flux-theme';
const themes = ['auto', 'light', 'dark'] as const;

/** Lets the reader choose between light and dark; at first the page is as the system is. The choice is kept. */
export function startTheme(): void {
  const choice = byId<HTMLButtonElement>('theme');
  let theme: string = remembered();
  const apply = (): void => {
    document.documentElement.dataset['theme'] = theme;
    choice.textContent = { light: '☀', dark: '☾' }[theme] ?? '◐';
    choice.setAttribute('aria-label', `Colours: ${theme}`);
    choice.title = `Colours: ${theme}`;
  };
  choice.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme as 'auto') + 1) % themes.length] ?? 'auto';
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A page that may not store anything forgets the choice.
    }
    apply();
  });
  apply();
}

function remembered(): string {
  try {
    const kept = localStorage.getItem(KEY);
    return themes.find((theme) => theme === kept) ?? 'auto';
  } catch {
    return 'auto';
  }
}
