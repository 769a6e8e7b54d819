import { protocol } from 'electron';
import { pageFile } from '../serve/pageFiles.ts';
import { PAGE } from './pageAddress.ts';

/** To be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page, and nothing else, under the same policy as the browser shell. */
export function servePage(folder: string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file = url.host === PAGE.host && request.method === 'GET' ? await pageFile(folder, url.pathname, []) : null;
    if (!file) return new Response('There is nothing here.\n', { status: 404 });
    return new Response(new Uint8Array(file.body), { headers: file.headers });
  });
}
