import type { ProbeResult } from '../../model/hysteresis.ts';
import type { Probe } from '../../model/site.ts';
import { down, type Finding, failed, untried } from './finding.ts';
import { probeDns } from './probe-dns.ts';
import { probeHttp } from './probe-http.ts';
import { probeTcp } from './probe-tcp.ts';
import { probeTls } from './probe-tls.ts';

/** So much later than its deadline, this process itself must have slept. */
const PAUSE_MS = 1000;

/**
 * Runs one probe within its deadline. Never rejects: what cannot be tried is unknown. `stop` gives up early.
 * `now` gives unix milliseconds; `dnsServers` stand in for the system's.
 */
export async function runProbe(
  probe: Probe,
  now: () => number,
  stop: AbortSignal,
  dnsServers?: readonly string[],
): Promise<ProbeResult> {
  const started = performance.now();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), probe.deadline_ms);
  const signal = AbortSignal.any([stop, deadline.signal]);
  const late = new Promise<Finding>((resolve) => {
    signal.addEventListener('abort', () => resolve(silence(probe)), { once: true });
  });
  const finding = await Promise.race([late, tried(probe, signal, now(), dnsServers)]);
  clearTimeout(timer);
  const paused = performance.now() - started > probe.deadline_ms + PAUSE_MS;
  const { status, detail } = paused ? untried('The watcher was paused.') : finding;
  return { status, at: now(), detail };
}

/** Who does not answer a DNS probe is the resolver, and that may be our own. */
function silence({ kind, deadline_ms }: Probe): Finding {
  const within = `within ${deadline_ms} ms.`;
  return kind === 'dns' ? untried(`The resolver did not answer ${within}`) : down(`No answer ${within}`);
}

async function tried(probe: Probe, signal: AbortSignal, now: number, servers?: readonly string[]): Promise<Finding> {
  try {
    switch (probe.kind) {
      case 'http':
        return await probeHttp(probe, signal);
      case 'tcp':
        return await probeTcp(probe, signal);
      case 'tls':
        return await probeTls(probe, signal, now);
      case 'dns':
        return await probeDns(probe, signal, servers);
    }
  } catch (error) {
    return failed(error);
  }
}
