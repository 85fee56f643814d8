import type { Platform } from '../../platform.ts';

/** A random number from 0 up to 1, for jitter. */
export function fraction(platform: Platform): number {
  const [a = 0, b = 0, c = 0] = platform.random(3);
  return (a * 65_536 + b * 256 + c) / 2 ** 24;
}
