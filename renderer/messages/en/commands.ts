// The palette and the list of keys.

export const palette = {
  title: 'Commands',
  ask: 'Type a command, a question or a lab',
  groups: { terminals: 'Terminals', lab: 'This lab', questions: 'Questions', labs: 'Labs', app: 'Patchbay' },
  shown: (n: number, of: number) => `${n} of ${of}`,
  none: 'Nothing matches.',
  run: 'run',
  commands: 'commands',
  questions: 'questions',
  goToLabs: 'All labs',
  theme: (theme: string) => `Theme: ${theme}`,
  showKeys: 'All keys',
  startLab: (title: string) => `Open ${title}`,
  results: 'Results',
};

export const keys = {
  title: 'All keys',
  note: 'A focused terminal keeps every other key. Single letters work while no field or terminal has the focus.',
  close: 'Close',
  esc: 'Close the top layer',
  copyPaste: 'Copy, paste in a terminal',
  enter: 'Practice the selected lab',
  titles: {
    palette: 'Commands',
    previous: 'Previous question',
    next: 'Next question',
    check: 'Check',
    flag: 'Flag the question',
    topology: 'Show the topology',
    split: 'Terminals side by side or stacked',
    terminal: 'New terminal on node 1 to 9',
    find: 'Find in the terminal',
    larger: 'Larger terminal text',
    smaller: 'Smaller terminal text',
    area: 'Next area: questions, terminal',
    search: 'Search labs',
    continue: 'Continue the open run',
    retry: 'Retry',
    keys: 'All keys',
  },
};
