import type { Terminal as Screen } from '@xterm/headless';

/** Whether a mode that xterm does not tell is on, by its DEC private number. */
const TOLD_BY_NUMBER = [9, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004] as const;

/**
 * The modes of a headless screen as control sequences that bring a fresh one into the same state: what xterm tells, and what only passes
 * by as a sequence (cursor shown and its shape, scroll region, encoding of the mouse).
 */
export class ScreenModes {
  readonly #screen: Screen;
  readonly #on = new Set<number>();
  #cursorHidden = false;
  #cursorShape = 0;
  /** Rows from 1; null when it is the whole screen. */
  #region: { top: number; bottom: number } | null = null;

  constructor(screen: Screen) {
    this.#screen = screen;
    const { parser } = screen;
    // A handler that answers false leaves the sequence to xterm itself.
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => this.#set(params, true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => this.#set(params, false));
    parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, (params) => {
      this.#cursorShape = number(params[0]);
      return false;
    });
    parser.registerCsiHandler({ final: 'r' }, (params) => {
      const top = number(params[0]) || 1;
      const bottom = Math.min(number(params[1]) || screen.rows, screen.rows);
      this.#region = top === 1 && bottom === screen.rows ? null : { top, bottom };
      return false;
    });
    parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => {
      this.#cursorHidden = false;
      this.#region = null;
      return false;
    });
    parser.registerEscHandler({ final: 'c' }, () => {
      this.#on.clear();
      this.#cursorHidden = false;
      this.#cursorShape = 0;
      this.#region = null;
      return false;
    });
    // A changed height makes the region the whole screen again.
    screen.onResize(() => {
      this.#region = null;
    });
  }

  /** No scroll region is set. */
  get wholeScreen(): boolean {
    return this.#region === null;
  }

  /** Of the buffer that is shown now; which of the two that is, is not said. */
  sequences(): string {
    const { modes, buffer } = this.#screen;
    const cursor = buffer.active;
    const parts = [
      modes.applicationCursorKeysMode ? '\x1b[?1h' : '',
      modes.applicationKeypadMode ? '\x1b=' : '',
      modes.insertMode ? '\x1b[4h' : '',
      modes.reverseWraparoundMode ? '\x1b[?45h' : '',
      modes.wraparoundMode ? '' : '\x1b[?7l',
      ...TOLD_BY_NUMBER.map((mode) => (this.#on.has(mode) ? `\x1b[?${mode}h` : '')),
      this.#cursorShape === 0 ? '' : `\x1b[${this.#cursorShape} q`,
      this.#cursorHidden ? '\x1b[?25l' : '',
    ];
    // Both of these move the cursor home, so it is put back where it was.
    if (this.#region !== null || modes.originMode) {
      const top = this.#region?.top ?? 1;
      if (this.#region !== null) parts.push(`\x1b[${this.#region.top};${this.#region.bottom}r`);
      if (modes.originMode) parts.push('\x1b[?6h');
      const row = cursor.cursorY + 1 - (modes.originMode ? top - 1 : 0);
      parts.push(`\x1b[${row};${cursor.cursorX + 1}H`);
    }
    return parts.join('');
  }

  #set(params: readonly (number | number[])[], on: boolean): false {
    for (const param of params) {
      const mode = number(param);
      if (mode === 25) this.#cursorHidden = !on;
      else if (on) this.#on.add(mode);
      else this.#on.delete(mode);
    }
    return false;
  }
}

/** A sub-parameter list stands for its first number. */
const number = (param: number | number[] | undefined): number =>
  Array.isArray(param) ? (param[0] ?? 0) : (param ?? 0);
