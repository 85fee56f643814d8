import type { Log } from '../../log/log.ts';
import { foldIncidents } from '../../model/incidents.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { lastSite, openKeyLog } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { inStep } from './in-step.ts';
import { seenLive } from './live.ts';
import { giveOpinion, type Posted } from './opinion.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { arrival, arrivalWords } from './receipts.ts';
import { updateBody, type Wanted } from './update.ts';

const USAGE = {
  line: 'lifeboat post [options] [text]',
  does: 'Posts a public update, then says where it is. Exit code 1: signed and kept here, but not seen on the page yet.',
  options: {
    ...MEMBER_OPTIONS,
    incident: {
      type: 'string',
      value: '<new|code>',
      help: 'a new incident, or the next update of one',
      default: 'new',
    },
    name: { type: 'string', value: '<text>', help: 'headline of the incident' },
    status: { type: 'string', value: '<word>', help: 'investigating, identified, monitoring, resolved' },
    impact: { type: 'string', value: '<word>', help: 'none, maintenance, minor, major, critical' },
    component: { type: 'list', value: '<id=status>', help: 'an affected component, e.g. cards=major_outage' },
    text: { type: 'string', value: '<text>', help: 'what the public reads' },
    lang: { type: 'string', value: '<tag>', help: 'language of the text, e.g. pt-BR' },
    site: { type: 'string', value: '<url>', help: 'read the update back from this site' },
    approve: {
      type: 'string',
      value: '<event id>',
      help: 'instead: a second opinion for a waiting update of another member',
    },
    override: {
      type: 'string',
      value: '<event id>',
      help: 'instead: let a waiting update count, as a commander, after the wait',
    },
    reason: { type: 'string', value: '<text>', help: 'with --override: why it could not wait for a second person' },
  },
  words: true,
} as const;

export type PostValues = Values<typeof USAGE.options>;

/** `lifeboat post`: "on this device", "on 2 of 2 relays", "live on the public page, seen 03:12:40Z". */
export function postCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: PostValues, words: readonly string[]): Promise<number> {
  const { dir, relay, json, site } = values;
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const text = values.text ?? words.join(' ');
  const isOpinion = (values.approve ?? values.override) !== undefined;
  if (!isOpinion && text.trim() === '') throw new PlainError('--text is missing; say what the public reads.');
  const { log } = await openKeyLog(dir, 'device', relay);
  try {
    if (isOpinion || values.incident !== 'new') await inStep(log, waitMs);
    const posted = isOpinion ? await giveOpinion(log, values) : await postUpdate(log, { ...values, text });
    const arrived = await arrival(log, posted.event, waitMs);
    if (!json) process.stdout.write(`${posted.words}: ${arrivalWords(arrived)}\n`);
    const isWaiting = foldIncidents(log.events(), log.roster()).waiting.has(posted.update);
    const address = site ?? (await lastSite(dir));
    const seen = isWaiting || address === undefined ? undefined : await seenLive(log, address, posted.update, waitMs);
    if (json) {
      const { incident, update } = posted;
      process.stdout.write(
        `${JSON.stringify({ incident, update, ...arrived, waiting: isWaiting, live: seen ?? null })}\n`,
      );
    } else process.stdout.write(isWaiting ? waitingWords(posted) : liveWords(seen, address));
    return seen === undefined ? 1 : 0;
  } finally {
    await log.close();
  }
}

async function postUpdate(log: Log, wanted: Wanted): Promise<Posted> {
  const body = updateBody(log, wanted);
  const { id } = await log.writePublic('incident.update', body);
  return { event: id, update: id, incident: body.incident, words: `Incident ${body.incident}` };
}

function waitingWords({ event, update }: Posted): string {
  if (event !== update) return 'not counted yet: an override counts once the wait that the roster asks for is over\n';
  return `waits for a second opinion: another member says "lifeboat post --approve ${update}"\n`;
}

function liveWords(seen: string | undefined, site: string | undefined): string {
  if (site === undefined) return 'not looked for on the public page: give its address with --site\n';
  if (seen === undefined) return `not seen on ${site} yet\n`;
  return `live on the public page, seen ${seen.slice(11, 19)} UTC\n`;
}
