/** Where the desktop shell's page lives. */
export const PAGE = new URL('app://patchbay/');

/** Whether this address is our page, whatever place in it. */
export function isPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, pathname } = new URL(address);
  return protocol === PAGE.protocol && host === PAGE.host && pathname === '/';
}

/** Whether a link may be handed to the system's browser. */
export function isWebLink(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}
