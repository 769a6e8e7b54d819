/** The commands in a hint: what stands between backticks and has more than one word, each once. */
export const commandsIn = (hint: string): string[] => [
  ...new Set([...hint.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => (code?.trim().includes(' ') ? [code.trim()] : []))),
];
