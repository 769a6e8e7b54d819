import { expect, type Page } from '@playwright/test';
import { screenOf } from './terminal.ts';

/** Keys that lead from anywhere to anywhere on the page of a lab are fewer than this. */
const FAR = 60;

/** A learner without a mouse: every step is a key that is pressed, and what it reached is looked at. */
export class Keyboard {
  readonly page: Page;
  /** Nodes whose own tab is there. */
  readonly #opened = new Set<string>();
  #asked = 0;

  constructor(page: Page) {
    this.page = page;
  }

  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** Presses a key until what has the focus is this, and says this. */
  async until(selector: string, key = 'Tab', text?: string): Promise<void> {
    for (let pressed = 0; pressed < FAR; pressed++) {
      if (await this.#isOn(selector, text)) return;
      await this.press(key);
    }
    throw new Error(`${FAR} times ${key} did not reach ${selector} ${text ?? ''}`);
  }

  /** Out of the terminal, which keeps every other key, into the question. */
  leaveTerminal(): Promise<void> {
    return this.until('section[aria-label="Question"] *', 'F6');
  }

  /** A shell of the node's own tab: the first time a new one, afterwards the same. */
  async toShell(node: string, number: number): Promise<string> {
    // New tabs come last, behind the one that the page begins with.
    const tab = this.page.getByRole('tab', { name: new RegExp(`^${node}( 2)?$`) }).last();
    if (this.#opened.has(node)) {
      await this.leaveTerminal();
      await this.until('[role="tab"]');
      await this.press('Home');
      for (let at = 0; at < FAR && (await tab.getAttribute('aria-selected')) !== 'true'; at++)
        await this.press('ArrowRight');
      await this.press('Enter');
      await expect(this.page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
    } else {
      await this.press(`Control+Shift+Digit${number}`);
      this.#opened.add(node);
    }
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    // The shell tells its name, and with it the tab's, when it is there.
    const title = async () => ((await tab.textContent()) ?? '').trim();
    await expect.poll(async () => screenOf(this.page, await title())).toMatch(/[#$] ?/);
    return title();
  }

  async run(node: string, number: number, line: string): Promise<void> {
    await this.toShell(node, number);
    await this.type(`${line}\n`);
  }

  /** Types a command and reads from the screen what it prints, on one line. */
  async ask(node: string, number: number, command: string): Promise<string> {
    const title = await this.toShell(node, number);
    const mark = ++this.#asked;
    await this.type(`echo "<$((${mark}+0)):$(${command})>"\n`);
    const printed = new RegExp(`<${mark}:([^>]*)>`);
    await expect.poll(() => screenOf(this.page, title), { message: `${node}: ${command}` }).toMatch(printed);
    return printed.exec(await screenOf(this.page, title))?.[1]?.trim() ?? '';
  }

  /** Over what stood in the field before. */
  async answer(value: string): Promise<void> {
    await this.leaveTerminal();
    await this.until('[data-area-focus]');
    await this.press('Control+a');
    await this.type(`${value}\n`);
  }

  async choose(text: string): Promise<void> {
    await this.leaveTerminal();
    await this.until('input[type="radio"]');
    await this.press('Space');
    const wanted = this.page.getByRole('radio', { name: text, exact: true });
    for (let at = 0; at < FAR && !(await wanted.isChecked()); at++) await this.press('ArrowDown');
    await expect(wanted).toBeChecked();
    await this.press('Control+Enter');
  }

  #isOn(selector: string, text?: string): Promise<boolean> {
    return this.page.evaluate(
      ([wanted, words]) => {
        const on = document.activeElement;
        if (!on?.matches(wanted)) return false;
        return words === undefined || on.textContent?.trim() === words;
      },
      [selector, text] as const,
    );
  }
}
