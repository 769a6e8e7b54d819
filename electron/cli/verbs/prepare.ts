import { z } from 'zod';
import { docker } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import type { EngineStatus } from '../../contract/models/status.ts';
import { statusChanged } from '../../contract/pushes.ts';
import { EXIT } from '../exitCode.ts';
import { stepPrinter } from '../stepLines.ts';
import { verb, withJson } from '../verb.ts';

export const prepare = verb({
  name: 'prepare',
  says: 'find or start Docker, and get or build the images',
  args: [],
  flags: [
    ['--kubernetes', 'also build Kubernetes, for the labs with a cluster: minutes, once'],
    ['--json', 'one JSON object a line: each step as it goes, and {error} last where it fails'],
  ],
  examples: [
    ['patchbay prepare', 'afterwards every lab without a cluster starts, also without a network'],
    ['patchbay prepare --kubernetes', 'and every lab with one'],
  ],
  argsSchema: z.tuple([]),
  flagsSchema: z.object({ ...withJson, kubernetes: z.boolean().default(false) }),
  async run({ engine, output }, _args, { json, kubernetes }) {
    const client = await engine();
    const print = json ? jsonSteps((step) => output.json(step)) : stepPrinter(output);
    client.on(statusChanged, ({ images, cluster }) => {
      for (const it of kubernetes ? [images, cluster] : [images])
        if (it.state === 'preparing' || it.state === 'failed') print(it.steps);
    });
    const status = await client.call(docker.prepare, { cluster: kubernetes });
    const error = whatIsMissing(status);
    if (error) throw error;
    if (!json) output.line(`Docker and the images are ready${kubernetes ? ', those of clusters too' : ''}.`);
    return EXIT.done;
  },
});

/** Each step anew only when something about it has changed. */
function jsonSteps(tell: (step: Step) => void): (steps: readonly Step[]) => void {
  const told = new Map<string, string>();
  return (steps) => {
    for (const step of steps) {
      const text = JSON.stringify(step);
      if (told.get(step.id) === text) continue;
      told.set(step.id, text);
      tell(step);
    }
  };
}

export function whatIsMissing({ docker, images }: EngineStatus): LabError | null {
  if (docker.state === 'missing') return LabError.fromView(docker.error);
  return images.state === 'failed' ? LabError.fromView(images.error) : null;
}
