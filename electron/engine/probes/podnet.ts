import { z } from 'zod';
import { addressProbe } from './address.ts';
import { interfaceProbe } from './interface.ts';
import { API_LIMIT } from './kubernetes/objects.ts';
import { namespaceOrAll, selectorParams } from './kubernetes/params.ts';
import { networksOf, type RunningPod } from './kubernetes/pods.ts';
import { family, ipAddress } from './params.ts';
import type { Probe, Row } from './probe.ts';
import { routeProbe } from './route.ts';
import { counted, countField } from './rows.ts';

const params = z.strictObject({
  ...selectorParams,
  to: ipAddress.optional().describe('`gateway` and `dev` are then those of the way to this address'),
  family,
});

/** The network of pods on this node, read in their network namespaces by our own tools. Pods with the node's network have none of their own. */
export const podnetProbe: Probe<typeof params> = {
  name: 'podnet',
  about:
    'The network of pods that run on the node (`kubectl exec POD -- ip addr`, `ip route`), whatever tools they have',
  mode: 'observe',
  events: null,
  params,
  main: 'local',
  limit: () => API_LIMIT,
  fields: {
    pod: { type: 'name', about: 'Its name' },
    namespace: { type: 'name', about: 'Its namespace' },
    ifname: { type: 'interface', about: 'The interface' },
    mac: { type: 'mac', about: "The interface's MAC address" },
    local: { type: 'ip', about: 'The address' },
    prefixlen: { type: 'count', about: 'Bits of its network part' },
    network: { type: 'cidr', about: 'The network that it is in' },
    gateway: { type: 'ip', about: 'Its default gateway; with `to` the next router on that way' },
    dev: { type: 'interface', about: 'The interface of its default route; with `to` that of the way' },
    ...countField,
  },
  async read(node, { name, namespace, selector, to, family }) {
    const pods = await networksOf(node, { name, namespace: namespaceOrAll(namespace), selector });
    return counted((await Promise.all(pods.map((pod) => rowsOf(pod, { to, family })))).flat());
  },
};

type Asked = { to: string | undefined; family: 'inet' | 'inet6' };

const rowsOf = async ({ pod, inside }: RunningPod, { to, family }: Asked): Promise<Row[]> => {
  const [addresses, interfaces, [way]] = await Promise.all([
    addressProbe.read(inside, addressProbe.params.parse({ family, scope: 'global' })),
    interfaceProbe.read(inside, interfaceProbe.params.parse({})),
    routeProbe.read(inside, routeProbe.params.parse(to === undefined ? { dst: 'default', family } : { to, family })),
  ]);
  return addresses.map(({ ifname = null, local = null, prefixlen = null, network = null }) => ({
    pod: pod.metadata.name,
    namespace: pod.metadata.namespace ?? null,
    ifname,
    mac: interfaces.find((it) => it.ifname === ifname)?.address ?? null,
    local,
    prefixlen,
    network,
    gateway: way?.gateway ?? null,
    dev: way?.dev ?? null,
  }));
};
