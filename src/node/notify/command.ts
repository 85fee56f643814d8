import { Agent } from 'node:https';
import { join } from 'node:path';
import { openLog } from '../../log/log.ts';
import type { Site, SitePush } from '../../model/site.ts';
import { contentFolder } from '../content/content-folder.ts';
import { readSite } from '../content/site.ts';
import { followSiteFile } from '../content/site-change.ts';
import { siteVariables } from '../content/site-variables.ts';
import { fastVerify } from '../fast-verify.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { findOrganisation, writableFolder } from '../organisation/folder.ts';
import { checkAddress } from '../organisation/open.ts';
import { unreachedWord } from '../organisation/unreached.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { stopped } from '../stopped.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { isKnownPushService, openDesk } from './desk.ts';
import { startNotifier } from './notifier.ts';
import { openOutbox } from './outbox.ts';
import { makePushKeys, readPushKeys } from './push-keys.ts';
import { openSubscriptions } from './subscriptions.ts';
import { type PushSender, tellPush } from './tell-push.ts';
import { tellWebhook } from './tell-webhook.ts';

const SYNC_MS = 10_000;

const USAGE = {
  line: 'lifeboat notify [options]',
  does: 'Tells the webhooks of site.yaml, and browsers that asked for web push, what was published. Needs no key of the roster.',
  options: {
    dir: {
      type: 'string',
      value: '<folder>',
      help: 'with organisation.json; keeps what is still to be told',
      default: '.lifeboat',
    },
    relay: { type: 'list', value: '<address>', help: 'ws:// or wss://, may be repeated; else those of site.yaml' },
    site: { type: 'string', value: '<address>', help: 'what {site} stands for in site.yaml' },
    port: { type: 'string', value: '<number>', help: 'where browsers subscribe to web push', default: '7449' },
    host: { type: 'string', value: '<address>', help: 'address to listen on', default: '127.0.0.1' },
    'push-key': {
      type: 'boolean',
      help: 'instead: make the key pair of web push once, and print what site.yaml needs',
    },
    json: { type: 'boolean', help: 'print each piece of news as one line of JSON' },
  },
} as const;

/** Runs the notifier until it is asked to stop. Resolves to the exit code; throws PlainError for wrong use. */
export function notifyCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const dir = await writableFolder(values.dir);
  if (values['push-key']) {
    process.stdout.write(`${(await makePushKeys(dir)).publicKey}\n`);
    return 0;
  }
  const organisation = await findOrganisation(dir);
  if (organisation === undefined)
    throw new PlainError(
      `There is no organisation in ${dir}: copy organisation.json there, and content/site.yaml, from the folder of an admin, a watcher or a publisher.`,
    );
  const { root } = organisation;
  const given = values.relay;
  given.forEach(checkAddress);
  const folder = await contentFolder(process.env, dir);
  const variables = siteVariables(given, values.site);
  const site = await readSite(folder, variables);
  const { webhooks = [], push = null } = site.notify ?? {};
  if (webhooks.length === 0 && push === null)
    throw new PlainError('Nobody is to be told: name webhooks or push under "notify" in site.yaml.');
  const relays = given.length > 0 ? given : site.relays;
  if (relays.length === 0) throw new PlainError('No relay is known: give --relay, or list them in site.yaml.');
  const sender = push === null ? undefined : await senderOf(dir, push);
  const store = openSqliteStore(join(dir, 'notifier.db'));
  const log = await openLog({ root, relays, store, platform: nodePlatform, verify: await fastVerify() });
  const outbox = openOutbox(join(dir, 'outbox.db'));
  const subscriptions = openSubscriptions(join(dir, 'subscriptions.db'));
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const unfollow = await followSiteFile({ folder, variables, say });
  try {
    await log.whenSynced(SYNC_MS);
    if (log.roster().keys.size === 0) throw new PlainError('No roster was found; is a relay reachable?', 1);
    const unreached = unreachedWord(log, 'nothing new can be told');
    if (unreached !== null) say(unreached);
    const port = readNumber('port', values.port, 0, 65_535);
    const desk =
      sender === undefined
        ? undefined
        : await openDesk({
            port,
            host: values.host,
            origins: originsOf(site),
            isPushService: isKnownPushService,
            subscriptions,
          });
    const notifier = startNotifier({
      site,
      log,
      platform: nodePlatform,
      outbox,
      webhooks,
      browsers: () => (sender === undefined ? [] : subscriptions.all().map(({ endpoint }) => endpoint)),
      tell: async ({ endpoint, body }, stop) => {
        if (webhooks.includes(endpoint)) return await tellWebhook(endpoint, body, stop);
        const to = subscriptions.get(endpoint);
        // Taken back meanwhile, or a webhook that site.yaml names no more.
        if (to === undefined || sender === undefined) return { type: 'gone' };
        const answer = await tellPush(sender, to, body, stop);
        if (answer.type === 'gone') subscriptions.remove(endpoint);
        return answer;
      },
      onNews: (title) => process.stdout.write(`${values.json ? JSON.stringify({ news: title }) : title}\n`),
      onTrouble: say,
    });
    say(
      `Telling ${webhooks.length} webhooks${desk === undefined ? '' : `, and browsers that subscribe at ${desk.url}`}.`,
    );
    await stopped();
    await notifier.close();
    await desk?.close();
    return 0;
  } finally {
    unfollow();
    await log.close();
    outbox.close();
    subscriptions.close();
  }
}

async function senderOf(dir: string, { key, contact }: SitePush): Promise<PushSender> {
  const keys = await readPushKeys(dir);
  if (keys === undefined) throw new PlainError(`There is no push.key in ${dir}: make one with --push-key.`);
  if (keys.publicKey !== key)
    throw new PlainError(
      `notify.push.key in site.yaml is not the one of ${join(dir, 'push.key')}: browsers would refuse what it signs.`,
    );
  return { keys, contact, agent: new Agent({ keepAlive: true }) };
}

function originsOf({ url, mirrors }: Site): readonly string[] {
  return [...(url === null ? [] : [url]), ...mirrors].map((address) => new URL(address).origin);
}
