import { join } from 'node:path';
import { cacheDir, stateDir } from '../../resources/setup/paths.mjs';
import { Catalog } from './catalog/catalog.ts';
import { KeptLabs } from './catalog/keptLabs.ts';
import { createEngine } from './engine.ts';
import { type ParentPort, runUtilityEngine } from './host/utilityEngine.ts';
import { probes } from './probes/table.ts';
import { programHash } from './program.ts';
import { productRoot } from './root.ts';

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
// A page asks for the catalog first. Here its labs are read while the window still comes up, and then known.
const program = programHash();
const kept = program === null ? undefined : new KeptLabs(join(cacheDir(), 'labs'), program);
setImmediate(() => new Catalog([join(productRoot(), 'labs')], probes, kept).list());
