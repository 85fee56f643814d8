import { openLog } from '../log/log.ts';
import { createMemoryStore } from '../log/memory-store.ts';
import { startClock } from './clock.ts';
import { $device, type Device } from './device.ts';
import { closeDraft, openDraft } from './draft.ts';
import { startIdleLock } from './idle.ts';
import { $messages } from './language.ts';
import { followLink } from './link.ts';
import { $damage, attempt, type LocalStorage, report, sentenceOf } from './local.ts';
import { followLog } from './log.ts';
import { type Outside, setOutside } from './outside.ts';
import { edit } from './post.ts';
import { closeForm, openForm } from './post-form.ts';
import { $rooms, openRoom } from './room.ts';
import { openScratch } from './scratch.ts';
import { startSession } from './session.ts';
import { $site, type SiteFacts } from './site.ts';
import { openVault } from './vault.ts';

/** How often this device is asked whether all is there: damage heals from memory and relays, a full device says so. */
const LOOK_EVERY_MS = 30_000;

/** Starts the members' side: the device's copy, its links, the session. The returned function ends it all. */
export async function startBridge(given: Outside, site: SiteFacts | null): Promise<() => Promise<void>> {
  setOutside(given);
  $site.set(site);
  const { platform, local } = given;
  const stopClock = startClock(platform);
  if (site === null) {
    report($messages.get().problems.unassembled);
    return async () => stopClock();
  }
  const log = await openLogOrMemory(given, site);
  const stops = [
    stopClock,
    followLog(log, platform),
    followLink(log, platform, local),
    followDevice(given),
    startIdleLock(),
    await startSession(),
  ];
  let cancelLook = () => {};
  const look = async () => {
    await attempt(
      'damage',
      (detail) => detail,
      async () => {
        $damage.set(await log.damage());
        if ($device.get() !== null) await given.keys.mend();
      },
    );
    cancelLook = platform.after(LOOK_EVERY_MS, () => void look());
  };
  await look();
  return async () => {
    cancelLook();
    for (const stop of stops) stop();
    await log.close();
  };
}

/** A browser that refuses to store still shows what relays hold; the page says what that means. */
async function openLogOrMemory({ store, platform }: Outside, { root, relays }: SiteFacts) {
  try {
    return await openLog({ root, relays, store, platform });
  } catch (error) {
    report($messages.get().problems.storage(sentenceOf(error)));
    return openLog({ root, relays, store: createMemoryStore(), platform });
  }
}

/** Opens what the key of this device opens, and forgets it all when the device is locked. */
function followDevice({ local }: Outside): () => void {
  let close = () => {};
  const stop = $device.subscribe((device) => {
    close();
    close = device === null ? () => {} : openDevice(device, local);
  });
  return () => {
    stop();
    close();
  };
}

function openDevice(device: Device, local: LocalStorage): () => void {
  let closed = false;
  openRoom(device);
  const stopVault = openVault();
  const restore = async () => {
    const scratch = await openScratch(device.secret, local);
    if (closed) return;
    await Promise.all([openDraft(scratch), openForm(scratch)]);
  };
  restore().catch((error: unknown) => report(sentenceOf(error)));
  return () => {
    closed = true;
    stopVault();
    closeDraft();
    closeForm();
    edit();
    $rooms.set(null);
  };
}
