import type {
  ExpandedAnswer,
  ExpandedChoice,
  ExpandedInfo,
  ExpandedQuestion,
  ExpandedTask,
} from '../../catalog/expanded.ts';
import { look } from '../../grading/truth.ts';
import { rightOptions } from '../rightOptions.ts';
import { question as recordOf } from '../state.ts';
import { type Claims, said } from './claims.ts';
import type { Workbench } from './workbench.ts';

/**
 * Everything that must be true of one question. Answers and choices: every near miss and every wrong option fails, the solution passes. Tasks: the checks
 * do not hold before, each near miss fails exactly the checks it names, every solution passes, and after a reset all is open again.
 */
export const proveQuestion = async (question: ExpandedQuestion, bench: Workbench, claims: Claims): Promise<void> => {
  try {
    await bench.before(question);
  } catch (error) {
    claims.settle(
      question.id,
      'what it comes after can be solved',
      false,
      error instanceof Error ? error.message : String(error),
    );
    return;
  }
  await claims.examine(question.id, 'is open before', async () => {
    const { state } = recordOf(bench.run.state, question.id);
    return state === 'open' || `it is ${state}`;
  });
  switch (question.kind) {
    case 'answer':
      return proveAnswer(question, bench, claims);
    case 'choice':
      return proveChoice(question, bench, claims);
    case 'info':
      return proveInfo(question, bench, claims);
    case 'task':
      return proveTask(question, bench, claims);
  }
};

const proveAnswer = async (question: ExpandedAnswer, bench: Workbench, claims: Claims): Promise<void> => {
  for (const miss of question.nearMisses) {
    await claims.examine(question.id, `near miss fails: ${miss.because}`, async () => {
      const values =
        miss.from === 'value'
          ? [miss.value]
          : (await look(bench.run.environment.reader(), miss.look)).values.map(String);
      if (values.length === 0) return 'there is nothing of that kind to give as an answer';
      for (const value of values) {
        const outcome = await bench.look(question, [value]);
        if (outcome.verdict !== 'fail') return `${value}: ${said(outcome)}`;
      }
      return true;
    });
  }
  await claims.examine(question.id, "the solution's output passes", async () => {
    const printed = await bench.print(question.solve);
    const outcome = await bench.look(question, [printed]);
    return outcome.verdict === 'pass' || `it printed ${JSON.stringify(printed.slice(0, 200))}: ${said(outcome)}`;
  });
};

const proveChoice = async (question: ExpandedChoice, bench: Workbench, claims: Claims): Promise<void> => {
  await bench.run.open(question.id);
  const offered = recordOf(bench.run.state, question.id).options ?? [];
  const right = await rightOptions(question, offered, bench.run.environment.reader());
  for (const wrong of offered.filter((text) => !right.includes(text))) {
    await claims.examine(question.id, `wrong option fails: ${wrong}`, async () => {
      const outcome = await bench.look(question, [wrong]);
      return outcome.verdict === 'fail' || said(outcome);
    });
  }
  await claims.examine(question.id, 'the right options pass', async () => {
    const outcome = await bench.look(question, right);
    return outcome.verdict === 'pass' || said(outcome);
  });
};

const proveInfo = (question: ExpandedInfo, bench: Workbench, claims: Claims): Promise<void> =>
  claims.examine(question.id, 'is passed by reading it', async () => {
    const outcome = await bench.look(question, []);
    return outcome.verdict === 'pass' || said(outcome);
  });

const proveTask = async (question: ExpandedTask, bench: Workbench, claims: Claims): Promise<void> => {
  await claims.examine(question.id, 'does not pass before', async () => {
    const outcome = await bench.look(question, null);
    return outcome.verdict === 'fail' || said(outcome);
  });
  for (const [index, steps] of question.alsoSolvedBy.entries()) {
    await claims.examine(question.id, `also solved by way ${index + 2}`, async () => {
      await bench.before(question);
      await bench.type(steps);
      const outcome = await bench.lookUntil(question, ({ verdict }) => verdict === 'pass');
      return outcome.verdict === 'pass' || said(outcome);
    });
  }
  for (const miss of question.nearMisses) {
    await claims.examine(question.id, `near miss fails ${miss.fails.join(', ')}: ${miss.because}`, async () => {
      await bench.before(question);
      await bench.type(question.solve.map((step, index) => (index === miss.insteadOf ? miss.step : step)));
      const wanted = [...miss.fails].sort().join(' ');
      const outcome = await bench.lookUntil(question, ({ checks, verdict }) => {
        const failing = checks.filter((check) => check.verdict !== 'pass').map((check) => check.id);
        return verdict === 'fail' && failing.sort().join(' ') === wanted;
      });
      const failing = outcome.checks.filter((check) => check.verdict !== 'pass').map((check) => check.id);
      return (outcome.verdict === 'fail' && failing.sort().join(' ') === wanted) || said(outcome);
    });
  }
  await claims.examine(question.id, 'the solution passes', async () => {
    await bench.before(question);
    await bench.type(question.solve);
    const outcome = await bench.lookUntil(question, ({ verdict }) => verdict === 'pass');
    if (outcome.verdict !== 'pass') return said(outcome);
    await bench.run.judge(question.id, null, `proof-${question.id}`);
    const { state } = recordOf(bench.run.state, question.id);
    return state === 'pass' || `its state is ${state}`;
  });
  await claims.examine(question.id, 'is open again after a reset, its checks not holding', async () => {
    await bench.reset();
    await bench.prepare(question);
    const { state } = recordOf(bench.run.state, question.id);
    const outcome = await bench.look(question, null);
    return (state === 'open' && outcome.verdict === 'fail') || `state ${state}, ${said(outcome)}`;
  });
};
