/**
 * Imported before the add-on of character widths and undone after it. That reads its table from `Buffer.from(...).buffer`, taking the buffer's
 * memory to be its own (addon-unicode-graphemes 0.4, unicode-trie.ts), which it is only when it is not cut from Node's pool.
 */
export const usualPoolSize = Buffer.poolSize;
Buffer.poolSize = 0;
