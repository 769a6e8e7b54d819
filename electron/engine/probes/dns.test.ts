import { describe, expect, test } from 'vitest';
import { dnsProbe } from './dns.ts';
import { KubeDouble } from './kubernetes/kubeDouble.ts';
import { NodeDouble } from './nodeDouble.ts';

const server = '10.96.0.10';
const header = (status: string) =>
  `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 5\n;; flags: qr aa rd; QUERY: 1, ANSWER: 1\n\n`;
const reading = (answer: string | { exit: number; stdout: string }, params: object) =>
  dnsProbe.read(new NodeDouble({ tools: () => answer }), dnsProbe.params.parse({ server, ...params }));
const rows = (type: string, ...lines: string[]) =>
  reading(`${header('NOERROR')};; ANSWER SECTION:\n${lines.join('\n')}\n\n`, { ask: 'x.example', type });

describe('records', () => {
  test('A, with every field; the CNAME on the way is not one', async () =>
    expect(await rows('A', 'x.example.\t30\tIN\tCNAME\ty.example.', 'y.example.\t29\tIN\tA\t10.1.1.1')).toEqual([
      {
        value: '10.1.1.1',
        status: 'NOERROR',
        owner: 'y.example',
        ttl: 29,
        priority: null,
        weight: null,
        port: null,
        serial: null,
        count: 1,
      },
    ]));
  test.each([
    ['AAAA', 'fd00::1', { value: 'fd00::1' }],
    ['CNAME', 'y.example.', { value: 'y.example' }],
    ['NS', 'ns.example.', { value: 'ns.example' }],
    ['PTR', 'web.default.svc.cluster.local.', { value: 'web.default.svc.cluster.local' }],
    ['MX', '10 mail.example.', { value: 'mail.example', priority: 10 }],
    ['SRV', '0 100 5432 db.example.', { value: 'db.example', priority: 0, weight: 100, port: 5432 }],
    ['SOA', 'ns.example. admin.example. 77 7200 1800 86400 30', { value: 'ns.example', serial: 77 }],
    ['TXT', '"one \\"two\\"" " three"', { value: 'one "two" three' }],
  ])('%s', async (type, data, row) =>
    expect(await rows(type, `x.example. 30 IN ${type} ${data}`)).toMatchObject([row]),
  );
});

test.each(['NXDOMAIN', 'SERVFAIL', 'REFUSED'])('%s is a result', async (status) =>
  expect(await reading(header(status), { ask: 'x.example' })).toMatchObject([{ status, value: null, count: 0 }]),
);
test.each([
  ';; communications error to 10.96.0.10#53: timed out\n\n; <<>> DiG <<>>\n;; no servers could be reached\n',
  ';; UDP setup with 10.96.0.10#53(10.96.0.10) for x failed: network unreachable.\n',
])('no reply is a result', async (stdout) =>
  expect(await reading({ exit: 9, stdout }, { ask: 'x.example' })).toMatchObject([{ status: 'NOREPLY', value: null }]),
);

test('dig is given the whole name, and an address in its own way', async () => {
  const node = new NodeDouble({ tools: () => header('NXDOMAIN') });
  await dnsProbe.read(node, dnsProbe.params.parse({ server, ask: '10-1-2-3.dev.pod.cluster.local' }));
  await dnsProbe.read(node, dnsProbe.params.parse({ server, ask: '10.1.2.3', type: 'PTR' }));
  expect(node.asked.map((command) => command.split(' +')[0]?.replace(/-b 0\.0\.0\.0#64\d\d\d /, ''))).toEqual([
    'dig @10.96.0.10 -q 10-1-2-3.dev.pod.cluster.local -t A',
    'dig @10.96.0.10 -x 10.1.2.3',
  ]);
});
test.each(['-f', '+trace', '@10.0.0.1', 'a b'])('%s is no name', (ask) =>
  expect(dnsProbe.params.safeParse({ server, ask }).success).toBe(false),
);

describe('from a pod', () => {
  const uid = '6f1c2a34-0000-4000-8000-000000000001';
  const path = '/api/v1/namespaces/default/pods?fieldSelector=spec.nodeName=node01&labelSelector=app=web';
  const pod = { metadata: { name: 'web', namespace: 'default', uid }, spec: { nodeName: 'node01' } };
  const node = (items: unknown[]) =>
    new NodeDouble({
      name: 'node01',
      kube: new KubeDouble({ [path]: { items } }),
      pods: { [uid]: () => header('NXDOMAIN') },
    });
  const params = dnsProbe.params.parse({ server, ask: 'x', from: 'pod', selector: 'app=web' });
  test('in its network', async () =>
    expect(await dnsProbe.read(node([pod]), params)).toMatchObject([{ status: 'NXDOMAIN' }]));
  test('that is not there is no row', async () => expect(await dnsProbe.read(node([]), params)).toEqual([]));
});
