import type { LabError } from '../contract/error.ts';
import type { Output } from './output.ts';

/** An error for a person: what happened, the last lines of what failed, what to do next. */
export function failureText(error: LabError, output: Output): string {
  const { log, node, command } = error.data;
  return [
    `${output.style('red', 'error')} ${output.style('dim', error.code)}  ${error.message}`,
    typeof node === 'string' && !error.message.includes(node) ? `node: ${node}` : '',
    typeof command === 'string' ? `command: ${command}` : '',
    ...logLines(log).map((line) => output.style('dim', `  | ${line}`)),
    error.hint ?? '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

const logLines = (log: unknown): string[] =>
  typeof log === 'string'
    ? log.split('\n').filter((line) => line.trim() !== '')
    : Array.isArray(log)
      ? log.filter((line) => typeof line === 'string')
      : [];
