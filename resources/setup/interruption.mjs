// Ctrl-C at any point: children are ended, what is half-made is removed, and the exit code says which signal it was.
import { constants } from 'node:os';

/** @typedef {{pid: number, group: boolean, ended: Promise<void>}} Child */

/** @type {Set<Child>} */
const children = new Set();
/** @type {Set<() => void>} */
const leftovers = new Set();
let interrupted = false;

let farewell = '';

/** @param {string} text what an interruption means from here on; empty for nothing to say */
export const onInterruptionSay = (text) => {
  farewell = text && `\n${text}\n`;
};

export function watchForInterruption() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stop(signal));
}

export const wasInterrupted = () => interrupted;

/** @param {Child} child */
export function endOnInterruption(child) {
  children.add(child);
  child.ended.then(() => children.delete(child));
}

/**
 * @param {() => void} remove synchronous; called when the program is interrupted and not before
 * @returns {() => void} takes the promise back
 */
export function removeOnInterruption(remove) {
  leftovers.add(remove);
  return () => leftovers.delete(remove);
}

/** @param {'SIGINT' | 'SIGTERM' | 'SIGHUP'} signal */
async function stop(signal) {
  const code = 128 + constants.signals[signal];
  if (interrupted) {
    for (const child of children) send(child, 'SIGKILL');
    process.exit(code);
  }
  interrupted = true;
  process.stderr.write(farewell);
  const ended = Promise.all([...children].map((child) => child.ended));
  // A child in the terminal's own group has had Ctrl-C itself and may be on its way out: it is asked again only if it stays.
  for (const child of children) if (child.group) send(child, 'SIGTERM');
  await Promise.race([ended, delay(signal === 'SIGINT' ? 700 : 0)]);
  for (const child of children) send(child, 'SIGTERM');
  await Promise.race([ended, delay(4000)]);
  for (const child of children) send(child, 'SIGKILL');
  for (const remove of leftovers) remove();
  process.exit(code);
}

/**
 * @param {Child} child
 * @param {NodeJS.Signals} signal
 */
function send({ pid, group }, signal) {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {
    // It is gone already.
  }
}

/** @param {number} ms */
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
