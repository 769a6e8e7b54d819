// Runs in every measured page before its own scripts: sees what arrives from the WebSocket and when what is typed stands on the screen.
(() => {
  const FIRST = '0000000001 ';
  const state = { wanted: 0, taken: 0, hash: 0, doneAt: 0 };
  const early = new Map();
  const read = new TextDecoder('latin1');

  /** Every byte of the flood, from its first line on, goes into the hash. */
  const take = (stream, bytes) => {
    if (state.wanted === 0 || state.doneAt > 0) return;
    if (state.taken === 0) {
      const text = (early.get(stream) ?? '') + read.decode(bytes);
      const at = text.indexOf(FIRST);
      early.set(stream, text.slice(-FIRST.length));
      if (at < 0) return;
      early.clear();
      state.stream = stream;
      return add(Uint8Array.from(text.slice(at), (it) => it.charCodeAt(0)));
    }
    if (stream === state.stream) add(bytes);
  };
  const add = (bytes) => {
    const end = Math.min(bytes.length, state.wanted - state.taken);
    let { hash } = state;
    for (let at = 0; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]) | 0;
    state.hash = hash;
    state.taken += end;
    if (state.taken === state.wanted) state.doneAt = performance.now();
  };

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        // The peer's are text, of which ours to measure are all ASCII.
        if (typeof data === 'string')
          return take(
            0,
            Uint8Array.from(data, (it) => it.charCodeAt(0)),
          );
        // ttyd puts a character before each message; '0' is output.
        if (window.measuredFrames === 'ttyd') {
          const bytes = new Uint8Array(data);
          if (bytes[0] === 0x30) take(0, bytes.subarray(1));
          return;
        }
        const channel = new DataView(data).getUint32(0);
        if (channel >= 16) take(channel, new Uint8Array(data, 4));
      });
    }
  };

  const rows = () => document.activeElement?.closest('.xterm')?.querySelector('.xterm-rows')?.textContent ?? '';
  let pressedAt = 0;
  window.addEventListener('keydown', () => (pressedAt = performance.now()), true);
  window.measured = {
    screen: rows,
    /** Milliseconds from the next key to its letter on the screen: that many of them in a row. */
    armKey(letter, count) {
      const wanted = letter.repeat(count);
      this.key = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (!rows().includes(wanted)) return;
          observer.disconnect();
          resolve(performance.now() - pressedAt);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
    },
    /** What came of so many bytes, once the last of them came and `end` stands on the screen. Milliseconds from now. */
    armFlood(bytes, end) {
      const began = performance.now();
      Object.assign(state, { wanted: bytes, taken: 0, hash: 0, doneAt: 0 });
      early.clear();
      this.flood = new Promise((resolve) => {
        const look = () => {
          if (state.doneAt === 0 || !rows().includes(end)) return void setTimeout(look, 20);
          resolve({ took: performance.now() - began, taken: state.taken, hash: state.hash });
        };
        look();
      });
    },
  };
})();
