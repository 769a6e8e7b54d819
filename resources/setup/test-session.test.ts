import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  beginTestSession,
  deadSessions,
  forgetSession,
  stateDirsOf,
  testOwner,
  testSession,
  testStateDir,
} from './test-session.mjs';

const cache = mkdtempSync(join(tmpdir(), 'test-sessions-'));
beforeAll(() => {
  vi.stubEnv('XDG_CACHE_HOME', cache);
  vi.stubEnv('PATCHBAY_TEST_SESSION', undefined);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

test('owners and state directories bear the name of their session', () => {
  const end = beginTestSession();
  const session = testSession();
  expect(session).toMatch(/^[0-9a-f]{6}$/);
  expect(testOwner('hosts')).toBe(`test-${session}-hosts-${process.pid}`);
  const folder = testStateDir('e2e');
  expect(readFileSync(join(folder, 'owner'), 'utf8')).toMatch(
    new RegExp(`^test-${session}-e2e-${process.pid}-[0-9a-f]{4}$`),
  );
  expect(stateDirsOf(session)).toEqual([folder]);
  rmSync(folder, { recursive: true });
  end();
  expect(testSession()).toBe('alone');
});

test('a session is dead when its process was killed before it ended it', async () => {
  const end = beginTestSession();
  expect(deadSessions()).toEqual([]);
  end();
  const module = new URL('./test-session.mjs', import.meta.url).href;
  const script = `import { beginTestSession, testSession } from ${JSON.stringify(module)};
    beginTestSession(); console.log(testSession()); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [session] = await once(child.stdout, 'data');
  expect(deadSessions()).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(deadSessions()).toEqual([String(session).trim()]);
  forgetSession(String(session).trim());
  expect(deadSessions()).toEqual([]);
  expect(existsSync(join(cache, 'patchbay', 'test-sessions'))).toBe(true);
});
