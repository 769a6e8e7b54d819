import type { Command, CommandGroup } from './commands.svelte.ts';
import { type Match, match } from './match.ts';

export interface Found {
  readonly command: Command;
  readonly match: Match;
}

/** A group is shown with its best few, so that the palette never grows past the window. */
const MOST_OF_A_GROUP = 8;
const groupsInOrder: CommandGroup[] = ['terminals', 'lab', 'questions', 'labs', 'app'];

/** `>` asks among commands alone, `#` among questions alone. Groups stand in their order, the best of each first. */
export function find(commands: readonly Command[], typed: string): { group: CommandGroup; found: Found[] }[] {
  const only = typed.startsWith('#') ? 'questions' : typed.startsWith('>') ? 'commands' : 'all';
  const query = only === 'all' ? typed : typed.slice(1);
  const asked = commands.filter((it) => only === 'all' || (it.group === 'questions') === (only === 'questions'));
  const found = asked.flatMap((command) => {
    const how = match(query, command.title);
    return how ? [{ command, match: how }] : [];
  });
  return groupsInOrder
    .map((group) => ({ group, found: best(found.filter((it) => it.command.group === group)) }))
    .filter((it) => it.found.length > 0);
}

const best = (found: Found[]): Found[] => found.sort((a, b) => b.match.score - a.match.score).slice(0, MOST_OF_A_GROUP);
