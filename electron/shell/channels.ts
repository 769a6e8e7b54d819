/** The names of what goes between page, preload and main process, here once. */

/** The page posts it to its own window; the preload sends it on to the main process. */
export const WANT_PORT = 'patchbay:want-port';
/** The answer, all the way back, with the port. */
export const PORT = 'patchbay:port';
export const READ_CLIPBOARD = 'patchbay:read-clipboard';
export const WRITE_CLIPBOARD = 'patchbay:write-clipboard';
/** From the main process to the utility process: put the engine down and end. */
export const STOP = 'stop';
