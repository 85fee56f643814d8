import { join } from 'node:path';
import { type Log, openLog } from '../../log/log.ts';
import { KIND } from '../../model/event.ts';
import { may } from '../../model/roster.ts';
import type { Site } from '../../model/site.ts';
import { contentFolder } from '../content/content-folder.ts';
import { readSite } from '../content/site.ts';
import { followSiteFile } from '../content/site-change.ts';
import { type SiteVariables, siteVariables } from '../content/site-variables.ts';
import { runWithOptions, type Values } from '../options.ts';
import { clockWord } from '../organisation/clock-word.ts';
import { readKey, readOrganisation, writableFolder } from '../organisation/folder.ts';
import { checkAddress } from '../organisation/open.ts';
import { unnamed } from '../organisation/unnamed.ts';
import { unreachedWord } from '../organisation/unreached.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { buildSite } from './build.ts';
import { publishUntilStopped } from './publish-until-stopped.ts';
import { type Destinations, destinationsOf } from './target/destinations.ts';
import { keepApart } from './target/keep-apart.ts';
import { isRemote } from './target/remote-name.ts';

const SYNC_MS = 10_000;

const USAGE = {
  line: 'lifeboat publish --to <folder or remote> --relay <address> [options]',
  does: 'Signs the public state, writes the site into a folder and carries it to every other target, again at every change.',
  options: {
    dir: { type: 'string', value: '<folder>', help: 'with organisation.json and publisher.key', default: '.lifeboat' },
    to: {
      type: 'list',
      value: '<target>',
      help: 'a folder, or an rclone remote such as second:status; may be repeated',
    },
    relay: { type: 'list', value: '<address>', help: 'ws:// or wss://, may be repeated; else those of site.yaml' },
    site: { type: 'string', value: '<address>', help: 'what {site} stands for in site.yaml' },
    once: { type: 'boolean', help: 'publish once and end; exit code 1 where a target was not reached' },
    'worker-off': { type: 'boolean', help: 'kill switch: readers’ service workers remove themselves' },
    json: { type: 'boolean', help: 'print each published state, and what each target holds, as a line of JSON' },
  },
} as const;

/** Runs one publisher until it is asked to stop. Resolves to the exit code; throws PlainError for wrong use. */
export function publishCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

/** Readers remember the highest number of each key, so that a lower one of the same key would be an older page to them. */
const NEW_KEY =
  'make another with "lifeboat enrol --new publisher", run that one in place of this, and end this key with "lifeboat revoke".';

type Wish = Values<typeof USAGE.options>;

/** All that is read before anything starts. */
interface Orders {
  readonly dir: string;
  /** With `out` as a folder that is there. */
  readonly destinations: Destinations;
  readonly root: string;
  readonly key: Uint8Array;
  readonly site: Site;
  /** Where `site` was read, and with what. */
  readonly content: { readonly folder: string; readonly variables: SiteVariables };
}

async function run(wish: Wish): Promise<number> {
  const { dir, destinations, root, key, site, content } = await readOrders(wish);
  const unfollow = await followSiteFile({ ...content, say });
  const dist = await buildSite({ say });
  const store = openSqliteStore(join(dir, 'publisher.db'));
  const log = await openLog({ root, relays: site.relays, store, platform: nodePlatform });
  try {
    log.unlock(key);
    await log.whenSynced(SYNC_MS);
    checkLog(log);
    const workerOn = !wish['worker-off'];
    const { once, json } = wish;
    const isEverywhere = await publishUntilStopped({ site, log, dist, dir, destinations, workerOn, once, json, say });
    if (once) await log.whenSynced(SYNC_MS);
    return isEverywhere ? 0 : 1;
  } finally {
    unfollow();
    await log.close();
  }
}

async function readOrders(wish: Wish): Promise<Orders> {
  const destinations = await destinationsOf(wish.to, wish.dir);
  const dir = await writableFolder(wish.dir);
  // A web server runs as another user.
  const option = wish.to.includes(destinations.out) ? 'to' : 'dir';
  const out = await writableFolder(destinations.out, { mode: 0o755, option });
  const { root } = await readOrganisation(dir);
  const key = await readKey(dir, 'publisher');
  wish.relay.forEach(checkAddress);
  const folder = await contentFolder(process.env, dir);
  await keepApart(
    wish.to.filter((one) => !isRemote(one)),
    [dir, folder],
  );
  const variables = siteVariables(wish.relay, wish.site);
  const written = await readSite(folder, variables);
  const site: Site = wish.relay.length > 0 ? { ...written, relays: wish.relay } : written;
  if (site.relays.length === 0) throw new PlainError('No relay is known: give --relay, or list them in site.yaml.');
  return { dir, destinations: { ...destinations, out }, root, key, site, content: { folder, variables } };
}

/** Says what is amiss; throws where the roster does not know the key, for every reader would refuse what it signs. */
function checkLog(log: Log): void {
  const wrong = clockWord(log, NEW_KEY, nodePlatform.now());
  if (wrong !== null) say(wrong);
  if (!may(log.roster(), log.pubkey ?? '', KIND.snapshot)) throw unnamed('publisher', log.pubkey);
  const unreached = unreachedWord(log, 'what this machine holds is published, and grows old,');
  if (unreached !== null) say(unreached);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
