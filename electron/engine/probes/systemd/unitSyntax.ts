/** One line of a unit file: systemd.syntax(7). An empty value takes back what was said for this key before. */
export interface Assignment {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Comments and lines that are none of a unit file are passed over, as systemd does. */
export const assignmentsIn = (content: string): Assignment[] => {
  let section = '';
  return joined(content).flatMap((line) => {
    const header = /^\[(.*)\]$/.exec(line);
    if (header) section = header[1] ?? '';
    const [, key, value] = /^([A-Za-z][\w-]*)\s*=\s*(.*)$/s.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [{ section, key, value }];
  });
};

/** Lines that end with a backslash go on in the next; comments between them are left out. */
const joined = (content: string): string[] => {
  const lines: string[] = [];
  let begun: string | null = null;
  for (const raw of content.split('\n')) {
    const line = raw.trim();
    if (/^[#;]/.test(line) || (begun === null && line === '')) continue;
    const whole: string = begun === null ? line : `${begun} ${line}`;
    begun = whole.endsWith('\\') ? whole.slice(0, -1).trimEnd() : null;
    if (begun === null) lines.push(whole);
  }
  if (begun !== null) lines.push(begun);
  return lines;
};

/** Words as systemd splits them: quotes hold a word together and go away. */
export const wordsIn = (text: string): string[] => {
  const words = text.match(/(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'/g,
      (_, double?: string, single?: string) => double ?? single ?? '',
    ),
  );
};

/** `A=b` -> [A, b]. */
export const variableIn = (word: string): [string, string] | null => {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
  return name === undefined || value === undefined ? null : [name, value];
};

/** A command's words with `$NAME` (split at spaces) and `${NAME}` (kept whole) replaced, as systemd.service(5) says. */
export const commandLine = (value: string, variables: ReadonlyMap<string, string>): string[] =>
  wordsIn(value.replace(/^[@:+!|-]+/, '')).flatMap((word) => {
    const alone = /^\$([A-Za-z_]\w*)$/.exec(word);
    if (alone) return wordsIn(variables.get(alone[1] ?? '') ?? '');
    return [word.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => variables.get(name) ?? '')];
  });
