import { bindings, type Focus, type Press, type ShortcutId } from './bindings.ts';

export type Actions = Partial<Record<ShortcutId, (press: Press) => void>>;

/** Which keys do what just now. The page that was shown last is asked first. */
export class Shortcuts {
  readonly #stack: Actions[] = [];

  /** Returns the function that takes the actions away again. */
  use(actions: Actions): () => void {
    this.#stack.push(actions);
    return () => {
      const at = this.#stack.indexOf(actions);
      if (at >= 0) this.#stack.splice(at, 1);
    };
  }

  /** Listens before everything else, so that a focused terminal never sees a key that is the page's. */
  listen(target: Window): () => void {
    const onKey = (event: KeyboardEvent) => {
      if (!this.press(pressOf(event), focusOf(event.target))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    target.addEventListener('keydown', onKey, { capture: true });
    return () => target.removeEventListener('keydown', onKey, { capture: true });
  }

  /** True when the key was the page's. */
  press(press: Press, focus: Focus): boolean {
    for (const binding of bindings) {
      if (!binding.works.includes(focus) || !binding.matches(press)) continue;
      const action = this.#stack.findLast((it) => it[binding.id])?.[binding.id];
      if (!action) continue;
      action(press);
      return true;
    }
    return false;
  }
}

const isMac = navigator.platform.startsWith('Mac');

const pressOf = (event: KeyboardEvent): Press => ({
  key: event.key,
  code: event.code,
  ctrl: isMac ? event.metaKey : event.ctrlKey,
  shift: event.shiftKey,
  alt: event.altKey,
});

/** An open dialog counts as a field: single letters do nothing behind it. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('[data-terminal]')) return 'terminal';
  return target.closest('input:not([type=radio], [type=checkbox]), textarea, dialog') ? 'field' : 'page';
}
