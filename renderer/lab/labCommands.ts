import CircleCheck from '@lucide/svelte/icons/circle-check';
import Flag from '@lucide/svelte/icons/flag';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import Network from '@lucide/svelte/icons/network';
import Pause from '@lucide/svelte/icons/pause';
import Play from '@lucide/svelte/icons/play';
import { m } from '../messages/messages.ts';
import type { Command } from '../palette/commands.svelte.ts';
import type { RunState } from './runState.svelte.ts';
import { signOf, stateWord } from './signs.ts';

/** What can be done in an open run, and a line for each question. What destroys something stays with its own button. */
export function labCommands(run: RunState, check: () => void, map: () => void): Command[] {
  const question = run.question;
  if (!run.view || !question) return [];
  const questions: Command[] = run.view.questions.map((it) => ({
    id: `question ${it.id}`,
    group: 'questions',
    title: `${it.number} ${it.title.replaceAll(/[`*]/g, '')}`,
    sign: { socket: signOf(it, it.id === question.id) },
    note: stateWord(it),
    run: () => void run.select(it.id),
  }));
  const topology: Command = {
    id: 'topology',
    group: 'lab',
    title: m.topology.open,
    sign: { icon: Network },
    keys: 'Alt T',
    run: map,
  };
  if (run.view.finishedAt) return [topology, ...questions];
  const hint: Command[] =
    question.hints.total > question.hints.shown.length
      ? [
          {
            id: 'hint',
            group: 'lab',
            title: question.hints.shown.length ? m.lab.nextHint : m.lab.hint,
            sign: { icon: Lightbulb },
            run: () => void run.hint(),
          },
        ]
      : [];
  return [
    { id: 'check', group: 'lab', title: m.lab.check, sign: { icon: CircleCheck }, keys: 'Ctrl Enter', run: check },
    {
      id: 'flag',
      group: 'lab',
      title: m.keys.titles.flag,
      sign: { icon: Flag },
      keys: 'Alt G',
      run: () => void run.flag(),
    },
    ...hint,
    topology,
    ...pausing(run),
    ...questions,
  ];
}

/** Only where the environment can stand still. */
function pausing({ view, pause, resume }: RunState): Command[] {
  if (!view?.canPause) return [];
  if (view.environment.state === 'paused')
    return [{ id: 'resume', group: 'lab', title: m.lab.goOn, sign: { icon: Play }, run: () => void resume() }];
  return [{ id: 'pause', group: 'lab', title: m.lab.pause, sign: { icon: Pause }, run: () => void pause() }];
}
