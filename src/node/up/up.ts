import { join } from 'node:path';
import { keepAlertRoom } from '../../log/people/alert-room.ts';
import { startEnroller } from '../../log/people/enroller.ts';
import { createBlindWriter } from '../../log/rooms/blind-writer.ts';
import type { Site } from '../../model/site.ts';
import { contentFolder } from '../content/content-folder.ts';
import { readSite } from '../content/site.ts';
import { followSiteFile } from '../content/site-change.ts';
import { siteVariables } from '../content/site-variables.ts';
import { startHost } from '../host/host.ts';
import { FIRST_VANTAGE } from '../organisation/create.ts';
import { writableFolder, writeWhole } from '../organisation/folder.ts';
import { lockFolder } from '../organisation/lock.ts';
import { openKeyLog, openMember } from '../organisation/open.ts';
import { nodePlatform } from '../platform.ts';
import { buildSite } from '../publish/build.ts';
import { startPublisher } from '../publish/publisher.ts';
import { damageSentence } from '../store/damage-sentence.ts';
import { buildVault } from '../vault/build.ts';
import { startWatcher } from '../watch/watcher.ts';
import { currentInvite } from './invitation.ts';
import { ensureOrganisation, nameRelays } from './organisation.ts';
import { findPorts, HOST } from './ports.ts';
import { startRelayProcess } from './relay-process.ts';
import type { Tell } from './teller.ts';

export interface UpOptions {
  readonly dir: string;
  /** Of the site; the relays take the next ones; 0 takes any free ones. */
  readonly port: number;
  readonly tell: Tell;
  /** Says nothing of the build and the start. */
  readonly quiet: boolean;
}

/** What `up --json` prints first (DESIGN §10). */
export interface Ready {
  readonly site: string;
  readonly bridge: string;
  readonly relays: readonly string[];
  readonly org: string;
  readonly dir: string;
}

export interface Up {
  readonly ready: Ready;
  close(): Promise<void>;
}

const RELAYS = 2;

/** Starts every part in order; if one fails, those before it are stopped and its sentence is thrown. */
export async function startUp(options: UpOptions): Promise<Up> {
  const parts = new AsyncDisposableStack();
  try {
    const ready = await startParts(options, parts);
    return { ready, close: () => parts.disposeAsync() };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function startParts({ port, tell, quiet, ...options }: UpOptions, parts: AsyncDisposableStack): Promise<Ready> {
  const dir = await writableFolder(options.dir);
  parts.defer(lockFolder(dir));
  const ports = await findPorts(port, RELAYS);
  const address = `http://${HOST}:${ports.site}/`;
  const content = await contentFolder(process.env, dir);
  const local = ports.relays.map((relay) => `ws://${HOST}:${relay}`);
  const variables = siteVariables(local, address.slice(0, -1));
  const read = await readSite(content, variables);
  const say = (sentence: string) => tell(sentence, { event: 'trouble', sentence });
  parts.defer(await followSiteFile({ folder: content, variables, say }));
  const organisation = await ensureOrganisation(dir, read.name, tell);
  const dist = await buildSite({ say: (sentence) => quiet || process.stdout.write(`${sentence}\n`) });

  let failure: unknown;
  let running = 0;
  for (const [index, relayPort] of ports.relays.entries()) {
    const starting = startRelayProcess({
      port: relayPort,
      db: join(dir, `relay-${index + 1}.db`),
      root: organisation.root,
      onExit: (how, command) =>
        tell(`Relay ${index + 1} ended (${how}). Start it again with: ${command}`, {
          event: 'relay-ended',
          how,
          command,
        }),
    });
    try {
      const relay = await starting;
      parts.defer(relay.close);
      running++;
    } catch (error) {
      failure = error;
      const sentence = error instanceof Error ? error.message : String(error);
      tell(sentence, { event: 'trouble', sentence });
    }
  }
  // One relay that cannot start stops nothing; without any there is nothing to stay up with.
  if (running === 0) throw failure;
  // API and feeds need an absolute address, and this one opens the page.
  const url = read.url ?? (read.mirrors.length > 0 ? null : address.slice(0, -1));
  const site: Site = { ...read, url, relays: [...local, ...read.relays] };

  const member = await openMember(dir, site.relays);
  parts.defer(member.log.close);
  await nameRelays(member.log, site.relays);
  parts.defer(keepAlertRoom(member.log, member.rooms).close);
  const out = join(dir, 'site');
  const sealed = await buildVault({
    log: member.log,
    rooms: member.rooms,
    content,
    out,
    dir,
    recovery: organisation.recovery,
  });

  const publishing = await openKeyLog(dir, 'publisher', site.relays);
  parts.defer(publishing.log.close);
  // Both copies lie on this machine: the roster need not travel by a relay to be known here.
  await publishing.log.add(member.log.events());
  const watching = await openKeyLog(dir, 'watcher', site.relays);
  parts.defer(watching.log.close);
  for (const log of [member.log, publishing.log, watching.log]) {
    for (const sentence of (await log.damage()).map(damageSentence)) tell(sentence, { event: 'damage', sentence });
  }
  await watching.log.add(member.log.events());

  const publisher = await startPublisher({
    site,
    log: publishing.log,
    platform: nodePlatform,
    dist,
    out,
    onPublish: ({ seq }, changed) => changed && tell(`Published state ${seq}.`, { event: 'published', seq }),
    onTrouble: (sentence) => tell(sentence, { event: 'trouble', sentence }),
  });
  parts.defer(publisher.close);
  const host = await startHost({ folder: out, port: ports.site, host: HOST });
  parts.defer(host.close);
  const watcher = startWatcher({
    site,
    log: watching.log,
    seal: createBlindWriter(watching.log, watching.secret),
    platform: nodePlatform,
    vantage: FIRST_VANTAGE,
    onTransition: ({ subject, from, status, detail }) =>
      tell(`${subject}: ${from} → ${status}${detail === null ? '' : ` (${detail})`}`, {
        event: 'transition',
        subject,
        from,
        status,
        detail,
      }),
    onProblem: (sentence) => tell(sentence, { event: 'trouble', sentence }),
  });
  parts.defer(watcher.close);
  const invite = await currentInvite(dir, member.log, address, site.relays);
  const enroller = startEnroller({
    log: member.log,
    rooms: member.rooms,
    deviceSecret: member.secret,
    invite,
    onJoined: ({ name, words, roles }) =>
      tell(`${name} is enrolled as ${roles.join(' and ')} (${words.join(' ')}).`, {
        event: 'enrolled',
        name,
        words,
        roles,
      }),
    onProblem: (sentence) => tell(sentence, { event: 'trouble', sentence }),
  });
  parts.defer(enroller.close);
  tell(`${sealed.documents} documents are sealed in the vault.`, { event: 'vault', ...sealed });
  const ready: Ready = { site: address, bridge: invite.link, relays: site.relays, org: organisation.root, dir };
  await writeWhole(
    join(dir, 'up.json'),
    `${JSON.stringify({ site: address, relays: site.relays, org: organisation.root })}\n`,
  );
  return ready;
}
