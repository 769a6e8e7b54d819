export interface Pairs<Ours, Peer> {
  readonly ours: readonly Ours[];
  readonly peer: readonly Peer[];
}

interface Wanted<Ours, Peer> {
  readonly count: number;
  /** Pairs before the first one that counts. */
  readonly warmUp: number;
  ours(): Promise<Ours>;
  peer(): Promise<Peer>;
  say(text: string): void;
}

/** Ours and the peer by turns, so that whatever else slows the machine down slows down both. */
export async function pairs<Ours, Peer>({
  count,
  warmUp,
  say,
  ...one
}: Wanted<Ours, Peer>): Promise<Pairs<Ours, Peer>> {
  const ours: Ours[] = [];
  const peer: Peer[] = [];
  for (let done = -warmUp; done < count; done++) {
    say(done < 0 ? 'warming up' : `${done + 1} of ${count}`);
    const mine = await one.ours();
    const theirs = await one.peer();
    if (done < 0) continue;
    ours.push(mine);
    peer.push(theirs);
  }
  return { ours, peer };
}
