import * as v from 'valibot';
import { KIND, organisation, type SignedEvent } from '../../model/event.ts';
import { fitState } from '../../model/fit.ts';
import { type Folded, foldPublic, trustedPulseEvents } from '../../model/folded.ts';
import type { Roster } from '../../model/roster.ts';
import type { PublicState } from '../../model/snapshot.ts';
import type { Verify } from '../check.ts';
import type { CheckedSnapshot } from './check-snapshot.ts';
import { SNAPSHOT_FILE } from './check-snapshot.ts';
import { claimsHash } from './claims.ts';
import { Fault } from './fault.ts';
import { lastPage } from './page-chain.ts';
import { EVIDENCE_FILE, type Evidence } from './record-files.ts';
import { text, textOf } from './texts.ts';

const statedComponent = v.strictObject({
  id: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  group: v.nullable(v.string()),
  probed: v.boolean(),
});
const evidence = v.strictObject({
  site: v.strictObject({
    groups: v.array(v.strictObject({ id: v.string(), name: v.string() })),
    components: v.array(statedComponent),
    quorum: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  }),
  pulses: v.array(v.unknown()),
});

/** The site as it is stated, and pulses whose signatures hold and whose watchers the roster knows. @throws Fault */
export async function checkEvidence(bytes: Uint8Array, roster: Roster, verify: Verify): Promise<Evidence> {
  const { site, pulses } = readEvidence(bytes);
  const verified = await Promise.all(pulses.map(async (pulse) => verify(pulse, organisation(roster.root))));
  const events = verified.map((one, position): SignedEvent => {
    if (one.type === 'ok' && one.event.kind === KIND.pulse) return one.event;
    const reason = one.type === 'ok' ? 'it is no pulse' : one.reason;
    throw new Fault(EVIDENCE_FILE, 'pulse', reason, position + 1);
  });
  const trusted = trustedPulseEvents(events, roster);
  const stranger = events.find((event) => !trusted.includes(event));
  if (stranger !== undefined) throw new Fault(EVIDENCE_FILE, 'pulse_untrusted', stranger.pubkey);
  return { site, pulses: events };
}

function readEvidence(bytes: Uint8Array): v.InferOutput<typeof evidence> {
  try {
    return v.parse(evidence, JSON.parse(textOf(bytes) ?? ''));
  } catch {
    throw new Fault(EVIDENCE_FILE, 'evidence_form');
  }
}

/** Folds the state again at the snapshot's own time: it must be the one that is shown, and that its publisher noted. @throws Fault */
export function checkState(
  { event, snapshot }: CheckedSnapshot,
  events: readonly SignedEvent[],
  { site, pulses }: Evidence,
  roster: Roster,
): Folded {
  const wrong = (...[code, detail]: [Fault['code'], string?]) => new Fault(SNAPSHOT_FILE, code, detail);
  const shown = claimsHash(snapshot.state);
  if (lastPage(events, event.pubkey)?.state_sha256 !== shown) throw wrong('state_page');
  const folded = foldPublic([...events, ...pulses], roster, site, Date.parse(snapshot.generated_at));
  const state = fitState(folded.state);
  if (claimsHash(state) !== shown) throw wrong('state_folded', firstDifference(snapshot.state, state));
  // The times of checking and of running out are in no page event; they too must be the watchers'.
  if (text(state) !== text(snapshot.state)) throw wrong('state_times', firstDifference(snapshot.state, state));
  return folded;
}

/** Where two states differ first, e.g. `components: api`. */
function firstDifference(a: PublicState, b: PublicState): string {
  const [left, right] = [a, b].map((state) => state as unknown as Readonly<Record<string, unknown>>);
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const key = keys.find((name) => say(left?.[name]) !== say(right?.[name])) ?? '';
  const [lists, others] = [left?.[key], right?.[key]];
  if (!Array.isArray(lists) || !Array.isArray(others)) return key;
  const place = lists.findIndex((item, at) => say(item) !== say(others[at]));
  const item = (lists[place] ?? others[lists.length]) as { readonly id?: string; readonly code?: string } | undefined;
  return `${key}: ${item?.id ?? item?.code ?? place}`;
}

function say(value: unknown): string {
  return value === undefined ? '' : text(value);
}
