// Steps that take a while, a line each: redrawn in place on a terminal, plain lines elsewhere.

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} title
 * @property {'waiting' | 'running' | 'done' | 'failed'} state
 * @property {number | null} [seconds] that it took, or takes so far
 * @property {number | null} [usual] seconds that it usually takes
 * @property {string | null} [detail]
 */

const marks = { waiting: ' ', running: '·', done: '✓', failed: '✗' };

/**
 * @param {Step} step
 * @param {number} [columns]
 */
export function stepLine(step, columns = Number.POSITIVE_INFINITY) {
  const parts = [duration(step.seconds ?? 0)];
  if (step.state === 'running' && step.usual) parts.push(`usually ${duration(step.usual)}`);
  if (step.state !== 'done' && step.detail) parts.push(step.detail);
  const text =
    `${marks[step.state]} ${step.title.padEnd(34)} ${step.state === 'waiting' ? '' : parts.join(', ')}`.trimEnd();
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text;
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** @typedef {ReturnType<typeof showProgress>} Progress */

/**
 * @param {{write: (text: string) => unknown, isTTY?: boolean, columns?: number}} stream
 * @param {() => number} [now] milliseconds
 */
export function showProgress(stream, now = Date.now) {
  /** @type {Map<string, {step: Step, at: number}>} */
  const steps = new Map();
  const draw = stream.isTTY ? inPlace(stream) : lineByLine(stream);
  const current = () =>
    [...steps.values()].map(({ step, at }) =>
      step.state === 'running' ? { ...step, seconds: (step.seconds ?? 0) + (now() - at) / 1000 } : step,
    );
  // A line that shows time has to go on while nothing happens; in a log every now and then is enough.
  setInterval(() => draw(current()), stream.isTTY ? 250 : 15_000).unref();
  return {
    /** @param {Step} step a new one, or a new state of one shown before */
    show(step) {
      steps.set(step.id, { step, at: now() });
      draw(current(), step);
    },
    /** What is shown stays; what comes next starts below it. To be called before anything else is printed. */
    end() {
      steps.clear();
      draw([]);
    },
  };
}

/**
 * @param {{write: (text: string) => unknown, columns?: number}} stream
 * @returns {(steps: Step[], changed?: Step) => void}
 */
function inPlace(stream) {
  let drawn = 0;
  return (steps) => {
    const up = drawn ? `\x1b[${drawn}A` : '';
    // One write a frame, and each line cleared as it is replaced: nothing flickers.
    stream.write(up + steps.map((step) => `\x1b[2K${stepLine(step, (stream.columns ?? 80) - 1)}\n`).join(''));
    drawn = steps.length;
  };
}

/**
 * @param {{write: (text: string) => unknown}} stream
 * @returns {(steps: Step[], changed?: Step) => void}
 */
function lineByLine(stream) {
  /** @type {Map<string, string>} */
  const said = new Map();
  return (steps, changed) => {
    for (const step of steps) {
      const stays = said.get(step.id) === step.state;
      // A change of detail is too much for a log; that a step still runs is worth a line now and then.
      if (step.state === 'waiting' || (stays && (changed || step.state !== 'running'))) continue;
      said.set(step.id, step.state);
      stream.write(`${stepLine(step)}\n`);
    }
  };
}

/**
 * Runs one step of the set-up itself, with its line.
 * @template T
 * @param {Progress} progress
 * @param {{id: string, title: string, usual: number}} about
 * @param {(detail: (text: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(progress, about, work) {
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  progress.show({ ...about, state: 'running', seconds: 0 });
  try {
    const result = await work((detail) => progress.show({ ...about, state: 'running', seconds: seconds(), detail }));
    progress.show({ ...about, state: 'done', seconds: seconds() });
    return result;
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0]?.replace(/:$/, '') : null;
    progress.show({ ...about, state: 'failed', seconds: seconds(), detail });
    throw error;
  }
}
