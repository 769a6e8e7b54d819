import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { PAGE } from './pageAddress.ts';
import { readPlacement, SMALLEST, writePlacement } from './windowPlacement.ts';

/** The one window. Place and size are remembered. */
export function openMainWindow(preload: string, stateDir: string): BrowserWindow {
  const file = join(stateDir, 'window', 'placement.json');
  const placement = readPlacement(
    file,
    screen.getAllDisplays().map((it) => it.workArea),
  );
  const window = new BrowserWindow({
    ...placement.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Patchbay',
    // The canvas of the theme that the page will have, so that nothing flashes.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1011' : '#f2f3f2',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  // Its keys work all the same; a menu bar that comes up with Alt would take that key from the terminals.
  window.setMenuBarVisibility(false);
  if (placement.maximized) window.maximize();
  window.on('close', () => writePlacement(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  void window.loadURL(PAGE.href);
  return window;
}
