import { app, shell } from 'electron';
import { isPage, isWebLink } from './pageAddress.ts';

/** Nothing but our page is ever shown, and it gets no permission that it does not need: that is none. */
export function guardContents(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    contents.session.setPermissionCheckHandler(() => false);
    contents.setWindowOpenHandler(({ url }) => {
      if (isWebLink(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => {
      if (!isPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
