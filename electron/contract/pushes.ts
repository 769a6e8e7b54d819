import { z } from 'zod';
import { ExamView } from './models/exam.ts';
import { ProofItem } from './models/proof.ts';
import { RunView } from './models/run.ts';
import { EngineStatus } from './models/status.ts';
import { TerminalView } from './models/terminal.ts';
import { push } from './token.ts';

export const runChanged = push('run.changed', RunView);
export const runRemoved = push('run.removed', z.object({ run: z.string() }));
export const statusChanged = push('status.changed', EngineStatus);
export const catalogChanged = push('catalog.changed', z.object({}));
export const terminalChanged = push('terminal.changed', TerminalView);
export const proofItem = push('proof.item', ProofItem);
export const examChanged = push('exam.changed', ExamView);
export const examRemoved = push('exam.removed', z.object({ exam: z.string() }));
