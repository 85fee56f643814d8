import { openLog } from '../log/log.ts';
import { followChains } from './chains.ts';
import { startClock } from './clock.ts';
import { $copy } from './copy.ts';
import { correct } from './correcting.ts';
import { $device, type Device } from './device.ts';
import { followDeviceClock } from './device-clock.ts';
import { closeDraft, openDraft, sayHeld } from './draft.ts';
import { startIdleLock } from './idle.ts';
import { closeInvites, openInvites } from './inviting.ts';
import { $messages } from './language.ts';
import { askToKeepOnce, lookAtStorage } from './lasting.ts';
import { followLink } from './link.ts';
import { attempt, type LocalStorage, report, sentenceOf } from './local.ts';
import { followLog } from './log.ts';
import { type Outside, setOutside } from './outside.ts';
import { edit } from './post.ts';
import { closeForm, openForm } from './post-form.ts';
import { keepIt } from './retracting.ts';
import { openRoom } from './room.ts';
import { openScratch } from './scratch.ts';
import { startSession } from './session.ts';
import { $site, type SiteFacts } from './site.ts';
import { openVault } from './vault.ts';

/** How often this device is asked whether all is there: damage heals from memory and relays, a full device says so. */
const LOOK_EVERY_MS = 5_000;

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
  const { root, relays } = site;
  // Whether there is a key does not wait for the log.
  const session = startSession();
  const log = await openLog({ root, relays, ...given });
  const stops = [
    stopClock,
    followLog(log, platform),
    followLink(log, platform, local),
    followDeviceClock(log, platform, given.origin),
    followChains(log),
    followDevice(given),
    startIdleLock(),
    await session,
  ];
  let cancelLook = () => {};
  const look = async () => {
    await attempt(
      'damage',
      (detail) => detail,
      async () => {
        const damage = await log.damage();
        $copy.set({ mode: log.mode(), damage });
        if ($device.get() !== null) await given.keys.mend();
        await sayHeld();
        await lookAtStorage();
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
  const closeRoom = openRoom(device);
  const stopVault = openVault();
  const restore = async () => {
    const scratch = await openScratch(device.secret, local);
    if (closed) return;
    await Promise.all([openDraft(scratch), openForm(scratch), openInvites(scratch)]);
  };
  void askToKeepOnce();
  restore().catch((error: unknown) => report(sentenceOf(error)));
  return () => {
    closed = true;
    stopVault();
    closeDraft();
    closeForm();
    closeInvites();
    correct(null);
    keepIt();
    edit();
    closeRoom();
  };
}
