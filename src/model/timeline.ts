import * as v from 'valibot';
import { parseCanonical } from './canonical.ts';
import type { Hlc } from './clock.ts';
import { displayOrder, type Timed } from './order.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const sealedContent = v.object({
  v: v.literal(1),
  type: v.string(),
  hlc: v.pipe(v.tuple([count, count]), v.readonly()),
  parents: v.pipe(v.array(id), v.maxLength(16)),
  body: v.unknown(),
});

/** What is inside a 3913. A type that this version does not know is kept and shown as "needs a newer app". */
export type SealedContent = v.InferOutput<typeof sealedContent>;

/** One opened message of a room. */
export interface Message extends Timed {
  /** Id of its event. */
  readonly id: string;
  readonly room: string;
  /** Device key that signed it. */
  readonly author: string;
  /** Member of that device by the roster. */
  readonly member: string;
  readonly type: string;
  /** The writer's clock: [Unix milliseconds, counter]. */
  readonly hlc: Hlc;
  readonly parents: readonly string[];
  readonly body: unknown;
  /** False: from a removed device and beyond its cut; shown as such, and it decides nothing. */
  readonly counts: boolean;
}

/** The opened text of a 3913, or undefined where it is not canonical or has another shape. */
export function parseSealedContent(text: string): SealedContent | undefined {
  const result = v.safeParse(sealedContent, parseCanonical(text));
  return result.success ? result.output : undefined;
}

/** A room's messages in display order, oldest first. */
export function timeline(messages: readonly Message[]): readonly Message[] {
  return displayOrder(messages);
}

/** At most 16 ids of counted messages that no other one follows: what the next message names as its parents. */
export function heads(messages: readonly Message[]): readonly string[] {
  const counted = messages.filter((message) => message.counts);
  const followed = new Set(counted.flatMap((message) => message.after));
  const free = counted.filter((message) => !followed.has(message.id)).map((message) => message.id);
  return free.slice(-16);
}
