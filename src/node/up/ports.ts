import { createServer } from 'node:net';
import { PlainError } from '../plain-error.ts';

/** Every server of `up` listens here alone; another machine reaches it through a proxy that the operator puts before it. */
export const HOST = '127.0.0.1';

export interface Ports {
  readonly site: number;
  readonly relays: readonly number[];
}

/**
 * `first` for the site and the next ones for `relays` relays, all free now; 0 takes any free ones.
 * A taken port is a PlainError that names it.
 */
export async function findPorts(first: number, relays: number): Promise<Ports> {
  const wanted = Array.from({ length: relays + 1 }, (_, index) => (first === 0 ? 0 : first + index));
  const [site = 0, ...rest] = await Promise.all(wanted.map(freePort));
  return { site, relays: rest };
}

function freePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(port, error)));
    server.listen(port, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function portError(port: number, error: NodeJS.ErrnoException): PlainError {
  const what = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`;
  return new PlainError(`Port ${port} on ${HOST} ${what}; stop what uses it, or choose another with --port.`);
}
