/** What every shell of a node starts with. */
export const shellEnvironment = [
  'TERM=xterm-256color',
  'COLORTERM=truecolor',
  'LANG=C.UTF-8',
  'HOME=/root',
  'SHELL=/bin/bash',
];
