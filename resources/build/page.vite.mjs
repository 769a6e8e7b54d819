import { dirname, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';

/**
 * The page, fit for a strict Content Security Policy: no inline script, nothing as a `data:` address, relative addresses only.
 * @param {string} root
 * @param {{source: string, output: string}} page
 * @returns {import('vite').InlineConfig}
 */
export const pageConfig = (root, { source, output }) => ({
  root: join(root, dirname(source)),
  configFile: false,
  logLevel: 'warn',
  base: './',
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: join(root, output),
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
});
