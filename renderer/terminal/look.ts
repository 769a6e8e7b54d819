import type { ITheme } from '@xterm/xterm';

const ansi = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The terminal's colours, from the page's tokens as they are now. */
export function colours(element: Element): ITheme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim() || '#808080';
  const theme: ITheme = {
    background: token('term-bg'),
    foreground: token('term-fg'),
    cursor: token('accent'),
    cursorAccent: token('term-bg'),
    selectionBackground: token('term-sel'),
    scrollbarSliderBackground: `${token('line-control')}66`,
    scrollbarSliderHoverBackground: `${token('line-control')}99`,
    scrollbarSliderActiveBackground: `${token('line-control')}cc`,
    overviewRulerBorder: token('term-bg'),
  };
  for (const name of ansi) {
    theme[name] = token(`ansi-${name}`);
    theme[`bright${name.charAt(0).toUpperCase()}${name.slice(1)}` as 'brightRed'] = token(`ansi-${name}`);
  }
  theme.brightBlack = token('term-dim');
  return theme;
}

export const smallest = 10;
export const largest = 24;
export const usual = 12.5;
