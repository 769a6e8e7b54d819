import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quote } from '../agent/quote.ts';
import type { ExpandedLook, Expectation } from '../catalog/expanded.ts';
import { probeNames } from '../probes/table.ts';
import { askChecks } from './checks.ts';
import { type RealNodes, realNodes } from './realNodes.ts';
import { checkOf, lookAt } from './samples.ts';
import { look } from './truth.ts';

/** Answers every question for a name's address with 192.0.2.7, as small as a DNS server can be. */
const responder = `use IO::Socket; my $s = IO::Socket::INET->new(LocalPort => 53, Proto => "udp") or die;
while ($s->recv(my $asked, 512)) {
  my ($id, $question) = (substr($asked, 0, 2), substr($asked, 12) =~ /^(.*?\\0....)/s);
  $s->send($id . pack("n5", 0x8180, 1, 1, 0, 0) . $question . pack("nnnNnC4", 0xc00c, 1, 1, 30, 4, 192, 0, 2, 7));
}`;

/** Tells everybody who asks over HTTP whom it sees, and at which name and path. */
const webServer = `use IO::Socket; my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 9, ReuseAddr => 1) or die;
while (my $c = $s->accept) {
  my ($path, $host) = (split " ", <$c>)[1];
  while (<$c>) { $host = $1 if /^host: *(\\S+)/i; last if /^\\r?$/ }
  my $body = "you are " . $c->peerhost . " and want $path of $host\\n";
  print $c "HTTP/1.0 202 Accepted\\r\\nContent-Length: " . length($body) . "\\r\\n\\r\\n$body"; close $c
}`;

/** They need a cluster or a Docker Engine; the tests of those have rows for them. */
const elsewhere: readonly string[] = ['podnet', 'kube', 'pod-log', 'docker'];

let nodes: RealNodes;
beforeAll(async () => {
  nodes = await realNodes('probes');
  await nodes.environment.node('b').packets();
  await nodes.type(
    'a',
    'ping -c 1 -W 2 10.7.1.11; printf "one\\ntwo\\n" > /root/notes; ip route add blackhole 10.66.0.0/16',
  );
  // A wrong mask can make a neighbour's address the broadcast one: here of 10.55.0.0/30.
  await nodes.type(
    'a',
    'ip addr add 10.55.0.1/30 dev eth0; ip route add unreachable 10.67.0.0/16; ip route add prohibit 10.68.0.0/16',
  );
  await nodes.type(
    'a',
    'setsid nc -l 127.0.0.1 5000 > /dev/null 2>&1 < /dev/zero & until ss -Hltn sport = :5000 | grep -q .; do sleep 0.05; done',
  );
  await nodes.type(
    'a',
    'setsid nc -d 127.0.0.1 5000 > /dev/null 2>&1 & until ss -Htn state established dport = :5000 | grep -q .; do sleep 0.05; done',
  );
  await nodes.type(
    'b',
    `setsid perl -e '${responder}' > /dev/null 2>&1 < /dev/null & until ss -Hlun sport = :53 | grep -q .; do sleep 0.05; done`,
  );
  await nodes.type('a', 'dig +short @10.7.1.11 own.example; ping -c 1 -s 4 10.7.1.11; nc -z -w 1 10.7.1.11 81; true');
  await nodes.type(
    'b',
    `setsid perl -e '${webServer}' > /dev/null 2>&1 < /dev/null & until ss -Hltn sport = :80 | grep -q .; do sleep 0.05; done`,
  );
  await namespaceRed();
  await nodes.type('a', 'mkdir -p /etc/systemd/system/own.service.d /etc/cni/net.d /opt/cni/bin');
  const write = (path: string, text: string) => nodes.docker.writeFile(nodes.containers.a ?? '', path, text, 0o644);
  await write('/etc/systemd/system/own.service', '[Service]\nExecStart=/bin/own --to=old\n');
  const dropIn = ['[Service]', 'Environment=WHERE=new', 'ExecStart=', `ExecStart=/bin/own --to=$${'{WHERE}'}`];
  await write('/etc/systemd/system/own.service.d/1.conf', dropIn.join('\n'));
  await write('/root/own.json', '{"name": "n", "type": "own"}');
  // Links that lead out of their folder, one relative and one absolute: both are followed within the node.
  await nodes.type('a', 'ln -s ../../../usr/bin/env /opt/cni/bin/own; ln -s /root/own.json /etc/cni/net.d/00-own.conf');
}, 600_000);
afterAll(() => nodes?.close());

/** A namespace in `a`, by a cable to it, and rules that change addresses, by all three programs. The node itself has no right to make one. */
async function namespaceRed() {
  const { pid } = (await nodes.docker.inspect(nodes.containers.a ?? '')) ?? {};
  const lines = [
    'ip netns add red; touch /run/netns/plain; ln -s /proc/1/ns/net /run/netns/link',
    'ip link add ve0 address 02:11:22:33:44:e0 type veth peer name eth7 address 02:11:22:33:44:e7 netns red',
    'ip addr add 10.8.8.1/24 dev ve0; ip link set ve0 up',
    'ip -n red link set lo up; ip -n red addr add 10.8.8.2/24 dev eth7; ip -n red link set eth7 up',
    'ip -n red route add default via 10.8.8.1; ip netns exec red ping -c 1 -W 2 10.8.8.1',
    'ip -n red link add rb type bridge; ip -n red link add rp type veth peer name rq; ip -n red link set rp master rb',
    'ip netns exec red iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.8.8.9:80',
    'iptables -t nat -A POSTROUTING -s 10.8.8.0/24 ! -d 10.8.8.0/24 -j MASQUERADE',
    'iptables-legacy -t nat -A POSTROUTING -o ve0 -j SNAT --to-source 10.8.8.1',
    'nft add table ip own; nft add chain ip own in "{ type nat hook prerouting priority -100; }"',
    'nft add rule ip own in tcp dport "{ 81, 82 }" dnat to 10.8.8.2:80',
  ];
  await nodes.inAgent(`nsenter -t ${pid} -n -m -p sh -ec ${quote([lines.join('\n')])}`);
  const own = "sh -c 'setsid nc -l 10.8.8.2 5001 > /dev/null 2>&1 < /dev/zero &'";
  await nodes.inAgent(`nsenter -t ${pid} -n -m -p ip netns exec red ${own}`);
  await nodes.inAgent(
    `until nsenter -t ${pid} -n -m -p ip netns exec red ss -Hltn sport = :5001 | grep -q .; do sleep 0.05; done`,
  );
}

const none: [Expectation, Expectation] = [
  { is: 'exists', value: false },
  { is: 'exists', value: true },
];
const red = { netns: 'red' };

/** Probe, parameters, field, node; what is there; what is not. */
const table: [ExpandedLook, Expectation, Expectation][] = [
  [lookAt('interface', { name: 'eth0' }, 'address'), is('02-11-22-33-44-0A'), is('02:11:22:33:44:0b')],
  [lookAt('interface', { name: 'eth0' }, 'mtu'), is(1400), is(1500)],
  [lookAt('interface', { name: 'eth0' }, 'operstate'), is('up'), is('DOWN')],
  [lookAt('interface', { name: 'eth0' }, 'kind'), is('veth'), is('bridge')],
  [lookAt('interface', { name: 'port1' }, 'master', 'sw'), is('br0'), is('br1')],
  [lookAt('interface', {}, 'count'), is(2), is(3)],
  [lookAt('interface', { name: 'eth9' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('address', { name: 'eth0' }), is('10.7.1.10'), is('10.7.1.11')],
  [lookAt('address', { name: 'eth0' }, 'network'), is('10.7.1.0/255.255.255.0'), is('10.7.1.0/25')],
  [lookAt('address', { name: 'eth0' }, 'cidr'), is('10.7.1.10/24'), is('10.7.1.10/25')],
  [
    lookAt('address', { family: 'inet6', scope: 'link' }),
    { is: 'contains', value: 'fe80::' },
    { is: 'contains', value: 'fd00' },
  ],
  [lookAt('neighbour', { to: '10.7.1.11' }), is('02:11:22:33:44:0b'), is('02:11:22:33:44:0a')],
  [lookAt('neighbour', { to: '10.7.1.99' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('route', { to: '10.9.9.9' }, 'gateway'), is('10.7.1.1'), is('10.7.1.2')],
  [lookAt('route', { to: '10.7.1.11' }, 'dev'), is('eth0'), is('lo')],
  [lookAt('route', { to: '10.66.0.1' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('route', { to: '10.67.0.1' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('route', { to: '10.68.0.1' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('route', { to: '2001:db8::1' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('route', { dst: 'default' }, 'gateway'), is('10.7.1.1'), is('10.7.1.10')],
  [lookAt('bridge', { name: 'br0' }, 'count', 'sw'), is(2), is(3)],
  [lookAt('bridge', { mac: '02:11:22:33:44:0b' }, 'ifname', 'sw'), is('port2'), is('port1')],
  [lookAt('bridge', { port: 'port1' }, 'state', 'sw'), is('forwarding'), is('blocking')],
  [lookAt('bridge'), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('ping', { to: '10.7.1.11' }), { is: 'at-least', value: 1 }, { is: 'at-most', value: 0 }],
  [lookAt('ping', { to: '10.7.1.11', packets: 3 }), is(3), is(2)],
  [lookAt('ping', { to: '10.7.1.99' }), is(0), { is: 'at-least', value: 1 }],
  [lookAt('ping', { to: '10.66.0.1' }), is(0), { is: 'at-least', value: 1 }],
  [lookAt('ping', { to: '10.67.0.1' }), is(0), { is: 'at-least', value: 1 }],
  [lookAt('ping', { to: '10.68.0.1' }), is(0), { is: 'at-least', value: 1 }],
  [lookAt('ping', { to: '10.55.0.3' }), is(0), { is: 'at-least', value: 1 }],
  [lookAt('ping', { to: '2001:db8::1' }), is(0), { is: 'at-least', value: 1 }],
  [lookAt('ping', { to: '::1' }), is(1), is(0)],
  [lookAt('hostname'), is('A'), is('b')],
  [lookAt('sysctl', { name: 'net.ipv4.ip_forward' }), is(0), is(1)],
  [
    lookAt('sysctl', { name: 'net.ipv4.conf.eth9.forwarding' }),
    { is: 'exists', value: false },
    { is: 'exists', value: true },
  ],
  [lookAt('file', { path: '/root/notes' }), { is: 'contains', value: 'two' }, { is: 'contains', value: 'three' }],
  [lookAt('file', { path: '/root/notes' }, 'lines'), is(2), is(3)],
  [lookAt('file', { path: '/root/none' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('file', { path: '/root/none' }, 'exists'), is(false), is(true)],
  [lookAt('process', { name: 'nc' }, 'count'), is(3), is(2)],
  [lookAt('process', { name: 'tini', flag: '-g' }, 'value'), is('true'), is('false')],
  [lookAt('process', { name: 'perl' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('socket', { process: 'perl', protocol: 'udp' }, 'port', 'b'), is(53), is(54)],
  [lookAt('socket', { port: 5000, state: 'established' }, 'process'), is('nc'), is('perl')],
  [lookAt('socket', { process: 'sshd' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('unit', { name: 'own', flag: '--to' }, 'value'), is('new'), is('old')],
  [lookAt('unit', { name: 'other' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('cni', {}, 'type'), is('own'), is('bridge')],
  [lookAt('cni', {}, 'installed'), is(true), is(false)],
  [lookAt('dns', { ask: 'web.example', server: '10.7.1.11' }), is('192.0.2.7'), is('192.0.2.8')],
  [lookAt('dns', { ask: 'web.example', server: '10.7.1.10' }, 'status'), is('NOREPLY'), is('NOERROR')],
  [lookAt('dns', { ask: 'web.example', server: '10.66.0.1' }, 'status'), is('NOREPLY'), is('NOERROR')],
  [lookAt('capture', { echo: 'request' }, 'source', 'b'), is('10.7.1.10'), is('10.7.1.11')],
  [lookAt('capture', { from: '10.7.1.11', echo: 'reply' }, 'direction', 'b'), is('out'), is('in')],
  [lookAt('capture', { to: '10.7.1.0/24', port: 53 }, 'protocol', 'b'), is('udp'), is('tcp')],
  [lookAt('capture', { protocol: 'tcp' }, 'port', 'b'), is(81), is(80)],
  [lookAt('capture', { from: '10.7.1.99' }, null, 'b'), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('netns', {}, 'count'), is(2), is(3)],
  [lookAt('netns', { name: 'red' }), is('red'), is('blue')],
  [lookAt('netns', { name: 'plain' }), ...none],
  [lookAt('netns', {}, null, 'b'), ...none],
  [lookAt('interface', { ...red, name: 'eth7' }, 'address'), is('02:11:22:33:44:e7'), is('02:11:22:33:44:e0')],
  [lookAt('interface', { ...red, name: 'eth0' }), ...none],
  [lookAt('interface', { netns: 'blue' }), ...none],
  [lookAt('interface', { netns: 'link', name: 'eth0' }, 'address'), is('02:11:22:33:44:0a'), is('02:11:22:33:44:0b')],
  [lookAt('address', { ...red, name: 'eth7' }, 'cidr'), is('10.8.8.2/24'), is('10.8.8.1/24')],
  [lookAt('neighbour', { ...red, to: '10.8.8.1' }), is('02:11:22:33:44:e0'), is('02:11:22:33:44:e7')],
  [lookAt('route', { ...red, to: '10.9.9.9' }, 'gateway'), is('10.8.8.1'), is('10.7.1.1')],
  [lookAt('bridge', { ...red, name: 'rb' }), is('rp'), is('rq')],
  [lookAt('ping', { ...red, to: '10.8.8.1' }), is(1), is(0)],
  [lookAt('ping', { ...red, to: '10.66.0.1' }), is(0), is(1)],
  [lookAt('sysctl', { ...red, name: 'net.ipv4.conf.eth7.forwarding' }), is('0'), is('1')],
  [lookAt('socket', { ...red, port: 5001 }, 'process'), is('nc'), is('perl')],
  [lookAt('socket', { port: 5001 }), ...none],
  [lookAt('nat', { kind: 'masquerade' }, 'source'), is('10.8.8.0/24'), is('10.7.1.0/24')],
  [lookAt('nat', { kind: 'masquerade' }, 'not-destination'), is('10.8.8.0/24'), is('10.7.1.0/24')],
  [lookAt('nat', { kind: 'snat' }, 'by'), is('iptables-legacy'), is('iptables')],
  [lookAt('nat', { port: 82 }, 'to'), is('10.8.8.2'), is('10.8.8.9')],
  [lookAt('nat', {}, 'count'), is(4), is(5)],
  [lookAt('nat', red, 'to-port'), is(80), is(8080)],
  [lookAt('nat', { netns: 'blue' }), ...none],
  [lookAt('nat', {}, null, 'b'), ...none],
  [lookAt('http', { to: '10.7.1.11' }), is(202), is(200)],
  [lookAt('http', { to: '10.7.1.11' }, 'client'), is('10.7.1.10'), is('10.8.8.2')],
  [
    lookAt('http', { to: '10.7.1.11', path: '/who', host: 'web.example' }, 'body'),
    { is: 'contains', value: 'want /who of web.example' },
    { is: 'contains', value: 'want / of' },
  ],
  [lookAt('http', { to: '10.7.1.11', port: 99 }, 'failure'), is('no-connection'), is('no-reply')],
  [lookAt('http', { to: '10.7.1.99' }, 'failure'), is('no-reply'), is('no-http')],
  [lookAt('http', { ...red, to: '10.7.1.11' }), { is: 'exists', value: false }, { is: 'exists', value: true }],
  [lookAt('http', { netns: 'blue', to: '10.7.1.11' }), ...none],
  [lookAt('exec', { command: 'cat /root/notes | wc -l' }), is('2'), is('3')],
  [lookAt('exec', { command: 'exit 3' }, 'exit'), is(3), is(0)],
];

function is(value: string | number | boolean): Expectation {
  return { is: 'equals', value };
}

const judged = async (wanted: ExpandedLook, expect: Expectation) =>
  (await askChecks(nodes.environment, [checkOf({ look: wanted, expect })]))[0];

test('every probe has a row', () =>
  expect(new Set([...elsewhere, ...table.map(([{ probe }]) => probe)])).toEqual(new Set(probeNames)));

describe.each(table)('%j', (wanted, right, wrong) => {
  test(`holds: ${JSON.stringify(right)}`, async () =>
    expect(await judged(wanted, right)).toMatchObject({ verdict: 'pass' }));
  test(`does not hold: ${JSON.stringify(wrong)}`, async () =>
    expect(await judged(wanted, wrong)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('It does not hold'),
    }));
});

test('a setting is read in the network of its node, not in that of the helper', async () => {
  await nodes.type('b', 'sysctl -w net.ipv4.ip_forward=1');
  const value = async (node: string) =>
    (await look(nodes.environment, lookAt('sysctl', { name: 'net.ipv4.ip_forward' }, null, node))).values;
  expect([await value('a'), await value('b')]).toEqual([['0'], ['1']]);
});

test('packets of our own probes are in no capture, on the node that asks and on the one that is asked', async () => {
  const seen = async (node: string) => (await nodes.environment.node(node).packets()).length;
  expect(await seen('a')).toBe(0);
  const before = await seen('b');
  await look(nodes.environment, lookAt('ping', { to: '10.7.1.11', packets: 3 }));
  await look(nodes.environment, lookAt('dns', { ask: 'web.example', server: '10.7.1.11' }));
  // What the learner sends after them is seen: so all that went before it would be.
  await nodes.type('a', 'ping -c 1 -s 8 10.7.1.11');
  await expect.poll(() => seen('a')).toBe(2);
  expect(await seen('b')).toBe(before);
});

test('a flood of packets is a few lines, and a packet that is new is told', async () => {
  const heard: string[] = [];
  const unsubscribe = nodes.environment.onChange(({ node, source }) => source === 'packets' && heard.push(node));
  await nodes.type('a', 'ping -q -f -c 2000 10.7.1.11; ping -q -c 1 127.0.0.1');
  await expect.poll(() => heard).toContain('a');
  expect(heard).toHaveLength(new Set(heard).size * 2);
  unsubscribe();
});

test('reading rules makes no table', async () => {
  await look(nodes.environment, lookAt('nat', {}, null, 'b'));
  const said = await nodes.type('b', 'nft list ruleset; cat /proc/net/ip_tables_names');
  expect(said.trim()).toBe('');
});

test('a request from a namespace comes by the address that the rules give it', async () => {
  await nodes.type('a', 'sysctl -w net.ipv4.ip_forward=1');
  const { values } = await look(nodes.environment, lookAt('http', { ...red, to: '10.7.1.11' }, 'client'));
  await nodes.type('a', 'sysctl -w net.ipv4.ip_forward=0');
  expect(values).toEqual(['10.7.1.10']);
});

test('ten reads at once over the nodes are all answered', async () => {
  const began = performance.now();
  await Promise.all(Array.from({ length: 10 }, () => look(nodes.environment, lookAt('interface', {}, null, '*'))));
  expect(performance.now() - began).toBeLessThan(20_000);
});
