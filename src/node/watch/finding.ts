import type { ComponentStatus } from '../../model/status.ts';

/** What one run of a probe found. `detail` is public: one plain sentence without addresses and secrets. */
export interface Finding {
  readonly status: Extract<ComponentStatus, 'operational' | 'degraded_performance' | 'major_outage' | 'unknown'>;
  readonly detail: string;
}

export function up(detail: string): Finding {
  return { status: 'operational', detail };
}

export function slow(detail: string): Finding {
  return { status: 'degraded_performance', detail };
}

export function down(detail: string): Finding {
  return { status: 'major_outage', detail };
}

/** The probe could not run: this says nothing about the other side. */
export function untried(detail: string): Finding {
  return { status: 'unknown', detail };
}

/** What an error of a connection means. Only what surely lies on the other side counts as down. */
export function failed(error: unknown): Finding {
  const codes = codesOf(error);
  const theirs = codes.map((code) => THEIRS.get(code)).find((detail) => detail !== undefined);
  if (theirs) return down(theirs);
  const code = codes[0] ?? '';
  if (code === 'EPROTO' || /^(HPE_|ERR_SSL_)/.test(code)) return down('It speaks another protocol.');
  if (/CERT|SELF_SIGNED|ISSUER/.test(code)) return down(`The certificate is not valid (${code}).`);
  return untried(OURS.get(code) ?? `The probe could not run (${code || 'no reason given'}).`);
}

/** Where several addresses were tried, each has its own error. */
function codesOf(error: unknown): string[] {
  const errors = error instanceof AggregateError ? [...error.errors, error] : [error];
  return errors.flatMap((one) => (one as NodeJS.ErrnoException | undefined)?.code ?? []);
}

const THEIRS = new Map([
  ['ECONNREFUSED', 'The connection was refused.'],
  ['ECONNRESET', 'The connection was cut off.'],
  ['EPIPE', 'The connection was cut off.'],
  ['ETIMEDOUT', 'There was no answer.'],
  ['EHOSTUNREACH', 'The host cannot be reached.'],
  ['ENOTFOUND', 'The host name does not exist.'],
]);

const OURS = new Map([
  ['EAI_AGAIN', 'The watcher could not look up the host name.'],
  ['ENETUNREACH', 'The watcher has no network.'],
  ['ENETDOWN', 'The watcher has no network.'],
  ['EADDRNOTAVAIL', 'The watcher has no free address.'],
  ['EMFILE', 'The watcher has too many open files.'],
  ['ENFILE', 'The watcher has too many open files.'],
]);
