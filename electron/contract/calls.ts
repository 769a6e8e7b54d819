import { z } from 'zod';
import { ExamCard, ExamReport, ExamSummary, ExamView, ReportFormat } from './models/exam.ts';
import { LabCard, Mistake } from './models/lab.ts';
import { Proof } from './models/proof.ts';
import { RunSummary, RunView, Seed } from './models/run.ts';
import { EngineStatus, Finding, Settings } from './models/status.ts';
import { Attachment, TerminalView } from './models/terminal.ts';
import { Outcome } from './models/verdict.ts';
import { call } from './token.ts';

const nothing = z.object({});
const ofRun = z.object({ run: z.string() });
/** An absolute path. */
const ofFolder = z.object({ folder: z.string().min(1).max(4096) });
const ofQuestion = z.object({ run: z.string(), question: z.string() });
/** A call that is sent again after a lost connection carries the same id and is counted once. */
const attempt = z.string().min(1).max(64);
/** The same for what nobody but a page sends again; left out by everybody else. */
const retried = attempt.default(() => crypto.randomUUID());
const size = { cols: z.int().min(2).max(1000), rows: z.int().min(1).max(1000) };

/** The catalog. `lint` and `prove` take a lab's id or the path of its folder. */
export const catalog = {
  labs: call('catalog.labs', nothing, z.object({ labs: z.array(LabCard) })),
  lint: call('catalog.lint', z.object({ lab: z.string() }), z.object({ lab: z.string(), mistakes: z.array(Mistake) })),
  /** A lab of the learner's own, or a folder of such labs, stands in the catalog from now on; answers all of them. `bad-input` where there is no lab. */
  add: call('catalog.add', ofFolder, z.object({ folders: z.array(z.string()) })),
  /** The catalog forgets it; its files stay. `not-found` for one that was never added. */
  drop: call('catalog.drop', ofFolder, z.object({ folders: z.array(z.string()) })),
};

/** An answer longer than this is refused with `limit`, not judged. Characters. */
export const ANSWER_LIMIT = 10_000;

export const runs = {
  /** Answers at once, with the environment still starting; `run.changed` tells the rest. */
  start: call('runs.start', z.object({ lab: z.string(), seed: Seed.optional(), attempt }), RunView),
  list: call('runs.list', nothing, z.object({ runs: z.array(RunSummary) })),
  get: call('runs.get', ofRun, RunView),
  /** Waits until the environment is running or failed. */
  ready: call('runs.ready', ofRun, RunView),
  /** Tells which question is in front of the learner: its options are drawn, its unwatched checks are asked. */
  open: call('runs.open', ofQuestion, RunView),
  /** For answer one string; for choice the chosen texts; for info an empty list. */
  answer: call(
    'runs.answer',
    z.object({
      run: z.string(),
      question: z.string(),
      value: z.union([z.string(), z.array(z.string()).max(64)]),
      attempt,
    }),
    Outcome,
  ),
  /** Grades one task, or all questions that have something to grade. */
  check: call(
    'runs.check',
    z.object({ run: z.string(), question: z.string().optional(), attempt }),
    z.object({ outcomes: z.array(Outcome) }),
  ),
  hint: call('runs.hint', ofQuestion.extend({ attempt: retried }), RunView),
  solution: call('runs.solution', ofQuestion, RunView),
  flag: call('runs.flag', z.object({ run: z.string(), question: z.string(), flagged: z.boolean() }), RunView),
  /** Types the solution of one question, or of all, into real terminals, and grades it. */
  solve: call(
    'runs.solve',
    z.object({ run: z.string(), question: z.string().optional(), attempt: retried }),
    z.object({ outcomes: z.array(Outcome) }),
  ),
  /** A fresh environment and every question open again. */
  reset: call('runs.reset', ofRun.extend({ attempt: retried }), RunView),
  /** Starts what stopped (a dead node, a failed start) and goes on; the learner's answers stay. */
  mend: call('runs.mend', ofRun, RunView),
  /** The environment stands still, for any length of time; what was reached stays. `conflict` where this kind of environment cannot. */
  pause: call('runs.pause', ofRun, RunView),
  /** A paused environment goes on; nothing where it runs. */
  resume: call('runs.resume', ofRun, RunView),
  /** For the learner's own kubectl; its address is on loopback and answers while this engine runs. `bad-input` where there is no cluster. */
  kubeconfig: call('runs.kubeconfig', ofRun, z.object({ run: z.string(), kubeconfig: z.string() })),
  finish: call('runs.finish', ofRun, RunView),
  destroy: call('runs.destroy', ofRun, z.object({ run: z.string() })),
  /** The proof of a lab; `proof.item` tells each claim as it is settled. */
  prove: call(
    'runs.prove',
    z.object({ lab: z.string(), seeds: z.array(Seed).min(1).max(1000), fresh: z.boolean().optional() }),
    Proof,
  ),
};

const ofExam = z.object({ exam: z.string() });
const ofExamQuestion = ofExam.extend({ section: z.int().min(0), question: z.string() });

/** Questions against the clock, with no verdict before the end. The text of a question, and terminals, are its run's. */
export const exams = {
  /** What can be sat, beside every lab of the catalog. */
  cards: call('exams.cards', nothing, z.object({ exams: z.array(ExamCard) })),
  /** `name` is an exam's id or a lab's. Answers at once; `exam.changed` tells when the clock runs. One goes on at a time: `conflict`. */
  start: call('exams.start', z.object({ name: z.string(), seed: Seed.optional(), attempt }), ExamView),
  list: call('exams.list', nothing, z.object({ exams: z.array(ExamSummary) })),
  get: call('exams.get', ofExam, ExamView),
  /** Which question is in front of the learner; its environment goes on, others may stand still. */
  open: call('exams.open', ofExamQuestion, ExamView),
  /** Takes an answer (a string, chosen texts, nothing for an info; null: a task is done). Until the end it may be given anew. */
  hand: call(
    'exams.hand',
    ofExamQuestion.extend({ value: z.union([z.string(), z.array(z.string()).max(64)]).nullable(), attempt }),
    ExamView,
  ),
  flag: call('exams.flag', ofExamQuestion.extend({ flagged: z.boolean() }), ExamView),
  /** Resolves when every question has its verdict. */
  end: call('exams.end', ofExam, ExamView),
  /** `conflict` before its end. */
  report: call('exams.report', ofExam, ExamReport),
  /** The report as a file. */
  save: call('exams.save', ofExam.extend({ format: ReportFormat }), z.object({ name: z.string(), text: z.string() })),
  /** Nothing of it stays; one that goes on is ended. */
  forget: call('exams.forget', ofExam, z.object({ exam: z.string() })),
};

export const terminals = {
  list: call('terminals.list', ofRun, z.object({ terminals: z.array(TerminalView) })),
  /** A new shell on a node; `node: null` and `run: null` for the learner's own machine, where that is allowed. */
  open: call(
    'terminals.open',
    z.object({ run: z.string().nullable(), node: z.string().nullable(), attempt: retried, ...size }),
    Attachment,
  ),
  attach: call('terminals.attach', z.object({ terminal: z.string(), ...size }), Attachment),
  resize: call('terminals.resize', z.object({ terminal: z.string(), ...size }), nothing),
  /** Leaves the shell running. */
  detach: call('terminals.detach', z.object({ channel: z.int() }), nothing),
  rename: call('terminals.rename', z.object({ terminal: z.string(), title: z.string().min(1).max(60) }), TerminalView),
  /** Ends the shell, as closing a window does (SIGHUP). */
  close: call('terminals.close', z.object({ terminal: z.string() }), nothing),
};

export const docker = {
  status: call('docker.status', nothing, EngineStatus),
  /** Finds or starts Docker and gets the images, with `cluster` also those of clusters; `status.changed` tells the steps. */
  prepare: call('docker.prepare', z.object({ cluster: z.boolean().optional() }), EngineStatus),
  doctor: call('docker.doctor', nothing, z.object({ findings: z.array(Finding) })),
  /**
   * Removes every container, network and volume of this engine's; `images` also what can be built again; `all` also those of other state
   * directories, and where nodes of theirs run only with `force`.
   */
  clean: call(
    'docker.clean',
    z.object({ images: z.boolean().optional(), all: z.boolean().optional(), force: z.boolean().optional() }),
    z.object({ containers: z.number(), volumes: z.number(), networks: z.number(), images: z.number() }),
  ),
};

/** A page that the browser shell serves. */
const LoopbackOrigin = z.string().regex(/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+$/);

export const engine = {
  settings: call('engine.settings', nothing, Settings),
  configure: call('engine.configure', Settings.partial(), Settings),
  /**
   * For the browser shell: lets one page of its own come straight to the engine. Answers a port on loopback, and a ticket that is good once, for
   * ten seconds and for a page of this origin. `port`: the one of before, if it is free, since the page's policy names it.
   */
  door: call(
    'engine.door',
    z.object({ origin: LoopbackOrigin, port: z.int().min(0).max(65535).optional() }),
    z.object({ port: z.int(), ticket: z.string() }),
  ),
  /** Ends the engine; runs and their containers stay. */
  stop: call('engine.stop', nothing, nothing),
};
