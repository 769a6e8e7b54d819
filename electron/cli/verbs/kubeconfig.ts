import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const kubeconfig = verb({
  name: 'kubeconfig',
  says: "print what your own kubectl needs to reach a run's cluster, while Patchbay runs",
  args: [['<run>', 'id of the run']],
  flags: [jsonFlag],
  examples: [
    ['patchbay kubeconfig cluster-dns-abcde > cluster.yaml', 'a file for `kubectl --kubeconfig cluster.yaml`'],
    ['patchbay kubeconfig cluster-dns-abcde --json', '{run, kubeconfig}'],
  ],
  argsSchema: z.tuple([z.string()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run], { json }) {
    const found = await (await engine()).call(runs.kubeconfig, { run });
    if (json) output.json(found);
    else output.line(found.kubeconfig.trimEnd());
    return EXIT.done;
  },
});
