import { z } from 'zod';
import { docker } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const clean = verb({
  name: 'clean',
  says: "remove Patchbay's containers, networks and volumes, and nothing else",
  args: [],
  flags: [
    ['--images', 'its images too; they can be had again'],
    ['--all', 'also what other state directories of Patchbay have on this Docker engine'],
    ['--yes', 'with --all: also where others are at work'],
    jsonFlag,
  ],
  examples: [['patchbay clean --images', 'Docker is as it was before Patchbay']],
  argsSchema: z.tuple([]),
  flagsSchema: z.object({
    ...withJson,
    images: z.boolean().default(false),
    all: z.boolean().default(false),
    yes: z.boolean().default(false),
  }),
  async run({ engine, output }, _args, { images, all, yes, json }) {
    const removed = await (await engine()).call(docker.clean, { images, all, force: yes });
    if (json) output.json(removed);
    else
      output.line(
        `Removed ${removed.containers} containers, ${removed.networks} networks, ${removed.volumes} volumes, ${removed.images} images.`,
      );
    return EXIT.done;
  },
});
