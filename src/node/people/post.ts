import { readNumber, runWithOptions, type Values } from '../options.ts';
import { lastSite, openKeyLog } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { seenLive } from './live.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { arrival, arrivalWords } from './receipts.ts';
import { updateBody } from './update.ts';

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
  },
  words: true,
} as const;

/** `lifeboat post`: "on this device", "on 2 of 2 relays", "live on the public page, seen 03:12:40Z". */
export function postCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>, words: readonly string[]): Promise<number> {
  const { dir, relay, json, site, ...wanted } = values;
  const text = wanted.text ?? words.join(' ');
  if (text.trim() === '') throw new PlainError('--text is missing; say what the public reads.');
  const waitMs = readNumber('wait', wanted.wait, 0, 600) * 1000;
  const { log } = await openKeyLog(dir, 'device', relay);
  try {
    await log.whenSynced(wanted.incident === 'new' ? 0 : waitMs);
    const body = updateBody(log, { ...wanted, text });
    const event = await log.writePublic('incident.update', body);
    const arrived = await arrival(log, event.id, waitMs);
    if (!json) process.stdout.write(`Incident ${body.incident}: ${arrivalWords(arrived)}\n`);
    const address = site ?? (await lastSite(dir));
    const seen = address === undefined ? undefined : await seenLive(log, address, event.id, waitMs);
    if (json) process.stdout.write(`${JSON.stringify({ incident: body.incident, ...arrived, live: seen ?? null })}\n`);
    else process.stdout.write(liveWords(seen, address));
    return seen === undefined ? 1 : 0;
  } finally {
    await log.close();
  }
}

function liveWords(seen: string | undefined, site: string | undefined): string {
  if (site === undefined) return 'not looked for on the public page: give its address with --site\n';
  if (seen === undefined) return `not seen on ${site} yet\n`;
  return `live on the public page, seen ${seen.slice(11, 19)} UTC\n`;
}
