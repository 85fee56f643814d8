import { type SignatureCheck, verifyEvent } from '../../log/event.ts';
import { KIND, organisation, type SignedEvent } from '../../model/event.ts';
import { SEALED_KINDS } from '../../model/kind-sets.ts';
import { foldRoster, type Roster } from '../../model/roster.ts';
import { idOf } from './frame.ts';
import { refusal } from './policy.ts';
import { shapesRoster } from './relay-roster.ts';
import { RemovedChains } from './removed-chains.ts';
import type { RosterFile } from './roster-file.ts';

/** strfry's write policy (docs/plugins.md of hoytech/strfry): one JSON line in, one out. */
export interface PolicyPlugin {
  /** The answer to one line, or undefined where none is due. Never throws. */
  answer(line: string): string | undefined;
  /** Takes an event that is stored already (`strfry export`); false where it tells nothing about the roster. */
  learn(line: string): boolean;
}

export interface PolicyOptions {
  /** Root public key. */
  readonly root: string;
  readonly file: RosterFile;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Hears one plain sentence of each line that could not be read. */
  readonly onTrouble: (sentence: string) => void;
}

/** strfry has checked id and signature before it asks. */
const CHECKED: SignatureCheck = () => true;

export function createPolicyPlugin({ root, file, now, onTrouble }: PolicyOptions): PolicyPlugin {
  const org = organisation(root);
  const rosterEvents = new Map<string, SignedEvent>();
  /** Who said in a room where others were cut: it counts after his own removal where his chain leads back to it, so that is kept too. */
  const tellers = new Set<string>();
  const chains = new RemovedChains();
  let roster: Roster = foldRoster([], root);

  function decides(event: SignedEvent): boolean {
    return shapesRoster(event) || (SEALED_KINDS.includes(event.kind) && tellers.has(event.pubkey));
  }

  /** What the roster is made of is checked here as well: it decides about everything else. */
  function take(value: unknown): SignedEvent | string {
    const verified = verifyEvent(value, org, CHECKED);
    if (verified.type === 'invalid') return verified.reason;
    if (!decides(verified.event)) return verified.event;
    const checked = verifyEvent(value, org);
    return checked.type === 'ok' ? checked.event : checked.reason;
  }

  function hold(event: SignedEvent): boolean {
    if (!decides(event) || rosterEvents.has(event.id)) return false;
    rosterEvents.set(event.id, event);
    const shapes = shapesRoster(event);
    if (shapes && event.kind === KIND.key) tellers.add(event.pubkey);
    // Of who is not removed, all counts whatever leads to it.
    if (shapes || roster.removed.has(event.pubkey)) roster = foldRoster(rosterEvents.values(), root);
    return true;
  }

  /** Another process (`strfry sync`, `--learn`) may have learned something. */
  function refresh(): void {
    for (const line of file.news()) {
      const event = take(parse(line));
      if (typeof event === 'string') onTrouble(`a line of the state file says nothing (${event}); it is left out`);
      else hold(event);
    }
  }

  /** On the disk before it counts: after a restart nobody sends it again, for strfry has it already. */
  function remember(event: SignedEvent): boolean {
    if (!decides(event) || rosterEvents.has(event.id)) return false;
    file.add(JSON.stringify(event));
    return hold(event);
  }

  function judge(value: unknown): string {
    refresh();
    const event = take(value);
    if (typeof event === 'string') return `invalid: ${event}`;
    if (roster.purged.has(event.id)) return 'blocked: purged, its content is kept nowhere';
    chains.note(event);
    const why = refusal(event, roster, now(), () => chains.leadsTo(event, roster));
    if (why === '') remember(event);
    return why;
  }

  return {
    answer: (line) => {
      const message = parse(line);
      if (typeof message !== 'object' || message === null || !('event' in message)) {
        onTrouble(`a line on stdin is no message of strfry (${line.slice(0, 60)}); it is left out`);
        return undefined;
      }
      const id = idOf(message.event);
      if (!('type' in message) || message.type !== 'new') {
        onTrouble(`a message of another type than "new" came for ${id}; it is left out`);
        return undefined;
      }
      let why: string;
      try {
        why = judge(message.event);
      } catch (error) {
        why = `error: ${error instanceof Error ? error.message : String(error)}`;
        onTrouble(`event ${id} could not be judged (${why})`);
      }
      return JSON.stringify(why === '' ? { id, action: 'accept' } : { id, action: 'reject', msg: why });
    },
    learn: (line) => {
      refresh();
      const event = take(parse(line));
      if (typeof event === 'string') {
        onTrouble(`a line on stdin is no event of this organisation (${event}); it is left out`);
        return false;
      }
      return remember(event);
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No JSON, so no object either: the caller says so.
    return undefined;
  }
}
