import type { Link } from './channel-state.ts';
import type { Turn } from './channel-turn.ts';
import { enqueue } from './channel-upload.ts';

/**
 * Where a relay lets nobody compare sealed kinds, nobody sees that it lost some. So once on each connection it is sent the
 * newest again that it is said to hold: "duplicate" says that it is still there.
 */
export function probeSealed(link: Link, turn: Turn): Link {
  const lacking = turn.unreceipted('sealed');
  if (link.probe.type !== 'due') return enqueue(link, lacking, turn);
  const newest = newestOf(link, new Set(lacking), turn);
  const probe = newest === undefined ? link.probe : ({ type: 'asked', id: newest } as const);
  return enqueue({ ...link, probe }, newest === undefined ? lacking : [newest, ...lacking], turn);
}

/** It took the newest as something new: what it held before, it may have lost with it. All goes again, once. */
export function hearProbed(link: Link, message: string, turn: Turn): Link {
  const known: Link = { ...link, probe: { type: 'done' } };
  if (message.startsWith('duplicate:')) return known;
  turn.outputs.push({ type: 'lost', set: 'sealed' });
  return enqueue(known, turn.held.arrived('sealed'), turn);
}

function newestOf(link: Link, lacking: ReadonlySet<string>, turn: Turn): string | undefined {
  let [newest, at] = [undefined as string | undefined, -Infinity];
  for (const id of turn.held.arrived('sealed')) {
    const event = lacking.has(id) || link.refused.has(id) ? undefined : turn.held.get(id);
    if (event !== undefined && event.created_at >= at) [newest, at] = [id, event.created_at];
  }
  return newest;
}
