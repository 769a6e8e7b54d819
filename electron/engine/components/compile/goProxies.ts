import { execa } from 'execa';

const PUBLIC = 'https://proxy.golang.org';

/**
 * Where this machine gets Go modules: `GOPROXY`, else what its own Go says, else Go's public proxy; the first one first.
 * Only http addresses: a container sees no folder of ours, and it has no git for `direct`.
 */
export async function goProxies(environment: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const set = environment.GOPROXY ?? (await ofInstalledGo());
  const addresses = set
    .split(/[,|]/)
    .filter((it) => /^https?:\/\//.test(it))
    .map((it) => it.replace(/\/+$/, ''));
  return addresses.length > 0 ? addresses : [PUBLIC];
}

async function ofInstalledGo(): Promise<string> {
  const { stdout, failed } = await execa('go', ['env', 'GOPROXY'], { reject: false, timeout: 5000 });
  return failed ? '' : stdout.trim();
}
