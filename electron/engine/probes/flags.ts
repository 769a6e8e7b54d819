/**
 * The values that a program was given for a flag, in order: `--name=value`, `--name value`, or a bare `--name`, which is "true".
 * One or two hyphens are the same, as Go's programs read them.
 */
export const flagValues = (args: readonly string[], flag: string): string[] =>
  args.flatMap((arg, place) => {
    const [, name, value] = /^--?([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name !== flag) return [];
    if (value !== undefined) return [value];
    const next = args[place + 1];
    return [next === undefined || next.startsWith('-') ? 'true' : next];
  });

export const flagName = (written: string): string => written.replace(/^--?/, '');
