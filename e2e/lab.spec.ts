import type { RunView } from '../electron/contract/models/run.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { LabPage } from './support/labPage.ts';
import { patchbayJson } from './support/patchbay.ts';
import { ask, screenOf, typeInto } from './support/terminal.ts';

test('switching from start to full score, with a wrong answer, a reload and a killed app on the way', async ({
  open,
  shell,
  stateDir,
}) => {
  test.setTimeout(300_000);
  let page = await open();
  await expect(page.locator('[data-lab="switching"]')).toBeVisible();
  await expectAccessible(page, 'the catalog');
  let lab = await LabPage.start(page, 'switching');
  const run = lab.run;
  await expectAccessible(page, 'the lab');

  await test.step('an info is read', async () => {
    await lab.question.getByRole('button', { name: /I have read this/ }).click();
    await expect.poll(async () => (await lab.states())[0]).toBe('passed');
  });

  await test.step('a wrong answer is not yet, the right one passes', async () => {
    await lab.goTo('The address of a card');
    const node =
      (await lab.question
        .getByText(/What is the MAC address of/)
        .locator('strong')
        .textContent()) ?? '';
    await lab.answer('02:00:00:00:00:01');
    await lab.expectVerdict('fail');
    await expectAccessible(page, 'a wrong answer');
    await lab.answer(await ask(page, node, 'cat /sys/class/net/eth0/address'));
    await lab.expectVerdict('pass');
  });

  await test.step('a reload in the middle: same run, same terminal with what was on its screen', async () => {
    await typeInto(page, 'oak', 'kept=before-the-reload; echo "it is $kept"');
    await expect.poll(() => screenOf(page, 'oak')).toContain('it is before-the-reload');
    await page.reload();
    lab = await LabPage.shown(page);
    expect(lab.run).toBe(run);
    await expect.poll(() => screenOf(page, 'oak')).toContain('it is before-the-reload');
    expect(await ask(page, 'oak', 'echo $kept')).toBe('before-the-reload');
  });

  await lab.goTo('The network of oak');
  await lab.answer(await ask(page, 'oak', "ip -4 route show dev eth0 | cut -d' ' -f1"));
  await lab.expectVerdict('pass');

  const before = await lab.states();
  await test.step('the app is killed and started again: same run, same answers, same shell', async () => {
    await shell.kill();
    page = await open();
    await page
      .getByRole('button', { name: /^Continue/ })
      .first()
      .click();
    lab = await LabPage.shown(page);
    expect(lab.run).toBe(run);
    expect(await lab.states()).toEqual(before);
    await lab.goTo('The network of oak');
    await expect(lab.question.getByRole('textbox')).toHaveValue(/^10\./);
    expect(await ask(page, 'oak', 'echo $kept')).toBe('before-the-reload');
  });

  await lab.goTo('To everybody at once');
  await lab.choose(await ask(page, 'oak', "ip -4 -o addr show eth0 | sed 's/.*brd \\([0-9.]*\\).*/\\1/'"));
  await lab.expectVerdict('pass');

  await test.step('tasks tick by themselves', async () => {
    await lab.goTo('A card that sleeps');
    await typeInto(page, 'elm', 'ip link set eth0 up');
    await lab.expectTicked('up');
    await lab.goTo('An address for elm');
    const address = (await lab.question.getByText(/^Give/).locator('code').first().textContent()) ?? '';
    const prefix = (await ask(page, 'oak', 'ip -4 -o addr show eth0 | grep -o /[0-9]*')).replace('/', '');
    await typeInto(page, 'elm', `ip addr add ${address}/${prefix} dev eth0`);
    await lab.expectTicked('there', 'prefix', 'reply');
  });

  const { nodes } = (await patchbayJson(stateDir, 'runs', run)) as RunView;
  expect(nodes.map((it) => it.name)).toEqual(['oak', 'elm', 'ash', 'sw']);

  await lab.goTo('What the switch has learned');
  const elmCard = await ask(page, 'elm', 'cat /sys/class/net/eth0/address');
  await lab.answer(
    await ask(page, 'sw', `bridge fdb show br br0 | grep -v permanent | grep ${elmCard} | cut -d' ' -f3`),
  );
  await lab.expectVerdict('pass');

  await lab.goTo('Same switch, no reply');
  await lab.choose('ash has no route to the network of oak: its own address belongs to another network');
  await lab.expectVerdict('pass');

  await lab.goTo('Bring ash into the network');
  const wanted = (await lab.question.getByText(/^Move/).locator('code').first().textContent()) ?? '';
  const length = await ask(page, 'oak', 'ip -4 -o addr show eth0 | grep -o /[0-9]*');
  await typeInto(page, 'ash', `ip -4 addr flush dev eth0; ip addr add ${wanted}${length} dev eth0`);
  await lab.expectTicked('there', 'gone', 'reply');

  await lab.goTo('From an IP address to a card');
  await lab.answer(
    await ask(page, 'oak', `ping -c1 -W2 ${wanted} >/dev/null; ip neigh show ${wanted} | cut -d' ' -f5`),
  );
  await lab.expectVerdict('pass');

  await test.step('full score', async () => {
    await expect.poll(async () => new Set(await lab.states())).toEqual(new Set(['passed']));
    const { score } = (await patchbayJson(stateDir, 'runs', run)) as RunView;
    expect(score.earned).toBe(score.max);
    expect(score.max).toBeGreaterThan(6);
    await expectAccessible(page, 'full score');
  });
});
