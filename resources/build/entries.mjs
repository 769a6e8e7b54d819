// What is built from what. All paths are relative to the repository's root.

/** Programs that run in Node or Electron: one CommonJS file each. */
export const programs = [
  { source: 'electron/cli/patchbay.ts', output: 'dist/cli/patchbay.cjs' },
  { source: 'electron/main.ts', output: 'dist/electron/main.cjs' },
  { source: 'electron/preload.ts', output: 'dist/electron/preload.cjs' },
  { source: 'electron/engine/process.ts', output: 'dist/electron/engine-process.cjs' },
  { source: 'electron/shell/engineStart.ts', output: 'dist/electron/engine-start.cjs' },
];

export const page = { source: 'renderer/index.html', output: 'dist/page' };

/** Everything that the outputs depend on. */
export const sources = [
  'electron',
  'renderer',
  'resources/build',
  'resources/setup',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

export const stampFile = 'dist/.built';
