import type { Lab } from '../catalog/lab.ts';
import { type DrawnSection, drawExam } from './drawExam.ts';
import type { ExamPlan } from './loadExam.ts';

/** What one can sit: an exam that draws from many labs, or one lab against the clock. */
export interface SittingPlan {
  readonly title: string;
  readonly minutes: number;
  /** Per cent. */
  readonly pass: number;
  sections(seed: number): DrawnSection[];
}

/** Per cent from which a lab done against the clock counts as passed, as in the exam that most prepare for. */
const USUAL_PASS = 66;

export const drawnExam = (exam: ExamPlan, labOf: (id: string) => Lab): SittingPlan => ({
  title: exam.title,
  minutes: exam.minutes,
  pass: exam.pass,
  sections: (seed) => drawExam(exam.id, exam.parts, seed, labOf),
});

/** Every question of one lab, with the values that the lab itself has for the seed. */
export const timedLab = (lab: Lab): SittingPlan => ({
  title: lab.title,
  minutes: lab.minutes,
  pass: USUAL_PASS,
  sections: (seed) => {
    const weightOf = (question: Lab['questions'][number]) => (question.kind === 'info' ? 0 : question.weight);
    const total = lab.questions.reduce((sum, each) => sum + weightOf(each), 0);
    const questions = lab.questions.map((each) => ({ id: each.id, points: (100 * weightOf(each)) / total }));
    return [{ topic: lab.title, lab: lab.id, seed, questions }];
  },
});
