// The least that Electron can open: a window with a line of text. Held until Playwright is attached, exactly as our own program is
// (e2e/support/heldMain.cjs), or the two would not start from the same line.
const { dirname, join } = require('node:path');
const { app, BrowserWindow } = require('electron');

require(join(dirname(require.resolve('playwright-core/package.json')), 'lib', 'server', 'electron', 'loader.js'));

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 });
  void window.loadURL('data:text/html,<h1>bare</h1>');
});
app.on('window-all-closed', () => app.quit());
