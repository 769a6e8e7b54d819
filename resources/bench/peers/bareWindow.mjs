// The least that Electron can open: a window with a line of text.
import { app, BrowserWindow } from 'electron';

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 });
  void window.loadURL('data:text/html,<h1>bare</h1>');
});
app.on('window-all-closed', () => app.quit());
