import { connect } from 'node:net';
import type { TcpProbe } from '../../model/site.ts';
import { type Finding, failed, up } from './finding.ts';

/** Whether something accepts connections there. A frozen process may still do: the system accepts for it. */
export function probeTcp(probe: TcpProbe, signal: AbortSignal): Promise<Finding> {
  return new Promise((resolve) => {
    const started = performance.now();
    const socket = connect({ host: probe.host, port: probe.port, signal });
    socket.once('error', (error) => resolve(failed(error)));
    socket.once('connect', () => {
      resolve(up(`Connected in ${Math.round(performance.now() - started)} ms.`));
      socket.destroy();
    });
  });
}
