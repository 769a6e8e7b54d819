import { describe, expect, test } from 'vitest';
import { isMac } from './mac.ts';
import type { Vars } from './schema.ts';
import { overlap, parseSubnet } from './subnet.ts';
import { drawVars, VariableError } from './vars.ts';

const vars: Vars = {
  size: { prefix: { from: 24, to: 28 } },
  left: { subnet: { of: '10.0.0.0/8', prefix: 'size' } },
  card: 'mac',
  port: { number: { from: 1, to: 8 } },
  who: { pick: ['a', 'b', 3] },
};
const draw = (seed: number, of: Vars = vars, recorded = {}) => drawVars(of, seed, 'lab', recorded).actual;
const seeds = Array.from({ length: 200 }, (_, index) => index);

describe('values from the seed', () => {
  test('are the same for the same seed and lab, and others for another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(8)).not.toEqual(draw(7));
    expect(drawVars(vars, 7, 'other', {}).actual).not.toEqual(draw(7));
  });

  test('do not change when a variable is added before or after them', () => {
    expect(draw(7, { first: 'mac', ...vars, last: { number: { from: 0, to: 9 } } })).toMatchObject(draw(7));
  });

  test('are in their ranges, and each of them comes', () => {
    const drawn = seeds.map((seed) => draw(seed));
    expect(new Set(drawn.map((it) => it.port))).toEqual(new Set(['1', '2', '3', '4', '5', '6', '7', '8']));
    expect(new Set(drawn.map((it) => it.who))).toEqual(new Set(['a', 'b', '3']));
    expect(new Set(drawn.map((it) => it.size))).toEqual(new Set(['24', '25', '26', '27', '28']));
    for (const it of drawn) expect(it.left?.endsWith(`/${it.size}`) && parseSubnet(it.left)).toBeTruthy();
  });

  test('MAC addresses are of one interface, locally administered, and never the same twice in a lab', () => {
    const many: Vars = Object.fromEntries(seeds.map((index) => [`card${index}`, 'mac']));
    const macs = Object.values(draw(1, many));
    expect(new Set(macs).size).toBe(seeds.length);
    for (const mac of macs) expect(isMac(mac) && Number.parseInt(mac.slice(0, 2), 16) % 4).toBe(2);
  });

  test('subnets keep away from those that they name, also where only one place is left', () => {
    const tight: Vars = {
      a: { subnet: { of: '10.0.0.0/22', prefix: 24 } },
      b: { subnet: { of: '10.0.0.0/22', prefix: 24, not: 'a' } },
      c: { subnet: { of: '10.0.0.0/22', prefix: 24, not: ['a', 'b'] } },
      d: { subnet: { of: '10.0.0.0/22', prefix: 24, not: ['a', 'b', 'c'] } },
    };
    for (const seed of seeds) expect(new Set(Object.values(draw(seed, tight))).size).toBe(4);
    const uneven: Vars = {
      wide: { subnet: { of: '10.0.0.0/20', prefix: 21 } },
      narrow: { subnet: { of: '10.0.0.0/20', prefix: 28, not: 'wide' } },
    };
    for (const seed of seeds) {
      const [wide, narrow] = Object.values(draw(seed, uneven)).map(parseSubnet);
      expect(wide && narrow && overlap(wide, narrow)).toBe(false);
    }
  });
});

test('recorded values are kept, those that do not fit any more and new ones are drawn', () => {
  const recorded = { left: '10.9.8.0/24', who: 'b', card: 'no MAC', gone: 'x' };
  const drawn = draw(7, vars, recorded);
  expect(drawn).toMatchObject({ left: '10.9.8.0/24', who: 'b', port: draw(7).port, card: draw(7).card });
  expect(drawn).not.toHaveProperty('gone');
});

test('what cannot be drawn says which variable it is', () => {
  const wrong: Vars = { net: { subnet: { of: '10.0.0.0/28', prefix: 24 } } };
  expect(() => draw(1, wrong)).toThrow(VariableError);
  expect(() => draw(1, wrong)).toThrow('a /24 network cannot fit in 10.0.0.0/28');
});
