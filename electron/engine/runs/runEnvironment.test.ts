import { beforeEach, describe, expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import type { ContainerEvent } from '../docker/model.ts';
import type { EnvironmentEvents, Recorded } from './environmentEvents.ts';
import { RunEnvironment } from './runEnvironment.ts';
import { smallLab } from './samples.ts';
import { type SiteDouble, siteDouble } from './siteDouble.ts';

let site: SiteDouble;
let reach: () => Promise<SiteDouble>;
let told: string[];
let adopted: Record<string, string>;
let events: EnvironmentEvents;

beforeEach(() => {
  site = siteDouble();
  reach = async () => site;
  told = [];
  adopted = {};
  events = {
    changed: () => undefined,
    adopted: async (nodes) => {
      told.push('adopted');
      adopted = { ...nodes };
    },
    started: async () => void told.push('started'),
    revived: (node) => void told.push(`revived ${node}`),
    failed: async (error) => void told.push(`failed ${error.code}`),
    live: (live) => void told.push(live ? 'live' : 'left'),
  };
});

const nothing: Recorded = { nodes: {}, complete: false };
const environmentOf = (recorded = nothing) => new RunEnvironment('run', smallLab, recorded, () => reach(), events);
const started = async () => {
  const environment = environmentOf();
  await environment.start();
  told.length = 0;
  return environment;
};
const running = ['patchbay-run-a', 'patchbay-run-b'];
const event = (kind: ContainerEvent['kind'], id = ''): ContainerEvent => ({ kind, id, name: '', labels: {} });
const full = new LabError('disk-full', 'The disk is full.');

test('what is asked for after its end makes nothing, also when it was asked for before', async () => {
  const environment = environmentOf();
  const starting = environment.start();
  const going = environment.destroy();
  const late = [environment.resume(), environment.mend(), environment.reset()];
  await Promise.allSettled([starting, going, ...late]);
  expect(site.docker.names).toEqual([]);
  expect(environment.view).toEqual({ state: 'destroyed' });
});

describe('start', () => {
  test('writes down which containers are its own before those that stood by get its name', async () => {
    await site.pool.fill(2);
    events.adopted = async () => {
      told.push(...site.docker.names.map((name) => name.replace(/-[0-9a-f]+$/, '')));
    };
    const environment = environmentOf();
    await environment.start();
    expect(told).toEqual(['patchbay-pool', 'patchbay-pool', 'started', 'live']);
    expect(site.docker.names).toEqual(running);
    expect(environment.view).toEqual({ state: 'running' });
  });

  test('makes new nodes under the names that they keep, and writes them down while they start', async () => {
    let running = () => {};
    const adopted = new Promise<void>((resolve) => {
      running = resolve;
    });
    events.adopted = () => adopted;
    site.docker.before = (operation) => {
      told.push(operation.replace(/ .*/, ''));
      if (operation.startsWith('inspect')) running();
    };
    await environmentOf().start();
    expect(told).toEqual(['create', 'create', 'start', 'start', 'inspect', 'inspect', 'started', 'live']);
  });

  test.each([
    ['a new node that does not start', 0, 'start c2', ['adopted', 'failed disk-full']],
    ['a new node that cannot be made', 0, 'create patchbay-run-b', ['failed disk-full']],
    ['a node that stood by and gets no name', 2, 'rename c3', ['adopted', 'started', 'left', 'failed disk-full']],
  ])('with %s leaves no container, says why, and is tried again by mend', async (_, standing, fails, tells) => {
    await site.pool.fill(standing);
    site.docker.before = (operation) => {
      if (operation.startsWith(fails)) throw full;
    };
    const environment = environmentOf();
    await environment.start();
    expect(environment.view).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
    expect(told).toEqual(tells);
    expect(site.docker.names).toEqual([]);
    expect(() => environment.reader()).toThrow(expect.objectContaining({ code: 'disk-full' }));
    site.docker.before = () => undefined;
    await environment.mend();
    expect(environment.view).toEqual({ state: 'running' });
    expect(site.docker.names).toEqual(running);
  });

  test('whose end cannot be written down is made anew, and nothing is left of the first', async () => {
    events.started = () => Promise.reject(full);
    events.failed = () => Promise.reject(full);
    const environment = environmentOf();
    await environment.start();
    expect(environment.view).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
    const first = adopted;
    events.started = async () => undefined;
    await environment.mend();
    expect(environment.view).toEqual({ state: 'running' });
    expect(adopted).not.toEqual(first);
    expect(site.docker.names).toEqual(running);
  });

  test('without Docker says what would help, and asks again when it is mended', async () => {
    reach = () => Promise.reject(new LabError('docker-missing', 'None.', { hint: 'Start it.' }));
    const environment = environmentOf();
    await environment.start();
    expect(environment.view).toMatchObject({ state: 'failed', error: { code: 'docker-missing', hint: 'Start it.' } });
    reach = async () => site;
    await environment.mend();
    expect(environment.view).toEqual({ state: 'running' });
  });
});

describe('reset', () => {
  test('makes new containers under the same names', async () => {
    const environment = await started();
    const before = adopted;
    await environment.reset();
    expect(Object.values(adopted).some((id) => Object.values(before).includes(id))).toBe(false);
    expect(site.docker.names).toEqual(running);
    expect(told).toEqual(['left', 'adopted', 'started', 'live']);
  });

  test('while it starts, or twice at once: one environment stands at the end, no container is left over', async () => {
    const environment = environmentOf();
    await Promise.all([environment.start(), environment.reset(), environment.reset()]);
    expect(environment.view).toEqual({ state: 'running' });
    expect(site.docker.names).toEqual(running);
  });

  test('whose old nodes cannot be removed fails, and mend removes them', async () => {
    const environment = await started();
    site.docker.before = (operation) => {
      if (operation === 'remove c1') throw new LabError('docker-failed', 'It is stuck.');
    };
    await environment.reset();
    expect(environment.view).toMatchObject({ state: 'failed', error: { code: 'docker-failed' } });
    site.docker.before = () => undefined;
    await environment.mend();
    expect(site.docker.names).toEqual(running);
  });
});

describe('destroy', () => {
  test('while it starts leaves no container', async () => {
    const environment = environmentOf();
    await Promise.all([environment.start(), environment.destroy()]);
    expect(environment.view).toEqual({ state: 'destroyed' });
    expect(site.docker.names).toEqual([]);
    expect(() => environment.reader()).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  test('without Docker is rejected, and done when it is back', async () => {
    const environment = await started();
    reach = () => Promise.reject(new LabError('docker-missing', 'None.'));
    await expect(environment.destroy()).rejects.toMatchObject({ code: 'docker-missing' });
    expect(environment.view).toMatchObject({ state: 'degraded' });
    reach = async () => site;
    await environment.destroy();
    expect(site.docker.names).toEqual([]);
  });
});

describe('resume', () => {
  test('takes up the same containers', async () => {
    (await started()).close();
    const again = environmentOf({ nodes: adopted, complete: true });
    await again.resume();
    expect(told).toEqual(['left', 'live']);
    expect(again.view).toEqual({ state: 'running' });
  });

  test('wakes and names what an engine had adopted and was killed before it did', async () => {
    (await started()).close();
    const { a = '' } = adopted;
    await site.docker.pause(a);
    await site.docker.rename(a, 'patchbay-pool-1');
    const again = environmentOf({ nodes: adopted, complete: true });
    await again.resume();
    expect(site.docker.names).toEqual(running);
    expect(site.docker.containers.get(a)?.state).toBe('running');
  });

  test('starts what stopped while nobody watched, and links it again', async () => {
    (await started()).close();
    for (const id of Object.values(adopted)) site.docker.stop(id);
    site.agent.linked.clear();
    const again = environmentOf({ nodes: adopted, complete: true });
    await again.resume();
    expect(again.view).toEqual({ state: 'running' });
    expect(told).toEqual(['left', 'live', 'revived a', 'revived b']);
    const pids = [...site.docker.containers.values()].map(({ pid }) => String(pid));
    expect(pids.every((pid) => site.agent.linked.has(pid))).toBe(true);
  });

  test('says which container is gone, and starts the others all the same', async () => {
    (await started()).close();
    const { a = '', b = '' } = adopted;
    await site.docker.remove(a);
    site.docker.stop(b);
    const again = environmentOf({ nodes: adopted, complete: true });
    await again.resume();
    expect(again.view).toMatchObject({
      state: 'degraded',
      error: {
        code: 'conflict',
        message: 'The container of a was removed and cannot be started again.',
        hint: expect.stringContaining('Reset'),
      },
    });
    expect(again.stopped).toEqual(['a']);
    await again.reset();
    expect(site.docker.names).toEqual(running);
  });

  test('makes anew what an engine was killed in the middle of', async () => {
    (await started()).close();
    const again = environmentOf({ nodes: adopted, complete: false });
    await again.resume();
    expect(told).toEqual(['left', 'adopted', 'started', 'live']);
    expect(site.docker.names).toEqual(running);
  });

  test('waits for a Docker that is away: shown, and taken up by mend', async () => {
    const environment = await started();
    environment.onDockerLost(new LabError('docker-missing', 'Gone.'));
    expect(environment.view).toMatchObject({ state: 'degraded', error: { code: 'docker-missing' } });
    expect(() => environment.reader()).toThrow(expect.objectContaining({ code: 'docker-missing' }));
    reach = () => Promise.reject(new LabError('docker-missing', 'Still gone.'));
    await environment.resume();
    expect(environment.view).toMatchObject({ state: 'degraded', error: { message: 'Still gone.' } });
    reach = async () => site;
    await environment.resume();
    expect(environment.view).toEqual({ state: 'running' });
  });
});

describe('pause', () => {
  const pausing = (fails?: LabError) => {
    let paused = false;
    const done: string[] = [];
    const each = {
      pause: async () => {
        if (fails) throw fails;
        done.push('pause');
        paused = true;
      },
      unpause: async () => undefined,
      isPaused: async () => paused,
    };
    Object.assign(site.providers.hosts, { pausing: each });
    return done;
  };

  test('is a conflict for a kind that cannot, and for what is not there', async () => {
    const environment = await started();
    await expect(environment.pause()).rejects.toMatchObject({ code: 'conflict', hint: expect.any(String) });
    expect(environment.view).toEqual({ state: 'running' });
    pausing();
    await expect(environmentOf().pause()).rejects.toMatchObject({ code: 'conflict' });
    await expect(environmentOf().goOn()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('leaves nothing to read, and goes on', async () => {
    const done = pausing();
    const environment = await started();
    await Promise.all([environment.pause(), environment.pause()]);
    expect(done).toEqual(['pause']);
    expect(told).toEqual(['left']);
    expect(environment.view).toEqual({ state: 'paused' });
    expect(() => environment.reader()).toThrow(expect.objectContaining({ code: 'paused', hint: expect.any(String) }));
    await environment.goOn();
    await environment.goOn();
    expect(environment.view).toEqual({ state: 'running' });
    expect(told).toEqual(['left', 'live']);
  });

  test('that fails leaves it running, with the reason', async () => {
    pausing(full);
    const environment = await started();
    await expect(environment.pause()).rejects.toMatchObject({ code: 'disk-full' });
    expect(environment.view).toEqual({ state: 'running' });
    expect(environment.reader()).toBeTruthy();
  });

  test('lasts over a restart of the engine, and nodes that were found so are entered anew', async () => {
    pausing();
    const before = await started();
    await before.pause();
    before.close();
    told.length = 0;
    const again = environmentOf({ nodes: adopted, complete: true });
    await again.resume();
    expect(again.view).toEqual({ state: 'paused' });
    expect(told).toEqual([]);
    await again.goOn();
    expect(again.view).toEqual({ state: 'running' });
    expect(told).toEqual(['live', 'revived a', 'revived b']);
  });

  test('ends with reset and with destroy', async () => {
    pausing();
    const environment = await started();
    await environment.pause();
    await environment.reset();
    expect(environment.view).toEqual({ state: 'running' });
    await environment.pause();
    await environment.destroy();
    expect(site.docker.names).toEqual([]);
  });
});

test('a node that died is named, and runs with its links after mend', async () => {
  const environment = await started();
  const { a = '' } = adopted;
  site.docker.stop(a);
  await environment.onContainer(event('die', a));
  expect(environment.view).toMatchObject({ state: 'degraded', error: { code: 'node-stopped', data: { node: 'a' } } });
  await environment.mend();
  expect(environment.view).toEqual({ state: 'running' });
  expect(told).toEqual(['revived a']);
});

test('steps are shown while it starts', async () => {
  const views: string[] = [];
  const environment = environmentOf();
  events.changed = () => {
    const { view } = environment;
    if (view.state === 'starting') views.push(view.steps.map((step) => step.state).join(' '));
  };
  await environment.start();
  expect(views[0]).toBe('waiting waiting waiting');
  expect(views).toContain('done running waiting');
  expect(views.at(-1)).toBe('done done done');
});
