import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { TlsProbe } from '../../model/site.ts';
import { down, type Finding, failed, slow, up } from './finding.ts';

const DAY_MS = 86_400_000;

/** Whether the certificate there is trusted, for this host, and for how many days yet. `now` in milliseconds. */
export function probeTls(probe: TlsProbe, signal: AbortSignal, now: number): Promise<Finding> {
  return new Promise((resolve) => {
    // The handshake is completed first so that what is wrong can be said.
    const socket = connect({
      host: probe.host,
      port: probe.port,
      servername: isIP(probe.host) ? '' : probe.host,
      rejectUnauthorized: false,
    });
    const stop = () => socket.destroy();
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', (error) => resolve(failed(error)));
    socket.once('secureConnect', () => {
      resolve(verdict(socket, probe.days, now));
      stop();
    });
    socket.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(down('The connection was cut off.'));
    });
  });
}

function verdict(socket: TLSSocket, wanted: number, now: number): Finding {
  const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - now) / DAY_MS);
  if (days < 0) return down('The certificate has expired.');
  if (!socket.authorized) return down(`The certificate is not valid (${String(socket.authorizationError)}).`);
  if (Number.isNaN(days)) return down('The certificate says no date.');
  const left = `The certificate is valid for ${days} more day${days === 1 ? '' : 's'}.`;
  return days < wanted ? slow(left) : up(left);
}
