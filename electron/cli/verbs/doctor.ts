import { z } from 'zod';
import { docker } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import type { Finding } from '../../contract/models/status.ts';
import { displayFinding } from '../displayFinding.ts';
import { EXIT } from '../exitCode.ts';
import { writeBundle } from '../supportBundle.ts';
import { type Context, jsonFlag, verb, withJson } from '../verb.ts';

export const doctor = verb({
  name: 'doctor',
  says: 'look at everything that Patchbay needs, and say how to mend what is wrong',
  args: [],
  flags: [
    ['--bundle <file>', 'write its logs and findings, without names and keys, to a .tar.gz to send on'],
    jsonFlag,
  ],
  examples: [
    ['patchbay doctor', 'exit code 3 where something is wrong'],
    ['patchbay doctor --bundle patchbay.tar.gz', 'for a report'],
  ],
  argsSchema: z.tuple([]),
  flagsSchema: z.object({ ...withJson, bundle: z.string().min(1).optional() }),
  async run(context, _args, { bundle, json }) {
    const { output, stateDir } = context;
    const findings = [...(await engineFindings(context)), displayFinding()];
    if (bundle !== undefined) await writeBundle(bundle, stateDir, findings);
    if (json) output.json({ findings, ...(bundle === undefined ? {} : { bundle }) });
    else {
      for (const { state, title, detail, fix } of findings) {
        output.line(`${sign(state)} ${output.style('bold', title)}  ${detail}`);
        if (fix !== null && state !== 'ok') output.line(`    ${fix}`);
      }
      if (bundle !== undefined) output.line(`Written to ${bundle}.`);
    }
    return findings.some((it) => it.state === 'wrong') ? EXIT.failed : EXIT.done;
  },
});

const sign = (state: Finding['state']): string => ({ ok: '✓', warning: '!', wrong: '✗', skipped: '-' })[state];

/** An engine that does not come up is itself what is wrong. */
async function engineFindings({ engine }: Context): Promise<Finding[]> {
  try {
    return (await (await engine()).call(docker.doctor, {})).findings;
  } catch (thrown) {
    const { message, hint } = LabError.from(thrown);
    return [{ id: 'engine', title: 'Engine of Patchbay', state: 'wrong', detail: message, fix: hint }];
  }
}
