import { z } from 'zod';
import { LabError } from '../../contract/error.ts';
import { compilePattern } from '../catalog/pattern.ts';
import { valuesAt } from './kubernetes/fieldPath.ts';
import { API_DEADLINE, API_LIMIT, clusterOf, type KubeObject } from './kubernetes/objects.ts';
import { namespaceOrAll, selectorParams } from './kubernetes/params.ts';
import { podsOf } from './kubernetes/pods.ts';
import { linePattern } from './params.ts';
import type { Probe } from './probe.ts';
import { counted, countField } from './rows.ts';

/** Bytes of a log that are read, from its beginning: what a component says about itself stands there. */
const LIMIT = 256 * 1024;

const params = z.strictObject({
  ...selectorParams,
  container: z.string().min(1).optional().describe("Usually the pod's first"),
  pattern: linePattern,
});

/** Lines of the logs of pods (`kubectl logs`), by the cluster's API. A pod that has not begun has no lines. */
export const podLogProbe: Probe<typeof params> = {
  name: 'pod-log',
  about: "Lines in the logs of pods (`kubectl logs`), by the cluster's API. The node may be any",
  mode: 'observe',
  events: null,
  params,
  main: 'value',
  limit: () => API_DEADLINE + API_LIMIT,
  fields: {
    value: { type: 'text', about: "What the pattern's first group holds, or all that fits it" },
    line: { type: 'text', about: 'The whole line' },
    pod: { type: 'name', about: 'The pod that wrote it' },
    node: { type: 'name', about: 'The node that the pod is on' },
    ...countField,
  },
  async read(node, { name, namespace, selector, container, pattern }) {
    const pods = await podsOf(node, { name, namespace: namespaceOrAll(namespace), selector });
    const compiled = compilePattern(pattern);
    if ('wrong' in compiled) throw new LabError('lab-invalid', compiled.wrong);
    const lines = await Promise.all(
      pods.map(async (pod) => {
        const path = logPath(pod, container);
        const text = path === null ? null : await clusterOf(node).text(path, { deadlineMs: API_DEADLINE });
        return (text ?? '').split('\n').flatMap((line) => {
          const value = compiled.valueIn(line);
          if (value === null) return [];
          const [on] = valuesAt(pod, 'spec.nodeName');
          return [{ value, line, pod: pod.metadata.name, node: on ?? null }];
        });
      }),
    );
    return counted(lines.flat());
  },
};

/** Null while the container has never run: the API calls that a bad request. */
const logPath = (pod: KubeObject, wanted: string | undefined): string | null => {
  const container = wanted ?? valuesAt(pod, 'spec.containers[0].name')[0];
  const [begun] = valuesAt(pod, `status.containerStatuses[name=${container}].containerID`);
  if (container === undefined || !begun) return null;
  const { name, namespace = 'default' } = pod.metadata;
  return `/api/v1/namespaces/${namespace}/pods/${name}/log?container=${container}&limitBytes=${LIMIT}`;
};
