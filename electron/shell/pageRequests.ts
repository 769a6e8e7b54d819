import { BrowserWindow, clipboard, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { PORT, READ_CLIPBOARD, WANT_PORT, WRITE_CLIPBOARD } from './channels.ts';
import type { EngineProcess } from './engineProcess.ts';
import { isPage } from './pageAddress.ts';

/** Answers what the preload asks for in the page's name: a port to the engine, and the clipboard. Nobody else is answered. */
export function answerPage(engine: EngineProcess): void {
  ipcMain.on(WANT_PORT, (event) => {
    if (fromPage(event)) event.sender.postMessage(PORT, null, [engine.newPort()]);
  });
  // A port that comes unasked tells the page that its old one is dead.
  engine.onRestart(() => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      if (isPage(webContents.getURL())) webContents.postMessage(PORT, null, [engine.newPort()]);
  });
  ipcMain.handle(READ_CLIPBOARD, (event) => (fromPage(event) ? clipboard.readText() : ''));
  ipcMain.handle(WRITE_CLIPBOARD, (event, text: unknown) => {
    if (fromPage(event) && typeof text === 'string') clipboard.writeText(text);
  });
}

const fromPage = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && isPage(senderFrame.url);
