import type { RunView } from '../electron/contract/models/run.ts';
import { expect, test } from './support/fixtures.ts';
import { Keyboard } from './support/keyboard.ts';
import { LabPage } from './support/labPage.ts';
import { patchbayJson } from './support/patchbay.ts';

test('a whole lab without a mouse: from the catalog to full score, a hint and the end of the run', async ({
  open,
  stateDir,
}) => {
  test.setTimeout(300_000);
  const page = await open();
  const keys = new Keyboard(page);
  // Whatever a mouse does is an event that bears a pointer: there shall be none.
  await page.evaluate(() => {
    Reflect.set(window, 'mouseUsed', false);
    addEventListener('mousedown', () => Reflect.set(window, 'mouseUsed', true), { capture: true });
  });
  await expect(page.locator('[data-lab="switching"]')).toBeVisible();
  await keys.press('/');
  await keys.type('switch');
  await expect(page.locator('[data-lab="routing"]')).toHaveCount(0);
  await keys.press('Enter');
  const lab = await LabPage.shown(page);
  const next = async (title: string) => {
    await keys.press('Alt+ArrowDown');
    await expect(lab.question.getByRole('heading', { level: 2, name: title })).toBeVisible();
  };
  const [oak, elm, ash, sw] = ['oak', 'elm', 'ash', 'sw'].map((node, at) => ({
    ask: (command: string) => keys.ask(node, at + 1, command),
    run: (line: string) => keys.run(node, at + 1, line),
  })) as [Shell, Shell, Shell, Shell];
  const told = (within: RegExp, as: 'strong' | 'code') =>
    lab.question.getByText(within).locator(as).first().textContent();

  await keys.press('Control+Enter');
  await expect.poll(async () => (await lab.states())[0]).toBe('passed');

  await next('The address of a card');
  const node = await told(/What is the MAC address of/, 'strong');
  const card = { oak, elm, ash }[node as 'oak' | 'elm' | 'ash'];
  await keys.answer('02:00:00:00:00:01');
  await lab.expectVerdict('fail');
  await keys.answer(await card.ask('cat /sys/class/net/eth0/address'));
  await lab.expectVerdict('pass');

  await next('The network of oak');
  await keys.answer(await oak.ask("ip -4 route show dev eth0 | cut -d' ' -f1"));
  await lab.expectVerdict('pass');

  await next('To everybody at once');
  await keys.choose(await oak.ask("ip -4 -o addr show eth0 | sed 's/.*brd \\([0-9.]*\\).*/\\1/'"));
  await lab.expectVerdict('pass');

  await next('A card that sleeps');
  await test.step('a hint, and the solution after asking twice', async () => {
    const buttons = lab.question.getByRole('button');
    await keys.leaveTerminal();
    await keys.until('section[aria-label="Help"] button');
    await keys.press('Enter');
    await expect(lab.question.getByText(/Hint 1 of/)).toBeVisible();
    await keys.press('Tab', 'Enter');
    await expect(buttons.filter({ hasText: 'Press again' })).toBeFocused();
    // Esc takes the question back.
    await keys.press('Escape');
    await expect(buttons.filter({ hasText: 'Press again' })).toHaveCount(0);
    await keys.press('Enter', 'Enter');
    await expect(lab.question.getByRole('heading', { name: 'Solution' })).toBeVisible();
  });
  await elm.run('ip link set eth0 up');
  await lab.expectTicked('up');

  await next('An address for elm');
  const address = await told(/^Give/, 'code');
  const prefix = await oak.ask('ip -4 -o addr show eth0 | grep -o /[0-9]*');
  await elm.run(`ip addr add ${address}${prefix} dev eth0`);
  await lab.expectTicked('there', 'prefix', 'reply');

  await next('What the switch has learned');
  const elmCard = await elm.ask('cat /sys/class/net/eth0/address');
  await keys.answer(await sw.ask(`bridge fdb show br br0 | grep -v permanent | grep ${elmCard} | cut -d' ' -f3`));
  await lab.expectVerdict('pass');

  await next('Same switch, no reply');
  await keys.choose('ash has no route to the network of oak: its own address belongs to another network');
  await lab.expectVerdict('pass');

  await next('Bring ash into the network');
  const wanted = await told(/^Move/, 'code');
  await ash.run(`ip -4 addr flush dev eth0; ip addr add ${wanted}${prefix} dev eth0`);
  await lab.expectTicked('there', 'gone', 'reply');

  await next('From an IP address to a card');
  await keys.answer(await oak.ask(`ping -c1 -W2 ${wanted} >/dev/null; ip neigh show ${wanted} | cut -d' ' -f5`));
  await lab.expectVerdict('pass');

  await test.step('full score, and the end of the run', async () => {
    await expect.poll(async () => new Set(await lab.states())).toEqual(new Set(['passed']));
    const { score } = (await patchbayJson(stateDir, 'runs', lab.run)) as RunView;
    expect(score.earned).toBe(score.max);
    await keys.leaveTerminal();
    await keys.until('button', 'Shift+Tab', 'Finish');
    await keys.press('Enter', 'Enter');
    await expect(page.locator('[data-lab="switching"]')).toBeVisible();
    const { finishedAt } = (await patchbayJson(stateDir, 'runs', lab.run)) as RunView;
    expect(finishedAt).not.toBeNull();
    expect(await page.evaluate(() => Reflect.get(window, 'mouseUsed'))).toBe(false);
  });
});

interface Shell {
  ask(command: string): Promise<string>;
  run(line: string): Promise<void>;
}
