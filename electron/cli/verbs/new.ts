import { basename, relative } from 'node:path';
import { z } from 'zod';
import { catalog } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import { EXIT } from '../exitCode.ts';
import { LAB_KINDS, writeNewLab } from '../newLab.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { FolderWord } from '../words.ts';

export const newLab = verb({
  name: 'new',
  says: 'start a lab of your own: a folder that works at once, to be changed',
  args: [['<lab>', 'its id, for a folder of that name here; or a path']],
  flags: [['--kind <kind>', `what its nodes are: ${LAB_KINDS.join(' or ')} (default: hosts)`], jsonFlag],
  examples: [
    ['patchbay new my-first-lab', 'two hosts and a switch, one question of each kind'],
    ['patchbay new ./course/pods --kind kubernetes', 'a cluster of two nodes'],
  ],
  argsSchema: z.tuple([FolderWord]),
  flagsSchema: z.object({ ...withJson, kind: z.enum(LAB_KINDS).default('hosts') }),
  async run({ engine, output }, [folder], { kind, json }) {
    const client = await engine();
    const id = basename(folder);
    const { labs } = await client.call(catalog.labs, {});
    if (labs.some((it) => it.id === id))
      throw new LabError('conflict', `There is a lab called ${id} already.`, { hint: 'Choose another name.' });
    const files = writeNewLab(folder, kind);
    await client.call(catalog.add, { folder });
    if (json) {
      output.json({ lab: id, folder, files });
      return EXIT.done;
    }
    for (const file of files) output.line(`wrote ${relative(process.cwd(), file)}`);
    output.line();
    output.line(`${output.style('bold', id)} stands in the catalog now, and follows every change of these files.`);
    output.line('Go on with');
    output.table([
      [`  patchbay run ${id}`, 'try it'],
      [`  patchbay lint ${id} --watch`, 'mistakes, as you type'],
      [`  patchbay prove ${id} --seeds 1`, 'show on real nodes that it grades rightly'],
    ]);
    return EXIT.done;
  },
});
