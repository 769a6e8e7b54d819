import type { Verb } from './verb.ts';
import { answer } from './verbs/answer.ts';
import { check } from './verbs/check.ts';
import { clean } from './verbs/clean.ts';
import { destroy } from './verbs/destroy.ts';
import { doctor } from './verbs/doctor.ts';
import { end } from './verbs/end.ts';
import { engine } from './verbs/engine.ts';
import { exam } from './verbs/exam.ts';
import { exams } from './verbs/exams.ts';
import { hand } from './verbs/hand.ts';
import { kubeconfig } from './verbs/kubeconfig.ts';
import { labs } from './verbs/labs.ts';
import { lint } from './verbs/lint.ts';
import { newLab } from './verbs/new.ts';
import { pause } from './verbs/pause.ts';
import { prepare } from './verbs/prepare.ts';
import { prove } from './verbs/prove.ts';
import { report } from './verbs/report.ts';
import { reset } from './verbs/reset.ts';
import { resume } from './verbs/resume.ts';
import { run } from './verbs/run.ts';
import { runs } from './verbs/runs.ts';
import { serve } from './verbs/serve.ts';
import { shell } from './verbs/shell.ts';
import { solve } from './verbs/solve.ts';

/** Every verb, in the order of `--help`. */
export const verbs: readonly Verb[] = [
  labs,
  run,
  runs,
  shell,
  kubeconfig,
  answer,
  check,
  solve,
  pause,
  resume,
  reset,
  destroy,
  exam,
  exams,
  hand,
  end,
  report,
  serve,
  prepare,
  doctor,
  clean,
  newLab,
  lint,
  prove,
  engine,
];
