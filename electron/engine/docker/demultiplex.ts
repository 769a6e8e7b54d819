import { PassThrough, type Readable } from 'node:stream';

/**
 * Takes Docker's multiplexed stream apart (an 8 byte header before each piece: kind, 3 zeros, length as u32 big endian).
 * Reads no faster than its two outputs are read, so that pausing them pauses the engine.
 * Source: Docker Engine API, "ContainerAttach", stream format.
 */
export function demultiplex(source: Readable): { stdout: PassThrough; stderr: PassThrough } {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let header = Buffer.alloc(0);
  let left = 0;
  let output = stdout;

  const take = (chunk: Buffer): boolean => {
    let free = true;
    for (let rest = chunk; rest.length > 0; ) {
      if (left === 0) {
        const missing = 8 - header.length;
        header = Buffer.concat([header, rest.subarray(0, missing)]);
        rest = rest.subarray(missing);
        if (header.length < 8) break;
        output = header[0] === 2 ? stderr : stdout;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        continue;
      }
      const piece = rest.subarray(0, left);
      left -= piece.length;
      rest = rest.subarray(piece.length);
      free = output.write(piece) && free;
    }
    return free;
  };

  const goOn = () => {
    if (!stdout.writableNeedDrain && !stderr.writableNeedDrain) source.resume();
  };
  stdout.on('drain', goOn);
  stderr.on('drain', goOn);
  source.on('data', (chunk: Buffer) => {
    if (!take(chunk)) source.pause();
  });
  const end = () => {
    stdout.end();
    stderr.end();
  };
  source.once('end', end);
  source.once('close', end);
  source.once('error', end);
  return { stdout, stderr };
}
