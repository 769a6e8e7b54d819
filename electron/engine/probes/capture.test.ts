import { expect, test } from 'vitest';
import type { Packet } from '../environments/capture/packet.ts';
import { captureProbe } from './capture.ts';
import { KubeDouble } from './kubernetes/kubeDouble.ts';
import { NodeDouble } from './nodeDouble.ts';

const echo: Packet = {
  ifname: 'veth1',
  direction: 'in',
  source: '10.9.1.2',
  destination: '10.9.2.3',
  protocol: 'icmp',
  port: null,
  echo: 'request',
};
const web: Packet = { ...echo, ifname: 'eth0', source: '10.1.1.1', protocol: 'tcp', port: 80, echo: null };
const v6: Packet = { ...echo, source: 'fd00::1', destination: 'fd00::2', direction: 'out', echo: 'reply' };

const pod = (name: string, ...ips: string[]) => ({
  metadata: { name, namespace: 'default', uid: name },
  status: { podIPs: ips.map((ip) => ({ ip })) },
});
const kube = new KubeDouble({
  '/api/v1/namespaces/default/pods': { items: [pod('one', '10.9.1.2'), pod('two', '10.9.2.3', 'fd00::2')] },
  '/api/v1/namespaces/dev/pods': { items: [] },
});
const reading = (params: object) =>
  captureProbe.read(new NodeDouble({ packets: [echo, web, v6], kube }), captureProbe.params.parse(params));

test('everything, with every field', async () =>
  expect(await reading({})).toEqual([echo, web, v6].map((packet) => ({ ...packet, count: 3 }))));

test.each([
  [{ from: '10.9.1.2' }, [echo]],
  [{ from: '10.9.0.0/16' }, [echo]],
  [{ from: '0.0.0.0/0' }, [echo, web]],
  [{ to: '10.9.2.3' }, [echo, web]],
  [{ to: 'fd00::/64' }, [v6]],
  [{ to: '10.9.2.4' }, []],
  [{ protocol: 'tcp' }, [web]],
  [{ port: 80 }, [web]],
  [{ port: 8080 }, []],
  [{ echo: 'reply' }, [v6]],
  [{ ifname: 'eth0' }, [web]],
  [{ direction: 'out' }, [v6]],
  [{ 'from-pod': 'one' }, [echo]],
  [{ 'from-pod': 'one', 'to-pod': 'two' }, [echo]],
  [{ 'to-pod': 'two' }, [echo, web, v6]],
  [{ 'from-pod': 'two' }, []],
  [{ 'to-pod': 'nobody' }, []],
  [{ 'to-pod': 'two', namespace: 'dev' }, []],
])('%j', async (params, seen) => expect((await reading(params)).map(({ count, ...packet }) => packet)).toEqual(seen));

test.each([{ from: '10.9.1.x' }, { to: '10.9.1.0/33' }, { to: 'web' }, { port: 0 }, { protocol: 'icmp6' }])(
  '%j is nothing that it could look for',
  (params) => expect(captureProbe.params.safeParse(params).success).toBe(false),
);

test('the cluster is asked once, and only where a packet fits all else', async () => {
  kube.asked.length = 0;
  await reading({ 'from-pod': 'one', 'to-pod': 'two', port: 4711 });
  expect(kube.asked).toEqual([]);
  await reading({ 'from-pod': 'one', 'to-pod': 'two' });
  expect(kube.asked).toHaveLength(1);
});

test('a cluster that answers something else than pods is a fault of ours', async () => {
  const node = new NodeDouble({ packets: [echo], kube: new KubeDouble(() => 'Internal Server Error') });
  await expect(captureProbe.read(node, captureProbe.params.parse({ 'from-pod': 'one' }))).rejects.toMatchObject({
    code: 'probe-failed',
    hint: expect.stringContaining('not your mistake'),
  });
});
