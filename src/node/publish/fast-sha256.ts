import { hash } from 'node:crypto';

/** SHA-256 (hex) of text as UTF-8, or of bytes: the same as in `log/published`, by the system's own code. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}
