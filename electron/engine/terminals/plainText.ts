/** CSI; OSC and the other strings; the remaining escape sequences. ECMA-48, section 5. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are control sequences
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]/g;

/** A terminal's output as text: no control sequences, lines end with \n, of a line that was written over by \r what was written last. */
export const plainText = (output: Uint8Array): string =>
  new TextDecoder()
    .decode(output)
    .replaceAll(SEQUENCES, '')
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').replace(/^.*\r/s, ''))
    .join('\n');
