import { createHash } from 'node:crypto';

const LENGTH = 12;
const COUNT = 36n ** BigInt(LENGTH);

/** 12 characters of [0-9a-z] that follow from `text` alone: the last twelve digits, to the base of 36, of its SHA-256. */
export function shortId(text: string): string {
  const number = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  return (number % COUNT).toString(36).padStart(LENGTH, '0');
}
