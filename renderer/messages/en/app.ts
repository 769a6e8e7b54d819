// The page as a whole.

export const app = {
  name: 'Patchbay',
  allLabs: 'All labs',
  pageTitle: (what: string) => `${what} · Patchbay`,
  dismiss: 'Dismiss',
  copy: 'Copy',
  copied: 'Copied',
  loading: 'Asking the engine',
  notFound: 'There is no such run',
  notices: 'Notices',
};

export const connection = {
  connecting: 'Connecting to the engine',
  lost: 'The connection to the engine is interrupted. Connecting again; nothing that you handed in is lost.',
  back: 'Connected again.',
};
