/** A fresh attempt id. Not `randomUUID`: that is missing where the page is not served from loopback. */
export const newAttempt = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
