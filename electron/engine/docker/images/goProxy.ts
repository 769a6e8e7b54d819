import { execa } from 'execa';

const PUBLIC = 'https://proxy.golang.org';

/**
 * Where this machine gets Go modules: `GOPROXY`, else what its own Go says, else Go's public proxy; joined by commas, first one first.
 * Only http addresses: a container sees no folder of ours, and it has no git for `direct`.
 */
export async function goProxies(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const set = environment.GOPROXY ?? (await ofInstalledGo());
  const addresses = set.split(/[,|]/).filter((it) => /^https?:\/\//.test(it));
  return addresses.length > 0 ? addresses.join(',') : PUBLIC;
}

/** What the builder's Dockerfile is told; nothing where it would be its default, so that the engine's cache stays valid. */
export async function goArguments(environment: NodeJS.ProcessEnv = process.env): Promise<Record<string, string>> {
  const [first = PUBLIC] = (await goProxies(environment)).split(',');
  return first === PUBLIC ? {} : { GO_PROXY: first.replace(/\/$/, '') };
}

async function ofInstalledGo(): Promise<string> {
  const { stdout, failed } = await execa('go', ['env', 'GOPROXY'], { reject: false, timeout: 5000 });
  return failed ? '' : stdout.trim();
}
