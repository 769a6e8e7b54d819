import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import type { DockerConnection } from '../../docker/connect.ts';
import type { RunningStep } from '../../progress/stepList.ts';
import { type Arch, type Component, pins } from '../pins.ts';
import { Builder } from './builder.ts';
import { compileComponent } from './compileComponent.ts';
import { forgetVolume } from './forgetVolume.ts';
import { goProxies } from './goProxies.ts';
import { machineCertificates } from './machineCertificates.ts';

/** A builder with Go in it, and what this machine has to tell it: where modules come from, whom to trust. */
export class Compiler {
  readonly #docker: DockerConnection;
  readonly #arch: Arch;
  readonly #owner: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #signal: AbortSignal;
  #builder: Builder | null = null;
  #told: readonly string[] = [];

  constructor(
    docker: DockerConnection,
    arch: Arch,
    owner: string,
    environment: NodeJS.ProcessEnv,
    signal: AbortSignal,
  ) {
    this.#docker = docker;
    this.#arch = arch;
    this.#owner = owner;
    this.#environment = environment;
    this.#signal = signal;
  }

  async start(step: RunningStep): Promise<void> {
    const builder = await Builder.start(this.#docker, { owner: this.#owner, volume: this.#volume() }, this.#signal);
    this.#builder = builder;
    const { version, h1 } = pins().go;
    const folder = `/cache/go-${version}`;
    const proxies = await goProxies(this.#environment);
    this.#told = [
      `GOROOT=${folder}`,
      `PATH=${folder}/bin:/usr/local/bin:/usr/bin:/bin`,
      'GOTOOLCHAIN=local',
      'GOFLAGS=-buildvcs=false',
      'GOMODCACHE=/cache/modules',
      'GOCACHE=/cache/compiled',
      `GOPROXY=${proxies.join(',')}`,
      ...httpProxies(this.#environment),
      ...(await this.#certificates(builder)),
    ];
    await builder.run({
      command: ['get-go', folder, version, h1[this.#arch], ...proxies],
      env: this.#told,
      silence: 300_000,
      onLine: step.detail,
    });
  }

  compile(component: Component, folder: string, step: RunningStep): Promise<void> {
    if (!this.#builder) throw new Error('The compiler has not been started.');
    const how = { arch: this.#arch, folder, environment: this.#told };
    return compileComponent(this.#docker, this.#builder, component, how, step);
  }

  /** Removes the container, and what was fetched and compiled where that is to be forgotten. */
  async end({ forget }: { forget: boolean }): Promise<void> {
    const builder = this.#builder;
    if (!builder) return;
    await builder.end();
    this.#builder = null;
    if (!forget) return;
    await forgetVolume(this.#docker.housekeeping, this.#volume());
  }

  #volume(): string {
    return `patchbay-builder-${this.#owner}`;
  }

  async #certificates(builder: Builder): Promise<string[]> {
    const ours = await machineCertificates(this.#environment);
    if (!ours) return [];
    const tar = pack();
    tar.entry({ name: 'machine.pem', mode: 0o644 }, ours);
    tar.finalize();
    await this.#docker.writeArchive(builder.id, '/etc/ssl', await buffer(tar));
    const both = 'cat /etc/ssl/certs/ca-certificates.crt /etc/ssl/machine.pem > /etc/ssl/trusted.pem';
    await builder.run({ command: ['sh', '-c', both], silence: 60_000 });
    return ['SSL_CERT_FILE=/etc/ssl/trusted.pem', 'CURL_CA_BUNDLE=/etc/ssl/trusted.pem'];
  }
}

const httpProxies = (environment: NodeJS.ProcessEnv): string[] =>
  ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => {
    const value = environment[name] ?? environment[name.toUpperCase()];
    return value ? [`${name}=${value}`] : [];
  });
