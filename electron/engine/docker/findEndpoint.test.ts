import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { candidates, type Surroundings } from './candidates.ts';
import { findEndpoint } from './findEndpoint.ts';
import { older, ping } from './ping.ts';

let home: string;
const servers: Server[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pb-'));
});
afterEach(async () => {
  for (const it of servers.splice(0)) await new Promise((done) => it.close(done));
  rmSync(home, { recursive: true });
});

const around = (env: Record<string, string> = {}): Surroundings => ({
  env,
  home,
  platform: 'linux',
  ownSocket: join(home, 'own.sock'),
});
const write = (file: string, content: unknown) => {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), JSON.stringify(content));
};
const context = (name: string, host: string) =>
  write(`.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`, {
    Name: name,
    Endpoints: { docker: { Host: host } },
  });
/** An engine as far as `ping` looks. */
const engine = (path: string, apiVersion = '1.41') => {
  mkdirSync(dirname(path), { recursive: true });
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'application/json').setHeader('connection', 'close');
    answer.end(JSON.stringify({ Version: 'x', ApiVersion: apiVersion }));
  });
  servers.push(server);
  return new Promise<void>((done) => server.listen(path, done));
};
/** Only what lies in this test's folder exists. */
const inHome: typeof ping = (endpoint) =>
  endpoint.address.includes(home) ? ping(endpoint) : Promise.reject(new LabError('docker-missing', 'not in this test'));
const failure = async (asked: Promise<unknown>): Promise<LabError> => {
  const error = await asked.then(
    () => null,
    (it) => it,
  );
  expect(error).toBeInstanceOf(LabError);
  return error;
};

test('DOCKER_HOST is before everything', async () => {
  write('.docker/config.json', { currentContext: 'lab' });
  await engine(join(home, 'a.sock'));
  const env = { DOCKER_HOST: `unix://${home}/a.sock`, DOCKER_CONTEXT: 'other' };
  expect(await findEndpoint(around(env), inHome)).toMatchObject({ source: 'DOCKER_HOST', address: env.DOCKER_HOST });
});

test('DOCKER_HOST that does not answer is an error, though another engine would', async () => {
  await engine(join(home, 'own.sock'));
  const error = await failure(findEndpoint(around({ DOCKER_HOST: `unix://${home}/none.sock` }), inHome));
  expect(error).toMatchObject({ code: 'docker-missing', data: { asked: true } });
  expect(error.message).toContain('none.sock');
  expect(error.hint).toContain('unset DOCKER_HOST');
});

test('DOCKER_HOST that is no address is bad input', async () => {
  expect(await failure(findEndpoint(around({ DOCKER_HOST: 'gopher://x' })))).toMatchObject({ code: 'bad-input' });
});

test('the current context counts, and DOCKER_CONTEXT before it', async () => {
  write('.docker/config.json', { currentContext: 'lab' });
  context('lab', `unix://${home}/lab.sock`);
  context('other', 'ssh://me@far');
  await engine(join(home, 'lab.sock'));
  expect(await findEndpoint(around(), inHome)).toMatchObject({ source: 'context', name: 'lab' });
  expect(candidates(around({ DOCKER_CONTEXT: 'other' }))).toMatchObject({ endpoint: { address: 'ssh://me@far' } });
  expect(candidates(around({ DOCKER_CONTEXT: 'default' })).kind).toBe('usual');
});

test('a context that is not there is bad input', async () => {
  expect(await failure(findEndpoint(around({ DOCKER_CONTEXT: 'gone' })))).toMatchObject({ code: 'bad-input' });
});

test('else the sockets in their order, ours last', async () => {
  write('.docker/config.json', { currentContext: 'default' });
  const found = candidates(around({ XDG_RUNTIME_DIR: '/run/user/7' }));
  expect(found.kind === 'usual' && found.endpoints.map((it) => it.address)).toEqual([
    'unix:///var/run/docker.sock',
    'unix:///run/user/7/docker.sock',
    `unix://${home}/.docker/run/docker.sock`,
    `unix://${home}/.docker/desktop/docker.sock`,
    `unix://${home}/.colima/default/docker.sock`,
    'unix:///run/user/7/podman/podman.sock',
    'unix:///run/podman/podman.sock',
    `unix://${home}/own.sock`,
  ]);
  await engine(join(home, 'own.sock'));
  expect((await findEndpoint(around(), inHome)).source).toBe('own');
  await engine(join(home, '.docker/run/docker.sock'));
  expect((await findEndpoint(around(), inHome)).name).toBe("Docker Desktop's socket");
});

test('when none answers, all that was tried is told', async () => {
  const error = await failure(findEndpoint(around(), inHome));
  expect(error).toMatchObject({ code: 'docker-missing', data: { asked: false } });
  expect(error.data.tried).toHaveLength(6);
});

test('no permission is told before sockets that are not there', async () => {
  writeFileSync(join(home, 'own.sock'), '');
  const refuses: typeof ping = () => Promise.reject(new LabError('docker-permission', 'EACCES'));
  const error = await failure(findEndpoint(around(), refuses));
  expect(error.code).toBe('docker-permission');
  expect(error.hint).toContain('usermod -aG docker');
});

test('an engine that is too old is told as that', async () => {
  await engine(join(home, 'own.sock'), '1.40');
  expect(await failure(findEndpoint(around(), inHome))).toMatchObject({ code: 'docker-too-old' });
  expect([older('1.9', '1.41'), older('1.41', '1.41'), older('1.52', '1.41'), older('2.0', '1.41')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('another server is no engine', async () => {
  const path = join(home, 'own.sock');
  for (const status of [200, 404]) {
    const server = createServer((_, answer) => answer.writeHead(status, { connection: 'close' }).end('{}'));
    await new Promise<void>((done) => server.listen(path, done));
    const error = await failure(ping({ source: 'own', name: 'own', address: `unix://${path}` }));
    expect(error).toMatchObject({ code: 'docker-missing', message: expect.stringContaining('no Docker Engine') });
    await new Promise((done) => server.close(done));
  }
});

test('a socket that nobody listens on is no engine', async () => {
  writeFileSync(join(home, 'own.sock'), '');
  expect(await failure(ping({ source: 'own', name: 'own', address: `unix://${home}/own.sock` }))).toMatchObject({
    code: 'docker-missing',
  });
});
