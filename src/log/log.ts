import { canonical } from '../model/canonical.ts';
import { cleaned } from '../model/clean.ts';
import { parseRoomCuts } from '../model/cuts.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../model/event.ts';
import { foldRoster, type Roster } from '../model/roster.ts';
import { openChannel } from './channel/channel-driver.ts';
import { ALWAYS } from './channel/upload-turn.ts';
import { isAllThatCanBe, isInStep, waitForLinks } from './channel/wait-for-links.ts';
import { type Ingested, openCopy } from './copy.ts';
import type { Entry, Log, LogOptions } from './log-contract.ts';
import { createWriter } from './writer.ts';

export type { Log, LogOptions } from './log-contract.ts';

const GATHER_MS = 50;
const LEARN_TIPS_MS = 3_000;
/** So long a tab leaves its upload to the one whose turn it is; a frozen one blocks nobody for longer. */
const LEAVE_TO_OTHERS_MS = 2_000;
/** Until the other tab has told which relays its events came from. */
const HEAR_RECEIPTS_MS = 250;

/** Opens the log: reads the device's copy, then keeps every relay in step with it until `close`. */
export async function openLog({
  root,
  relays,
  store,
  platform,
  verify,
  signer,
  uploadTurn = ALWAYS,
}: LogOptions): Promise<Log> {
  const org = organisation(root);
  const sleep = (ms: number) => new Promise<void>((resolve) => platform.after(ms, resolve));
  const copy = await openCopy({
    org,
    root,
    store,
    pause: () => sleep(0),
    gather: () => sleep(GATHER_MS),
    ...(verify === undefined ? {} : { verify }),
  });
  let roster: Roster | undefined;
  const endRoster = copy.onEvents((added) => {
    if (added.some((event) => mayChangeRoster(event, roster))) roster = undefined;
    if (added.some(({ kind }) => kind === KIND.roster)) purge();
  });
  const channel = openChannel({ org, relays, copy, platform, signer });
  const waitFor = (ms: number, condition: typeof isInStep) => waitForLinks(channel, platform, ms, condition);
  const rosterNow = () => {
    roster ??= foldRoster(copy.held.all(), root);
    return roster;
  };
  let purging = Promise.resolve();
  function purge(): void {
    purging = purging
      .then(() => copy.purge(rosterNow().purged, rosterNow().stubs))
      .catch((error: unknown) => console.warn('What the roster purges is still on this device.', error));
  }
  // A run that ended between the statement and the purge, or storage that came back from elsewhere.
  purge();
  const learnTips = () => waitFor(LEARN_TIPS_MS, isAllThatCanBe);
  const writer = createWriter({ org, copy, platform, signer, roster: rosterNow, learnTips });

  function setKey(secretKey: Uint8Array | null): void {
    writer.setKey(secretKey);
    channel.setSigner(secretKey);
  }

  function send(events: readonly SignedEvent[]): void {
    if (uploadTurn.isMine()) channel.publish(events);
    else platform.after(LEAVE_TO_OTHERS_MS, () => channel.publish(events));
  }

  const endNeighbours = copy.onNeighbour((added) => {
    if (uploadTurn.isMine()) platform.after(HEAR_RECEIPTS_MS, () => channel.publish(added));
  });

  async function append(entry: Entry): Promise<SignedEvent> {
    const event = await writer.append(entry);
    send([event]);
    return event;
  }

  async function add(values: readonly unknown[]): Promise<Ingested> {
    const ingested = await copy.ingest(values);
    send(ingested.valid);
    return ingested;
  }

  return {
    org,
    root,
    platform,
    events: copy.held.all,
    roster: rosterNow,
    onEvents: copy.onEvents,
    // Of what is left as a stub no relay holds the content.
    receipts: (id) => (copy.held.get(id) === undefined ? [] : copy.receipts.of(id)),
    onReceipts: copy.receipts.onChange,
    links: channel.links,
    onLinks: channel.onChange,
    unlock: setKey,
    lock: () => setKey(null),
    get pubkey() {
      return writer.pubkey;
    },
    append,
    writePublic: (type, body) =>
      append({
        kind: KIND.public,
        d: chainName.status(org),
        content: ({ hlc, parents, at }) => canonical({ v: 1, type, hlc, parents, at, body: cleaned(body) }),
      }),
    announce: async (announcement) => {
      const event = writer.sign(announcement);
      await add([event]);
      return event;
    },
    add,
    whenSynced: (timeoutMs) => waitFor(timeoutMs, isInStep),
    damage: copy.damage,
    mode: copy.mode,
    wake: channel.wake,
    close: async () => {
      channel.close();
      writer.close();
      endRoster();
      endNeighbours();
      uploadTurn.end();
      await purging;
      await copy.close();
    },
  };
}

/** What a removed key wrote before its cut may come late, and then opens the way to what it names. */
function mayChangeRoster(event: SignedEvent, roster: Roster | undefined): boolean {
  const { kind, pubkey, content } = event;
  if (kind === KIND.roster || roster?.removed.has(pubkey) === true) return true;
  return kind === KIND.key && parseRoomCuts(content).length > 0;
}
