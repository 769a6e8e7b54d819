import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['electron/**/*.test.ts', 'resources/**/*.test.ts', 'labs/**/*.test.ts'],
          exclude: ['**/*.docker.test.ts'],
        },
      },
      {
        plugins: [svelte(), svelteTesting()],
        test: { name: 'page', environment: 'jsdom', include: ['renderer/**/*.test.ts'] },
      },
      {
        test: {
          name: 'docker',
          include: ['electron/**/*.docker.test.ts'],
          globalSetup: 'resources/testing/session.ts',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
