import { join } from 'node:path';
import { cacheDir } from '../../resources/setup/paths.mjs';
import { runCompiled } from './compiledProgram.ts';

/** What the utility process starts with: the engine's program, without compiling it anew each time. */
runCompiled(join(__dirname, 'engine-process.cjs'), join(cacheDir(), 'compiled'));
