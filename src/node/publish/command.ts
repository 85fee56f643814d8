import { join } from 'node:path';
import { openLog } from '../../log/log.ts';
import { KIND } from '../../model/event.ts';
import { may } from '../../model/roster.ts';
import type { Site } from '../../model/site.ts';
import { contentFolder } from '../content/content-folder.ts';
import { readSite } from '../content/site.ts';
import { followSiteFile } from '../content/site-change.ts';
import { siteVariables } from '../content/site-variables.ts';
import { runWithOptions, type Values } from '../options.ts';
import { clockWord } from '../organisation/clock-word.ts';
import { readKey, readOrganisation, writableFolder } from '../organisation/folder.ts';
import { checkAddress } from '../organisation/open.ts';
import { unreachedWord } from '../organisation/unreached.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { stopped } from '../stopped.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { buildSite } from './build.ts';
import { sweepOldAssets } from './old-assets.ts';
import { startPublisher } from './publisher.ts';
import type { CourierNews } from './target/courier.ts';
import { startCouriers } from './target/couriers.ts';
import { destinationsOf } from './target/destinations.ts';
import { keepApart } from './target/keep-apart.ts';
import { isRemote } from './target/remote-name.ts';

const SYNC_MS = 10_000;
/** With `--once`, a target that fails is given up after so many tries. */
const TRIES = 3;

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

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const destinations = await destinationsOf(values.to, values.dir);
  const dir = await writableFolder(values.dir);
  // A web server runs as another user.
  const option = values.to.includes(destinations.out) ? 'to' : 'dir';
  const out = await writableFolder(destinations.out, { mode: 0o755, option });
  const { root } = await readOrganisation(dir);
  const key = await readKey(dir, 'publisher');
  const given = values.relay;
  given.forEach(checkAddress);
  const folder = await contentFolder(process.env, dir);
  await keepApart(
    values.to.filter((one) => !isRemote(one)),
    [dir, folder],
  );
  const variables = siteVariables(given, values.site);
  const written = await readSite(folder, variables);
  const site: Site = given.length > 0 ? { ...written, relays: given } : written;
  if (site.relays.length === 0) throw new PlainError('No relay is known: give --relay, or list them in site.yaml.');
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const unfollow = await followSiteFile({ folder, variables, say });
  const dist = await buildSite({ say });
  const store = openSqliteStore(join(dir, 'publisher.db'));
  const log = await openLog({ root, relays: site.relays, store, platform: nodePlatform });
  try {
    log.unlock(key);
    await log.whenSynced(SYNC_MS);
    const wrong = clockWord(log, NEW_KEY, nodePlatform.now());
    if (wrong !== null) say(wrong);
    // Without the roster it would sign what every reader refuses.
    if (!may(log.roster(), log.pubkey ?? '', KIND.snapshot))
      throw new PlainError(`The roster names no publisher with the key ${log.pubkey}; is a relay reachable?`, 1);
    const unreached = unreachedWord(log, 'what this machine holds is published, and grows old,');
    if (unreached !== null) say(unreached);
    const couriers = startCouriers({ ...destinations, out }, dir, {
      tell: (news) => tellOf(news, values.json),
      ...(values.once ? { tries: TRIES } : {}),
    });
    couriers.wrote({ phases: [], gone: await sweepOldAssets(dist, out, nodePlatform.now()) });
    const publisher = await startPublisher({
      site,
      log,
      platform: nodePlatform,
      dist,
      out,
      workerOn: !values['worker-off'],
      onWritten: couriers.wrote,
      onPublish: ({ seq, generated_at }, changed) => {
        couriers.offer(seq);
        if (values.json) process.stdout.write(`${JSON.stringify({ seq, generated_at, changed })}\n`);
        else if (changed) process.stdout.write(`${generated_at}  published state ${seq}.\n`);
      },
      onTrouble: (sentence) => {
        couriers.missed();
        say(sentence);
      },
    }).catch((error: unknown) => {
      throw isOfTheSystem(error)
        ? new PlainError(`The page could not be written to ${out} (${error.message}).`, 1)
        : error;
    });
    if (!values.once) await stopped();
    await publisher.close();
    const isEverywhere = !values.once || (await couriers.settled(TRIES));
    await couriers.close();
    if (values.once) await log.whenSynced(SYNC_MS);
    return isEverywhere ? 0 : 1;
  } finally {
    unfollow();
    await log.close();
  }
}

/** A full disk, a folder without rights. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** A target that holds what was published is no news to a person; one that fails is. */
function tellOf({ type, ...news }: CourierNews, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(news)}\n`);
  else if (type === 'trouble' && 'sentence' in news) process.stderr.write(`${news.sentence}\n`);
}
