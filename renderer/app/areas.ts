/** Moves the focus to the next part of the page that is marked with `data-area`, as F6 does; round after the last. */
export function nextArea(page: Document): void {
  const areas = [...page.querySelectorAll<HTMLElement>('[data-area]')].filter((it) => it.offsetParent !== null);
  const here = areas.findIndex((it) => it.contains(page.activeElement));
  const next = areas[(here + 1) % areas.length];
  const inside = next?.querySelector<HTMLElement>(
    '[data-area-focus], .xterm-helper-textarea, [aria-current], input, button',
  );
  inside?.focus();
}
