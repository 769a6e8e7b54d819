import { LabError } from '../../contract/error.ts';
import type { Agent } from '../agent/agent.ts';
import { quote } from '../agent/quote.ts';

/** How a kind of link is tried, where its name alone does not do. */
const arguments_: Readonly<Record<string, string>> = {
  veth: 'peer name pbtest1',
  vxlan: 'id 1 dstport 4789',
  macvlan: 'link lo',
  ipvlan: 'link lo',
};

/** Features that are no kind of link: a command that fails where they are not there. */
const commands: Readonly<Record<string, string>> = {
  br_netfilter: '[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]',
};

/** Those features (`veth`, `bridge`, `vxlan`, `br_netfilter`) that the kernel under Docker does not have. Tried in the agent's own empty namespace. */
export const missingFeatures = async (agent: Agent, features: Iterable<string>): Promise<Set<string>> => {
  const tried = [...new Set(features)].map((feature) => {
    const name = quote([feature]);
    const attempt =
      commands[feature] ??
      `ip link add pbtest0 type ${name} ${arguments_[feature] ?? ''} 2>/dev/null && ip link del pbtest0`;
    return `${attempt} || echo ${name}`;
  });
  if (tried.length === 0) return new Set();
  const { stdout } = await agent.run(tried.join('\n'), { deadlineMs: 5000 });
  return new Set(stdout.split('\n').filter(Boolean));
};

export const kernelLacks = (features: readonly string[]): LabError =>
  new LabError('environment-failed', `The kernel that Docker runs on has no ${features.join(', ')}.`, {
    hint: `\`sudo modprobe ${features.join(' ')}\` on that machine loads what is there; a kernel without it cannot carry this lab.`,
    data: { component: 'kernel', missing: [...features] },
  });
