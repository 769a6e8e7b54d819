import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** Bounds are there for what never comes. How fast a thing is, the bench says: tests may run on a machine that has much else to do. */
const patient = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 20_000 } },
  setupFiles: ['resources/testing/patience.ts'],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...patient,
          name: 'unit',
          include: ['electron/**/*.test.ts', 'resources/**/*.test.ts', 'labs/**/*.test.ts'],
          exclude: ['**/*.docker.test.ts'],
        },
      },
      {
        plugins: [svelte(), svelteTesting()],
        test: {
          ...patient,
          name: 'page',
          environment: 'jsdom',
          include: ['renderer/**/*.test.ts'],
          setupFiles: [...patient.setupFiles, 'renderer/testing/patience.ts'],
        },
      },
      {
        test: {
          ...patient,
          name: 'docker',
          include: ['electron/**/*.docker.test.ts'],
          globalSetup: 'resources/testing/session.ts',
          fileParallelism: false,
        },
      },
    ],
  },
});
