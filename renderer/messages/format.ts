/** `1 node`, `3 nodes`. */
export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Seconds as `0.4 s`, `12 s`, `3 min` or `1 h 5 min`. */
export function seconds(s: number): string {
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 100) return `${Math.round(s)} s`;
  const minutes = Math.round(s / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Seconds as a clock: `18:42`, `1:05:09`. */
export function clock(s: number): string {
  const whole = Math.max(0, Math.floor(s));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return `${hours ? `${hours}:` : ''}${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** Two sizes in bytes as `1.4 of 8 GB`. */
export function bytes(used: number, total: number): string {
  const gigabytes = (n: number) => Number((n / 2 ** 30).toFixed(1));
  return `${gigabytes(used)} of ${gigabytes(total)} GB`;
}

/** How long ago an ISO time was, seen from `now` in milliseconds. */
export function ago(iso: string, now: number): string {
  const past = (now - Date.parse(iso)) / 1000;
  return past < 5 ? 'just now' : `${seconds(past)} ago`;
}

/** `14 Nov` of an ISO time. */
export const day = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(new Date(iso));
