import * as v from 'valibot';
import { parseCanonical } from './canonical.ts';
import type { SignedEvent } from './event.ts';
import { ROLES, type Role } from './roles.ts';

const hex64 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const texts = v.array(v.string());
const setting = <Schema extends v.GenericSchema>(value: Schema) => v.exactOptional(v.tuple([count, value]));
const asks = v.record(v.string(), v.picklist([0, 1]));
const terms = v.object({ after: v.optional(v.array(hex64), []), wait: v.exactOptional(count) });
const approvals = v.union([
  v.tuple([count, asks, terms]),
  v.pipe(
    v.tuple([count, asks]),
    v.transform(([n, value]): [number, v.InferOutput<typeof asks>, v.InferOutput<typeof terms>] => [
      n,
      value,
      { after: [] },
    ]),
  ),
]);
const stub = v.object({ id: hex64, pubkey: hex64, kind: count, created_at: count, tags: v.array(texts) });

// A role that a later version adds must not make the whole statement unreadable: it is left out.
const roles = v.pipe(
  texts,
  v.transform((names) => names.filter((name): name is Role => (ROLES as readonly string[]).includes(name))),
);

const statement = v.object({
  v: v.literal(1),
  gen: count,
  grants: v.optional(
    v.array(v.object({ pk: hex64, member: v.string(), roles, vantage: v.exactOptional(v.string()) })),
    [],
  ),
  removes: v.optional(v.array(v.object({ pk: hex64, cut: v.record(v.string(), v.array(hex64)) })), []),
  invites: v.optional(v.array(hex64), []),
  set: v.optional(
    v.object({
      relays: setting(texts),
      mirrors: setting(texts),
      vault: setting(texts),
      alerts: setting(texts),
      approvals: v.exactOptional(approvals),
    }),
    {},
  ),
  purges: v.optional(v.array(hex64), []),
  stubs: v.optional(v.array(stub), []),
  next: v.exactOptional(hex64),
});

/**
 * Clear content of a 3911: statements, not a state (DESIGN §6). Lists that are absent are empty.
 * `set` holds pairs of a version number and a value: relays and mirrors are addresses, vault is the age recipients
 * of the recovery sheet, alerts is the room for what watchers seal with its `k` and the keys that is wrapped to, approvals asks 0 or 1 second opinion per impact, with, beside it, `after` (the ends of the public
 * chains when it was set) and `wait` (seconds before an override). A cut names, per `d`, the ids of the removed key's last
 * accepted events. `stubs` says of purged events what a copy that never held them needs to walk through them. `next` is
 * the SHA-256 of a spare root key.
 */
export type RosterStatement = v.InferOutput<typeof statement>;
/** What `rosterContent` takes: everything but `v` and `gen` may be left out. */
export type RosterStatementInput = v.InferInput<typeof statement>;
export type RosterSettingName = keyof RosterStatement['set'];
/** A 3911 and what it says. */
export interface Stated {
  readonly event: SignedEvent;
  readonly says: RosterStatement;
}

// Events never change, and each new statement folds all of them again: each is parsed once for as long as it is held.
const parsed = new WeakMap<SignedEvent, RosterStatement | 'malformed'>();

/** What a 3911 says, or undefined where its content is not canonical or has another shape: it counts for nothing. */
export function statementOf(event: SignedEvent): RosterStatement | undefined {
  const known = parsed.get(event) ?? parse(event.content) ?? 'malformed';
  parsed.set(event, known);
  return known === 'malformed' ? undefined : known;
}

function parse(content: string): RosterStatement | undefined {
  const result = v.safeParse(statement, parseCanonical(content));
  return result.success ? result.output : undefined;
}
