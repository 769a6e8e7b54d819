import { describe, expect, test } from 'vitest';
import { gradeChoice, type Option } from './choice.ts';
import { drawOptions } from './drawOptions.ts';
import { EnvironmentDouble } from './environmentDouble.ts';
import { choiceOf, LINKS, linksOf, lookAt } from './samples.ts';

const mac = (last: string) => `02:00:00:00:00:${last}`;
const shown = (...texts: string[]): Option[] => texts.map((text) => ({ text, mono: true }));
const environment = (eth0 = mac('0a')) =>
  new EnvironmentDouble({
    a: { tools: () => linksOf({ eth0 }) },
    b: { tools: { [LINKS]: linksOf({ eth0: mac('0b'), eth1: mac('0c') }) } },
    c: { tools: { [LINKS]: linksOf({ eth0: mac('0d'), eth1: mac('0e'), eth2: mac('0B') }) } },
  });
const live = choiceOf({ weight: 2 });

describe('drawing', () => {
  const drawn = async (seed: number, question = live) =>
    (await drawOptions(environment(), question, { lab: 'switching', seed })).map(({ text }) => text);

  test('the truth among as many as are asked for, all different', async () => {
    for (let seed = 0; seed < 50; seed++) {
      const texts = await drawn(seed);
      expect(texts).toHaveLength(3);
      expect(texts).toContain(mac('0a'));
      expect(new Set(texts.map((text) => text.toLowerCase())).size).toBe(3);
    }
  });
  test('the same seed offers the same, and seeds put the truth in every place', async () => {
    expect(await drawn(7)).toEqual(await drawn(7));
    const places = new Set(
      await Promise.all(Array.from({ length: 50 }, async (_, seed) => (await drawn(seed)).indexOf(mac('0a')))),
    );
    expect(places).toEqual(new Set([0, 1, 2]));
  });
  test('fewer when the environment holds fewer', async () => {
    const options = { ...live.options, count: 8 } as typeof live.options;
    expect(await drawn(1, choiceOf({ options }))).toHaveLength(5);
  });
  test('of several true values one is shown, and no other stands beside it as wrong', async () => {
    const truth = lookAt('interface', {}, 'address', 'c');
    const question = choiceOf({ options: { ...live.options, truth, count: 6 } as typeof live.options });
    for (let seed = 0; seed < 20; seed++) {
      const texts = await drawn(seed, question);
      expect(texts.filter((text) => [mac('0d'), mac('0e'), mac('0b'), mac('0B')].includes(text))).toHaveLength(1);
      expect(texts).toHaveLength(3);
    }
  });
  test('where many are asked for, all true ones and at least one wrong', async () => {
    const truth = lookAt('interface', {}, 'address', 'c');
    const texts = await drawn(
      3,
      choiceOf({ many: true, options: { ...live.options, truth, count: 3 } as typeof live.options }),
    );
    expect(texts).toHaveLength(4);
    expect(texts).toEqual(expect.arrayContaining([mac('0d'), mac('0e')]));
  });
  test('nothing true, nothing wrong, a stopped node: an error that says what to do', async () => {
    const alone = new EnvironmentDouble({ a: { tools: () => linksOf({ eth0: mac('0a') }) } });
    const gone = new EnvironmentDouble({ a: { tools: () => '[]' }, b: { tools: () => linksOf({ eth0: mac('0b') }) } });
    const stopped = environment();
    stopped.stopped.add('c');
    for (const of of [alone, gone, stopped])
      await expect(drawOptions(of, live, { lab: 'x', seed: 1 })).rejects.toMatchObject({ hint: expect.any(String) });
  });
  test('prose in an order of the seed', async () => {
    const list = ['one', 'two', 'three'].map((text, index) => ({ text, right: index === 0 }));
    const texts = await drawn(5, choiceOf({ options: { from: 'prose', list } }));
    expect([...texts].sort()).toEqual(['one', 'three', 'two']);
  });
});

describe('judging', () => {
  const offered = shown(mac('0a'), mac('0b'), mac('0c'));
  const judge = (chosen: string[], question = live, of = environment(), options = offered) =>
    gradeChoice(of, question, options, chosen);

  test.each([[mac('0a')], [mac('0A')], ['02-00-00-00-00-0a']])('%s passes', async (text) =>
    expect(await judge([text])).toMatchObject({ kind: 'judged', outcome: { verdict: 'pass', earned: 2 } }),
  );
  test('another one fails', async () =>
    expect(await judge([mac('0b')])).toMatchObject({
      kind: 'judged',
      outcome: { verdict: 'fail', message: 'Not yet.' },
    }));
  test('none fails, kindly', async () =>
    expect(await judge([])).toMatchObject({
      kind: 'judged',
      outcome: { verdict: 'fail', message: 'Choose an option first.' },
    }));
  test('one that was not offered is bad input', async () =>
    expect(judge([mac('0e')])).rejects.toMatchObject({ code: 'bad-input', hint: expect.stringContaining(mac('0a')) }));
  test('two where one is asked is bad input', async () =>
    expect(judge([mac('0a'), mac('0b')])).rejects.toMatchObject({ code: 'bad-input' }));

  test('a truth that has moved out of the options is a redraw', async () =>
    expect(await judge([mac('0b')], live, environment('02:00:00:00:00:99'))).toEqual({ kind: 'redraw' }));
  test('a truth that has moved to another option is judged as it is now', async () =>
    expect(await judge([mac('0b')], live, environment(mac('0b')))).toMatchObject({ outcome: { verdict: 'pass' } }));

  test('many: all right ones and no other', async () => {
    const truth = lookAt('interface', {}, 'address', 'b');
    const question = choiceOf({ many: true, options: { ...live.options, truth } as typeof live.options });
    expect(await judge([mac('0b'), mac('0c')], question)).toMatchObject({ outcome: { verdict: 'pass' } });
    expect(await judge([mac('0b')], question)).toMatchObject({ outcome: { verdict: 'fail' } });
    expect(await judge([mac('0a'), mac('0b'), mac('0c')], question)).toMatchObject({ outcome: { verdict: 'fail' } });
    expect(await judge([mac('0b')], question, environment(), shown(mac('0a'), mac('0b')))).toEqual({ kind: 'redraw' });
  });

  test.each([
    ['stopped', (of: EnvironmentDouble) => of.stopped.add('a'), environment()],
    ['empty', () => undefined, new EnvironmentDouble({ a: { tools: () => '[]' } })],
    ['garbage', () => undefined, new EnvironmentDouble({ a: { tools: () => '?' } })],
  ])('%s: an error, never a fail', async (_, breakIt, of) => {
    breakIt(of);
    for (const text of [mac('0a'), mac('0b')])
      expect(await judge([text], live, of)).toMatchObject({ kind: 'judged', outcome: { verdict: 'error', earned: 0 } });
  });

  test('prose needs no environment', async () => {
    const list = [
      { text: 'It forwards within a network only', right: true },
      { text: 'It has no power', right: false },
    ];
    const prose = choiceOf({ options: { from: 'prose', list } });
    const options = list.map(({ text }) => ({ text, mono: false }));
    const none = new EnvironmentDouble({});
    expect(await judge([list[0]?.text ?? ''], prose, none, options)).toMatchObject({ outcome: { verdict: 'pass' } });
    expect(await judge([list[1]?.text ?? ''], prose, none, options)).toMatchObject({ outcome: { verdict: 'fail' } });
  });
});
