import type { Duplex } from 'node:stream';
import { LabError } from '../../../../contract/error.ts';
import type { Agent } from '../../../agent/agent.ts';
import type { ExecStream } from '../../../docker/model.ts';
import tcpPipe from './tcpPipe.pl?raw';

/** Where a TCP port listens: in the network namespace of that process. */
export interface Listener {
  readonly pid: number;
  readonly address: string;
  readonly port: number;
}

const HELLO = Buffer.from('connected\n');
/** Milliseconds: an exec through a busy Docker, and five seconds of the pipe's own. */
const PATIENCE = 15_000;

/**
 * A TCP connection from inside a node's network namespace, through the helper's container: it works on every Docker, remote ones too, and needs no
 * port published. Rejects with `probe-failed` where nobody listens.
 */
export const openPipe = async (agent: Agent, { pid, address, port }: Listener): Promise<Duplex> => {
  const command = ['nsenter', '-t', `${pid}`, '-n', 'perl', '-e', tcpPipe, address, `${port}`];
  const exec = await agent.open(command);
  try {
    await greeted(exec, `${address}:${port}`);
    return exec.stream;
  } catch (error) {
    exec.drop();
    throw error;
  }
};

const greeted = ({ stream, stderr }: ExecStream, place: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0);
    let complaint = '';
    stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-500);
    });
    const timer = setTimeout(() => fail(`no connection within ${PATIENCE / 1000} s`), PATIENCE);
    const onData = (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      if (heard.length < HELLO.length) return;
      settle();
      stream.pause();
      const rest = heard.subarray(HELLO.length);
      if (rest.length > 0) stream.unshift(rest);
      resolve();
    };
    const onEnd = () => fail(complaint.trim() || 'the connection ended at once');
    const settle = () => {
      clearTimeout(timer);
      stream.off('data', onData);
      stream.off('close', onEnd);
      stream.off('end', onEnd);
    };
    const fail = (why: string) => {
      settle();
      reject(new LabError('probe-failed', `Nothing could be reached at ${place}: ${why}`, { data: { place } }));
    };
    stream.on('data', onData);
    stream.on('close', onEnd);
    stream.on('end', onEnd);
  });
