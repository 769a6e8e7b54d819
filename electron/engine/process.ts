import { stateDir } from '../../resources/setup/paths.mjs';
import { createEngine } from './engine.ts';
import { type ParentPort, runUtilityEngine } from './host/utilityEngine.ts';

/** The engine in Electron's utility process, which names its port to the main process `parentPort`. */
const parent: unknown = Reflect.get(process, 'parentPort');
if (!parent) throw new Error('This file is the desktop shell’s utility process. Elsewhere: patchbay engine');

// Ctrl-C in a terminal reaches every process of the app; the main process decides when the engine ends.
process.on('SIGINT', () => {});

const state = stateDir();
// Electron made it, and its documentation gives it this shape.
runUtilityEngine(parent as ParentPort, {
  stateDir: state,
  createEngine: () => createEngine({ stateDir: state }),
  grants: { hostTerminal: process.argv.includes('--host-terminal') },
  onStopped: () => process.exit(0),
});
