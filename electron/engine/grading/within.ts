import { LabError } from '../../contract/error.ts';

/**
 * Bounds one read. Rejects with `probe-timeout` after `limitMs`; anything else that is thrown is a LabError already or becomes `probe-failed`,
 * because a fault of ours must never look like a wrong answer.
 */
export const within = async <Result>(limitMs: number, node: string, read: () => Promise<Result>): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(node, limitMs)), limitMs);
  });
  try {
    return await Promise.race([read(), late]);
  } catch (thrown) {
    throw thrown instanceof LabError ? thrown : failed(node, thrown);
  } finally {
    clearTimeout(timer);
  }
};

const tooLate = (node: string, limitMs: number) =>
  new LabError('probe-timeout', `The node ${node} did not answer within ${limitMs / 1000} s.`, {
    hint: 'This is not your mistake and costs nothing. Check again; if it stays so, reset the environment.',
    data: { node },
  });

const failed = (node: string, thrown: unknown) =>
  new LabError(
    'probe-failed',
    `Patchbay could not read ${node}: ${thrown instanceof Error ? thrown.message : thrown}.`,
    {
      hint: 'This is a fault of Patchbay and costs nothing. Check again; `patchbay doctor --bundle` collects its logs.',
      data: { node },
      cause: thrown,
    },
  );
