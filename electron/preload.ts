import { contextBridge, ipcRenderer } from 'electron';
import { PORT, READ_CLIPBOARD, WANT_PORT, WRITE_CLIPBOARD } from './shell/channels.ts';

// The page asks, after each load and each lost connection; a port can only travel with a window message.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === WANT_PORT) ipcRenderer.send(WANT_PORT);
});
ipcRenderer.on(PORT, (event) => window.postMessage(PORT, location.origin, event.ports));

contextBridge.exposeInMainWorld('patchbayShell', {
  clipboard: {
    readText: (): Promise<string> => ipcRenderer.invoke(READ_CLIPBOARD),
    writeText: (text: string): Promise<void> => ipcRenderer.invoke(WRITE_CLIPBOARD, text),
  },
});
