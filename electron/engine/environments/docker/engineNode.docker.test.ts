import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RealEngine, realEngine } from '../../grading/realEngine.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 1_200_000 });

let engine: RealEngine;
beforeAll(async () => {
  engine = await realEngine('engine-node');
});
afterAll(() => engine?.close());
const on = (line: string, node = 'dock') => engine.type(node, line);

test('it has an engine that is not the one it runs on, with images and without containers', async () => {
  const own = JSON.parse(await on('docker info -f "{{json .}}"')) as { ID: string; Driver: string; Images: number };
  expect(own.Driver).toBe('overlay2');
  expect(own.Images).toBeGreaterThan(3);
  expect(await on('docker ps -aq')).toBe('');
  expect(await on('docker run --rm busybox cat /etc/hostname')).toMatch(/^[0-9a-f]{12}\n$/);
});

test('every image of the table runs, without a network', async () => {
  const images = (await on('docker images --format "{{.Repository}}:{{.Tag}}"')).trim().split('\n');
  expect(images).toEqual(
    expect.arrayContaining([
      'nginx:latest',
      'busybox:1.28',
      'wbitt/network-multitool:latest',
      'nicolaka/netshoot:latest',
    ]),
  );
  for (const image of ['nginx nginx -v', 'busybox true', 'redis redis-cli -v', 'curlimages/curl --version'])
    await on(`docker run --rm ${image}`);
  expect(await on('docker run --rm wbitt/network-multitool ip -br link')).toContain('eth0');
  expect(await on('docker inspect nginx -f "{{json .Config.Labels}}"')).toContain('not the upstream image');
});

test('an image can be built, saved and removed', async () => {
  await on(
    'printf "FROM nginx\\nRUN echo mine > /usr/share/nginx/html/index.html\\n" | DOCKER_BUILDKIT=0 docker build -t mine -',
  );
  expect(await on('docker run --rm mine cat /usr/share/nginx/html/index.html')).toBe('mine\n');
  expect(await on('docker save redis | tar -xO manifest.json')).toContain('redis:latest');
  await on(
    'docker save curlimages/curl > /tmp/curl.tar; docker rmi $(docker images -q curlimages/curl) -f; docker load < /tmp/curl.tar',
  );
  expect(await on('docker run --rm curlimages/curl --version')).toContain('curl');
});

test('a published port is reached from another node, and the containers of a network by name', async () => {
  await on('docker run -d --name web -p 8080:80 nginx');
  expect(await on('curl -s --retry 5 --retry-connrefused -m 3 http://10.7.3.10:8080/', 'guest')).toContain('nginx');
  await on('docker network create --subnet 10.60.0.0/24 green; docker network connect green web');
  expect(await on('docker run --rm --network green busybox nslookup web')).toContain('10.60.0.2');
  await on('docker rm -f web; docker network rm green');
});

test('a name that nobody has is refused at once where Docker asks nobody, and within seconds where it does', async () => {
  const took = async (network: string) => {
    const began = performance.now();
    expect(await on(`docker run --rm --network ${network} busybox nslookup nobody.example 2>&1; true`)).toContain(
      "can't resolve",
    );
    return performance.now() - began;
  };
  await on('docker network create quick');
  expect(await took('bridge')).toBeLessThan(4000);
  expect(await took('quick')).toBeLessThan(20_000);
  await on('docker network rm quick');
});

test('host and none', async () => {
  expect(await on('docker run --rm --network host busybox ip addr')).toContain('10.7.3.10');
  expect(await on('docker run --rm --network none busybox ip -o link | wc -l')).toBe('1\n');
});

test('no device of the machine can be opened', async () => {
  expect(await on('mknod /root/disk b 8 0; head -c 1 /root/disk 2>&1; true')).toContain('not permitted');
});

test('an engine that dies comes back, and its containers with it', async () => {
  await on('docker run -d --restart always --name again busybox sleep 1000');
  const before = await on('pidof dockerd');
  await on('kill -9 $(pidof dockerd)');
  await expect
    .poll(() => on('docker inspect -f "{{.State.Status}}" again 2>&1; true'), { timeout: 30_000 })
    .toBe('running\n');
  expect(await on('pidof dockerd')).not.toBe(before);
  await on('docker rm -f again');
});

test('a node that is stopped is started again with links, engine and what it had', async () => {
  await on('docker run -d --name kept busybox sleep 1000');
  const id = engine.containers.dock ?? '';
  await engine.docker.shutDown(id, 5);
  await engine.environment.onContainer({ kind: 'die', id, name: 'dock', labels: {} });
  expect(engine.environment.stopped).toEqual(['dock']);
  await engine.provider.mend(engine.environment);
  expect(await on('docker ps -a --format "{{.Names}}"')).toBe('kept\n');
  expect(await on('ping -c 1 -W 2 10.7.3.20')).toContain('1 received');
  await on('docker start kept; docker rm -f kept');
});

test('one that was started again while nobody watched has its links made when it is taken up', async () => {
  const id = engine.containers.dock ?? '';
  await engine.docker.shutDown(id, 5);
  await engine.docker.start(id);
  const again = await engine.provider.resume(engine.run, engine.topology, engine.containers);
  await expect.poll(() => on('docker ps -q 2>&1; true'), { timeout: 30_000 }).toBe('');
  expect(await on('ping -c 1 -W 2 10.7.3.20')).toContain('1 received');
  again.close();
});
