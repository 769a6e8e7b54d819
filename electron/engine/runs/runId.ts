import { randomInt } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Lab id and five letters: short enough to type, 11 million a lab. */
export const newRunId = (lab: string, taken: (id: string) => boolean): string => {
  for (;;) {
    const id = `${lab}-${Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')}`;
    if (!taken(id)) return id;
  }
};

/** Ids come from outside and become folder names. */
export const isRunId = (text: string): boolean => /^[a-z0-9-]{1,60}-[a-z]{5}$/.test(text);
