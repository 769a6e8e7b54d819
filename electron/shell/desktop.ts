import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { stateDir } from '../../resources/setup/paths.mjs';
import { guardContents } from './contentGuard.ts';
import { EngineProcess } from './engineProcess.ts';
import { openMainWindow } from './mainWindow.ts';
import { setMenu } from './menu.ts';
import { answerPage } from './pageRequests.ts';
import { registerPageScheme, servePage } from './pageScheme.ts';

/** The desktop shell. A second start with the same state directory only brings the first one's window to the front. */
export function startDesktop(): void {
  const state = stateDir();
  app.setName('Patchbay');
  // Chromium's files beside the runs: another state directory is another app altogether, which tests rely on.
  app.setPath('userData', join(state, 'window'));
  if (!app.requestSingleInstanceLock()) return app.quit();
  // As root Chromium starts only without its sandbox, which the start script then says on the command line.
  if (process.getuid?.() !== 0) app.enableSandbox();
  registerPageScheme();
  guardContents();
  setMenu();

  const engine = new EngineProcess(join(__dirname, 'engine-start.cjs'), state);
  let window: BrowserWindow | null = null;
  app.whenReady().then(() => {
    engine.start();
    servePage(join(__dirname, '..', 'page'));
    answerPage(engine);
    window = openMainWindow(join(__dirname, 'preload.cjs'), state);
    // Loaded only now: the window does not wait for it.
    window.webContents.once(
      'did-finish-load',
      () => void import('./watchSleep.ts').then(({ watchSleep }) => watchSleep(engine)),
    );
  });
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  endWithEngine(engine);
}

/** The app ends when its engine has put everything down. */
function endWithEngine(engine: EngineProcess): void {
  let down = false;
  app.on('will-quit', (event) => {
    if (down) return;
    event.preventDefault();
    void engine.stop().then(() => {
      down = true;
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
