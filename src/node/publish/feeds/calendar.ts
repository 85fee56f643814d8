import type { IsoTime } from '../../../model/clock.ts';
import { phaseOf } from '../../../model/maintenance-phase.ts';
import { overruledIn } from '../../../model/public-record.ts';
import type { PublicMaintenance } from '../../../model/snapshot.ts';
import type { PageFacts } from '../page-facts.ts';
import type { Published } from '../published.ts';
import { wordsOf } from '../words.ts';
import { xmlSafe } from './xml.ts';

const EVENTS_MAX = 200;
/** RFC 5545 §3.1: a line has at most 75 octets, its end not counted. */
const LINE_OCTETS = 75;

/** A calendar must hold something, also before the first maintenance. */
const UTC_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'TZNAME:UTC',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/**
 * /calendar.ics: every maintenance as an event of RFC 5545, the 200 latest to begin. What was cancelled or taken back stays
 * and says so: calendars drop nothing by themselves. What should be over and was never said to have begun is no longer certain: that alone
 * follows from the clock, and is nobody's word, so it raises no SEQUENCE.
 */
export function calendar(facts: PageFacts, { folded }: Published): string {
  const { maintenances, retracted } = folded.said;
  const events = [...maintenances, ...retracted.maintenances]
    .toSorted((a, b) => Date.parse(b.scheduled_for) - Date.parse(a.scheduled_for) || (a.code < b.code ? -1 : 1))
    .slice(0, EVENTS_MAX)
    .flatMap((maintenance) => eventLines(facts, maintenance));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lifeboat//Status page//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(facts.name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...UTC_ZONE,
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded75(line)}\r\n`).join('');
}

function eventLines({ org, url, language, now }: PageFacts, maintenance: PublicMaintenance): readonly string[] {
  const { code, name, scheduled_for, scheduled_until, created_at, updated_at, updates, retracted } = maintenance;
  const words = wordsOf(language);
  const told = updates
    .filter((update) => update.retracted === undefined)
    .map(({ status, text }) => `${words.update[status]}: ${text}`);
  const taken = retracted === undefined ? [] : [words.retracted(retracted.reason)];
  const overruled = overruledIn(maintenance).map(({ reason }) => words.overruled(reason));
  const hasPassed = retracted === undefined && phaseOf(maintenance, now) === 'passed';
  const doubt = hasPassed ? [words.neverBegun] : [];
  const ends = Date.parse(scheduled_until) > Date.parse(scheduled_for) ? [`DTEND:${utc(scheduled_until)}`] : [];
  return [
    'BEGIN:VEVENT',
    `UID:${code}@${org}.lifeboat`,
    `SEQUENCE:${statements(maintenance) - 1}`,
    // Signed times only, so that the same log makes the same file.
    `DTSTAMP:${utc(updated_at)}`,
    `CREATED:${utc(created_at)}`,
    `LAST-MODIFIED:${utc(updated_at)}`,
    `DTSTART:${utc(scheduled_for)}`,
    ...ends,
    `SUMMARY:${escaped(name)}`,
    `DESCRIPTION:${escaped([...taken, ...doubt, ...overruled, ...told].join('\n\n'))}`,
    `STATUS:${statusOf(maintenance, hasPassed)}`,
    'TRANSP:TRANSPARENT',
    `URL:${url}/incidents/${code}/`,
    'END:VEVENT',
  ];
}

/** How often something was said of it, corrections and retractions included: it only ever rises. */
function statements({ updates, retractions = [] }: PublicMaintenance): number {
  const said = updates.map((update) => 1 + (update.corrected?.length ?? 0) + (update.retracted === undefined ? 0 : 1));
  return said.reduce((a, b) => a + b, retractions.length);
}

type EventStatus = 'CANCELLED' | 'TENTATIVE' | 'CONFIRMED';

function statusOf({ status, conflict, retracted }: PublicMaintenance, hasPassed: boolean): EventStatus {
  if (status === 'cancelled' || retracted !== undefined) return 'CANCELLED';
  return conflict || hasPassed ? 'TENTATIVE' : 'CONFIRMED';
}

/** `20261122T031200Z` */
function utc(time: IsoTime): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Text of RFC 5545 §3.3.11. */
function escaped(text: string): string {
  return xmlSafe(text)
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n');
}

/** One line in pieces of at most 75 octets, never through the middle of a character. */
function folded75(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      pieces.push(piece);
      // The space that begins the next piece counts.
      [piece, octets] = [' ', 1];
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}
