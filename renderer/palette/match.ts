/** Where the letters of a query stand in a title, and how good a place that is; null where they do not. */
export interface Match {
  readonly at: ReadonlySet<number>;
  /** Higher is better: runs of letters, and letters that begin a word. */
  readonly score: number;
}

/** Every letter of the query in its order, spaces aside; as one piece where there is one, otherwise spread. */
export function match(query: string, title: string): Match | null {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const text = title.toLowerCase();
  if (wanted === '') return { at: new Set(), score: 0 };
  return inOnePiece(wanted, text) ?? spread(wanted, text);
}

function inOnePiece(wanted: string, text: string): Match | null {
  let start = text.indexOf(wanted);
  if (start < 0) return null;
  // A place that begins a word is worth looking for.
  for (let next = start; next >= 0; next = text.indexOf(wanted, next + 1)) {
    if (!beginsWord(text, next)) continue;
    start = next;
    break;
  }
  const at = new Set(Array.from(wanted, (_, index) => start + index));
  return { at, score: 100 + wanted.length + (beginsWord(text, start) ? 50 : 0) - start / 100 };
}

function spread(wanted: string, text: string): Match | null {
  const at = new Set<number>();
  let from = 0;
  let score = 0;
  for (const letter of wanted) {
    const place = text.indexOf(letter, from);
    if (place < 0) return null;
    score += beginsWord(text, place) ? 3 : place === from ? 2 : 0;
    at.add(place);
    from = place + 1;
  }
  const span = from - Math.min(...at);
  // Letters far apart are chance, not what was meant.
  return span > wanted.length * 6 + 6 ? null : { at, score: score - span / 10 };
}

const beginsWord = (text: string, place: number): boolean =>
  place === 0 || /[^\p{L}\p{N}]/u.test(text[place - 1] ?? '');
