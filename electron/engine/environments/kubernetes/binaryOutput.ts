import { LabError } from '../../../contract/error.ts';
import type { Docker } from '../../docker/docker.ts';

/** What a command in a container prints, as bytes. Rejects with `environment-failed` when it fails and `timeout` when it takes too long. */
export const binaryOutput = async (
  docker: Docker,
  container: string,
  command: readonly string[],
  deadlineMs: number,
): Promise<Buffer> => {
  const exec = await docker.exec(container, { command });
  const timer = setTimeout(() => exec.drop(), deadlineMs);
  try {
    exec.stream.end();
    let complaint = '';
    exec.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2000);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of exec.stream) chunks.push(chunk);
    const exit = await exec.exit;
    if (exit === 0) return Buffer.concat(chunks);
    throw new LabError('environment-failed', `${command[0]} ended with ${exit}: ${complaint.trim().slice(-300)}`, {
      data: { container, log: complaint.trim().split('\n').slice(-10) },
    });
  } finally {
    clearTimeout(timer);
  }
};
