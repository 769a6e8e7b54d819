import { expect, test } from 'vitest';
import { ExamClock } from './clock.ts';

const MINUTE = 60_000;

/** A machine whose two clocks a test moves. */
const machine = () => {
  const at = { wall: 1_000_000, monotonic: 5 };
  return {
    clock: new ExamClock({ now: () => at.wall, monotonic: () => at.monotonic }),
    pass: (ms: number) => {
      at.wall += ms;
      at.monotonic += ms;
    },
    sleep: (ms: number) => {
      at.wall += ms;
    },
    setBack: (ms: number) => {
      at.wall -= ms;
    },
    times: { beganAt: 1_000_000, length: 30 * MINUTE, credited: 0 },
  };
};

test('it stands until the exam begins, runs then, and stops at nothing', () => {
  const { clock, pass, times } = machine();
  expect(clock.left({ ...times, beganAt: null })).toBe(30 * MINUTE);
  pass(10 * MINUTE);
  expect(clock.left(times)).toBe(20 * MINUTE);
  pass(40 * MINUTE);
  expect(clock.left(times)).toBe(0);
});

test('a sleeping laptop costs time, a credit gives it back', () => {
  const { clock, sleep, times } = machine();
  clock.left(times);
  sleep(12 * MINUTE);
  expect(clock.left(times)).toBe(18 * MINUTE);
  expect(clock.left({ ...times, credited: 2 * MINUTE })).toBe(20 * MINUTE);
});

test('a wall clock that is turned back gives nothing away', () => {
  const { clock, pass, setBack, times } = machine();
  clock.left(times);
  pass(10 * MINUTE);
  setBack(60 * MINUTE);
  expect(clock.left(times)).toBe(20 * MINUTE);
});
