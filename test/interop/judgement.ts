import { verifyEvent } from '../../src/log/event.ts';
import { exportDigest, exportLines } from '../../src/log/export.ts';
import type { SignedEvent } from '../../src/model/event.ts';
import { foldIncidents } from '../../src/model/incidents.ts';
import { foldRoster } from '../../src/model/roster.ts';

/** What one engine makes of a list of values: all of it must be the same in every engine. */
export interface Judgement {
  /** `ok`, or the reason. */
  readonly verdicts: readonly string[];
  readonly lines: string;
  readonly digest: string;
  /** Keys with their roles, then the codes of the incidents. */
  readonly folded: readonly string[];
}

/** `texts` are JSON, as they come from the wire; `root` is the organisation's root key. */
export function judgementOf(texts: readonly string[], root: string): Judgement {
  const verified = texts.map((text) => verifyEvent(JSON.parse(text)));
  const events = verified.flatMap((one): SignedEvent[] => (one.type === 'ok' ? [one.event] : []));
  const roster = foldRoster(events, root);
  const keys = [...roster.keys.values()].map(({ pk, roles }) => `${pk} ${roles.join()}`).sort();
  return {
    verdicts: verified.map((one) => (one.type === 'ok' ? 'ok' : one.reason)),
    lines: exportLines(events),
    digest: exportDigest(events),
    folded: [...keys, ...foldIncidents(events, roster).incidents.map(({ code, status }) => `${code} ${status}`)],
  };
}
