import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Our own menu, for what it leaves out: no Ctrl+W and no Ctrl+R, which belong to the shells in the terminals. */
export function setMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(process.platform === 'darwin')));
}

const template = (mac: boolean): MenuItemConstructorOptions[] => [
  ...(mac ? [{ role: 'appMenu' } as const, { role: 'editMenu' } as const] : []),
  {
    label: 'View',
    submenu: [
      { role: 'zoomIn', accelerator: 'CommandOrControl+Plus' },
      { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ],
  },
  { label: 'Window', submenu: [{ role: 'minimize', accelerator: '' }, ...(mac ? [] : [{ role: 'quit' } as const])] },
];
