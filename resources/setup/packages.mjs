// System packages by what they are for, under Debian's names. `a|b`: the first that this release has.

export const dockerEngine = ['docker.io'];

/** Shared libraries that Electron's runtime loads. From Debian 13 and Ubuntu 24.04 on some carry the suffix t64. */
export const electronLibraries = [
  'libgtk-3-0t64|libgtk-3-0',
  'libatk-bridge2.0-0t64|libatk-bridge2.0-0',
  'libcups2t64|libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxrandr2',
  'libxss1',
  'libxtst6',
  'libnss3',
  'libgbm1',
  'libasound2t64|libasound2',
];

/** What the end-to-end tests need besides: a browser, and a display where there is none. */
export const testTools = ['chromium', 'xvfb', 'xauth', 'git'];
