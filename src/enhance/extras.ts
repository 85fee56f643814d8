// Loaded after the first paint: what a page shows beside its snapshot, from this device first, then from the hosts.
import { API } from '../model/api.ts';
import type { HeldHistory } from '../model/history-view.ts';
import { agrees, type HeldRecord, statedRecord } from '../model/record-view.ts';
import type { PublicState, Snapshot } from '../model/snapshot.ts';
import { withWhole } from '../model/whole-state.ts';
import type { PageAddress } from './page-facts.ts';
import { openParts, type Parts, parsed, type Vouching } from './parts.ts';
import { heldRecord, readRecord } from './records.ts';

export { fetchAhead } from './records.ts';

export interface Extras {
  /** Of an incident's page: its own file. */
  readonly record: HeldRecord | null;
  /** Of the history's pages. */
  readonly history: HeldHistory | null;
  /** Adds what a snapshot left out, as far as it is known here. */
  readonly complete: (snapshot: Snapshot) => Snapshot;
}

/** As this device holds them; nothing is asked for. `none` itself for a page that shows nothing beside its snapshot. */
export async function heldExtras(address: PageAddress, copy: Vouching, none: Extras): Promise<Extras> {
  const { code, family } = address;
  const { root, snapshot } = copy;
  if (code === null && family !== 'history' && !needsWhole(snapshot)) return none;
  const parts = needsWhole(snapshot) ? await openParts(copy, []) : null;
  return {
    record: code === null ? null : await heldRecord(root, code),
    history: await historyOf(address, copy, null),
    complete: await completing(snapshot, parts, (cut) => cut),
  };
}

/** What the snapshot's parts renew of `held`, from `hosts` (origins); `held` itself where the snapshot itself says all. */
export async function freshExtras(
  address: PageAddress,
  copy: Vouching,
  hosts: readonly string[],
  held: Extras,
): Promise<Extras> {
  const { code, family } = address;
  const { snapshot } = copy;
  const asks = family === 'history' || needsWhole(snapshot) || (code !== null && !isStated(snapshot, code, held));
  if (!asks) return held;
  const parts = await openParts(copy, hosts);
  const record = code === null || parts === null ? null : await readRecord(code, parts, hosts);
  return {
    record: record ?? held.record,
    history: parts === null ? held.history : await historyOf(address, copy, parts),
    complete: await completing(snapshot, parts, held.complete),
  };
}

/** Components, incidents or the uptime did not fit. */
function needsWhole({ state }: Snapshot): boolean {
  return state.left_out !== undefined || state.uptime === undefined;
}

/** Whether the held file says what the snapshot says, so that nothing has to be asked. */
function isStated(snapshot: Snapshot, code: string, { record }: Extras): boolean {
  const stated = statedRecord(snapshot, code);
  return stated !== null && record !== null && agrees(record.record, stated);
}

/** By the state.json that this snapshot vouches for; `otherwise` where it cannot be had. */
async function completing(snapshot: Snapshot, parts: Parts | null, otherwise: Extras['complete']) {
  if (!needsWhole(snapshot)) return otherwise;
  const state = parsed<PublicState>((await parts?.read(`/${API}/state.json`)) ?? null);
  return state === null ? otherwise : (cut: Snapshot) => withWhole(cut, { state, of: snapshot });
}

async function historyOf({ family, month, timeZone }: PageAddress, copy: Vouching, parts: Parts | null) {
  if (family !== 'history') return null;
  const { readHistory } = await import('./history.ts');
  return readHistory(copy, parts, month, timeZone);
}
