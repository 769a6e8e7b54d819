import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { lateParts } from './lateParts.vite.mjs';

/** Left to `require` at run time: native code, and optional native parts that their packages look for in a try. */
const native = ['electron', 'node-pty', 'cpu-features', 'bufferutil', 'utf-8-validate', /\.node$/];
const builtin = builtinModules.flatMap((name) => [name, `node:${name}`]);

/**
 * One program as one CommonJS file. Not an ES module: ssh2 (below dockerode) needs __dirname, and a bundle loads in a third of the time.
 * @param {string} root
 * @param {{source: string, output: string}} program
 * @returns {import('vite').InlineConfig}
 */
export const programConfig = (root, { source, output }) => ({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [lateParts()],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(root, source),
    outDir: join(root, dirname(output)),
    emptyOutDir: false,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      external: [...builtin, ...native],
      platform: 'node',
      // `import()` of what stays outside becomes `require`: electron/shell/compiledProgram.ts says why.
      output: { format: 'cjs', entryFileNames: basename(output), codeSplitting: false, dynamicImportInCjs: false },
    },
  },
});
