import { expect, type Page } from '@playwright/test';

let asked = 0;

/** The pane of a node, with what is on its screen. */
export const paneOf = (page: Page, title: string) => page.getByRole('group', { name: `${title}, terminal` });

export const screenOf = (page: Page, title: string): Promise<string> =>
  paneOf(page, title)
    .locator('.xterm-rows > div')
    .evaluateAll((rows) => rows.map((it) => it.textContent).join('\n'));

/** Brings a node's terminal to the front and types a line into it. */
export async function typeInto(page: Page, node: string, line: string): Promise<void> {
  // Two terminals may share a tab, which then bears both names.
  await page.getByRole('tab', { name: new RegExp(`(^|\\+ )${node}( \\+|$)`) }).click();
  await paneOf(page, node).locator('.screen').click();
  // A shell that has not drawn its prompt may lose what is typed before it.
  await expect.poll(() => screenOf(page, node), { message: `a prompt on ${node}` }).toMatch(/[#$] ?/);
  await page.keyboard.type(`${line}\n`);
}

/** Types a command and reads from the screen what it prints, on one line. */
export async function ask(page: Page, node: string, command: string): Promise<string> {
  const mark = ++asked;
  // The shell calculates the mark, so what was typed is told from what was printed.
  await typeInto(page, node, `echo "<$((${mark}+0)):$(${command})>"`);
  const printed = new RegExp(`<${mark}:([^>]*)>`);
  await expect.poll(() => screenOf(page, node), { message: `${node}: ${command}` }).toMatch(printed);
  return printed.exec(await screenOf(page, node))?.[1]?.trim() ?? '';
}
