import type { Log } from '../../log/log.ts';
import type { Room, Rooms } from '../../log/rooms/room.ts';
import { chainName, KIND, type SignedEvent, tagValue } from '../../model/event.ts';
import { foldIncidents } from '../../model/incidents.ts';
import { memberNames } from '../../model/members.ts';
import { isMaintenance, recordsOf } from '../../model/public-record.ts';
import { type Entry, timeOf, wordsOf } from './entry.ts';
import { inlineText, quotedText } from './markdown-text.ts';
import { byIncident, isPersonal, publicEntries } from './public-entries.ts';
import { factsOf, marksFor, marksOf } from './public-marks.ts';

const NAMED = ['incident.update', 'maintenance.update'];

export interface Chronicle {
  readonly markdown: string;
  /** Room messages that this device holds and cannot open. */
  readonly unopened: number;
  readonly entries: number;
}

/** What to tell: one incident or maintenance by its code, one room by its id, or everything. */
export type Subject =
  | { readonly type: 'all' }
  | { readonly type: 'incident'; readonly code: string }
  | { readonly type: 'room'; readonly id: string };

/**
 * A readable account, oldest first: who said what, when, by the writers' own clocks. Nothing that people wrote can become
 * markup. It is a copy for people; what proves anything is the JSON lines.
 */
export function chronicle(log: Log, rooms: Rooms, subject: Subject): Chronicle {
  const names = memberNames(rooms.main('room')?.messages ?? [], log.roster());
  const who = (member: string) => names.get(member) ?? member.slice(0, 8);
  const told = [...incidentSections(log, subject, who), ...roomSections(log, rooms, subject, who)];
  const unopened = told.reduce((sum, section) => sum + section.unopened, 0);
  const purged = subject.type === 'all' ? purgedSection(log) : [];
  const head = [
    'Times are the writers’ own clocks, in UTC. The proof is in the signed events: `lifeboat export`, `lifeboat verify`.',
  ];
  return {
    markdown: `${[...head, ...told.flatMap(({ lines }) => lines), ...purged].join('\n\n')}\n`,
    unopened,
    entries: told.reduce((sum, section) => sum + section.entries, 0),
  };
}

interface Section {
  readonly lines: readonly string[];
  readonly entries: number;
  readonly unopened: number;
}

type Who = (member: string) => string;

function incidentSections(log: Log, subject: Subject, who: Who): readonly Section[] {
  if (subject.type === 'room') return [];
  const grouped = byIncident(publicEntries(log.events(), log.roster()));
  const fold = foldIncidents(log.events(), log.roster());
  const marks = marksOf(fold);
  const records = recordsOf(fold);
  const codes = subject.type === 'incident' ? [subject.code] : [...grouped.keys()];
  return codes.flatMap((code): Section[] => {
    const entries = (grouped.get(code) ?? []).filter(isPersonal);
    if (entries.length === 0) return [];
    const record = records.find((one) => one.code === code);
    const title = code === '' ? 'Other public statements' : inlineText(record?.name || 'Not counted');
    const kind = record !== undefined && isMaintenance(record) ? 'Maintenance' : 'Incident';
    const facts = record === undefined ? [] : factsOf(record).map(inlineText);
    const subtitle = code === '' ? [] : [[`${kind} \`${code}\``, ...facts].join(' · ')];
    const told = entries.map((entry) => entryText(entry, who, marksFor(entry, marks)));
    return [
      {
        lines: [`# ${title}`, ...subtitle, ...told],
        entries: entries.length,
        unopened: 0,
      },
    ];
  });
}

function roomSections(log: Log, rooms: Rooms, subject: Subject, who: Who): readonly Section[] {
  if (subject.type === 'incident') return [];
  const wanted = rooms
    .list()
    .filter(({ id, purpose }) => (subject.type === 'room' ? id === subject.id : purpose === 'room'));
  return wanted.map((room) => {
    const unopened = unopenedIn(log, room);
    const closed = unopened === 0 ? [] : [`${unopened} messages could not be opened with this device’s keys.`];
    const told = room.messages.map((message) => entryText(message, who));
    return { lines: [`# Room ${inlineText(room.name)}`, ...closed, ...told], entries: told.length, unopened };
  });
}

function unopenedIn(log: Log, room: Room): number {
  const roster = log.roster();
  const isMessage = (event: SignedEvent) =>
    event.kind === KIND.sealed && tagValue(event, 'd') === chainName.room(room.id) && roster.keys.has(event.pubkey);
  const held = log.events().filter((event) => isMessage(event) && !roster.purged.has(event.id));
  return held.length - room.messages.length;
}

function entryText(entry: Entry, who: Who, marks: readonly string[] = []): string {
  const removed = entry.counts ? [] : ['**from a removed device, beyond its cut: decides nothing**'];
  // What may be corrected or taken back is called by its id.
  const id = NAMED.includes(entry.type) ? [`\`${entry.id.slice(0, 8)}\``] : [];
  const marked = marks.map((mark) => `**${inlineText(mark)}**`);
  const head = [
    `**${timeOf(entry)}**`,
    inlineText(who(entry.member)),
    inlineText(entry.type),
    ...id,
    ...marked,
    ...removed,
  ];
  const said = quotedText(wordsOf(entry));
  return said === '' ? head.join(' · ') : `${head.join(' · ')}\n\n${said}`;
}

function purgedSection(log: Log): readonly string[] {
  const ids = [...log.roster().purged].sort();
  if (ids.length === 0) return [];
  return [
    '# Purged',
    'The root or two admins had the content of these events dropped.',
    ids.map((id) => `- \`${id}\``).join('\n'),
  ];
}
