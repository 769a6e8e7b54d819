// The desktop shell's main program, held until Playwright is attached. Playwright does so itself only for the runtime that it
// finds alone; otherwise it may attach in the middle of a window's birth, and now and then waits for that window for ever.
const { dirname, join } = require('node:path');

require(join(dirname(require.resolve('playwright-core/package.json')), 'lib', 'server', 'electron', 'loader.js'));
require(join(__dirname, '..', '..', 'dist', 'electron', 'main.cjs'));
