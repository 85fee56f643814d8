import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Block, Contact, Inline, People, Reach, Rung, Shift } from '../../vault/document.ts';
import { unreadable } from '../unreadable.ts';
import { ContentError, mistake } from './content-error.ts';
import { day, map } from './site-fields.ts';
import { parseYaml } from './yaml-file.ts';
import { sentence } from './yaml-mistake.ts';

const FILE = 'people.yaml';
/** A number is as good as a text: who writes a telephone number forgets the quotes. */
const text = v.pipe(v.union([v.string(), v.number()], 'text'), v.transform(String));
const yes = v.optional(v.boolean('true or false'), false);
const list = <Item extends v.GenericSchema>(item: Item, of: string) => v.optional(v.array(item, `a list of ${of}`), []);
const telephone = map({ number: text, carrier: v.optional(text), sms: yes, placeholder: yes });
const reach = { phones: list(telephone, 'telephones'), mails: list(text, 'mail addresses') };
const shift = map({ role: text, name: v.optional(text), team: v.optional(text), rota: v.optional(text), ...reach });
const rung = map({
  channel: text,
  join: v.optional(text),
  needs: list(text, 'texts'),
  last_tested: v.optional(day),
  ...reach,
});

const schema = map({
  on_call: list(shift, 'roles'),
  escalation: list(map({ after: text, call: text, ...reach }), 'calls'),
  partners: list(map({ role: text, say: v.optional(text), ...reach }), 'partners'),
  ladder: list(rung, 'channels'),
});

type Source = v.InferOutput<typeof schema>;

/** The people.yaml of a content folder as a vault document, or undefined where there is none. @throws ContentError */
export async function readPeople(content: string): Promise<People | undefined> {
  const path = join(content, FILE);
  const source = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new ContentError(unreadable(path, error));
  });
  return source === undefined ? undefined : parsePeople(source);
}

/** The same for a text. */
export function parsePeople(source: string): People {
  const yaml = parseYaml(source, FILE);
  const result = v.safeParse(schema, yaml.value ?? {});
  if (!result.success) {
    const { path, text: what } = sentence(result.issues[0]);
    throw mistake(FILE, yaml.line(path), what);
  }
  const contacts = contactsOf(result.output);
  const rota = result.output.on_call.map(
    ({ role, name, rota: when }): Shift => ({ role, people: [name ?? role], when: when ?? null }),
  );
  const ladder = result.output.ladder.map(
    (one): Rung => ({
      name: one.channel,
      how: one.join ?? null,
      depends_on: one.needs,
      reach: reachOf(one),
      last_tested: one.last_tested ?? null,
    }),
  );
  const blocks = [...contactBlocks(contacts), ...ladderBlocks(ladder)];
  return { v: 1, kind: 'people', id: 'people', title: 'People and channels', source, blocks, contacts, rota, ladder };
}

function contactsOf({ on_call, escalation, partners }: Source): readonly Contact[] {
  return [
    ...on_call.map((one) => ({
      name: one.name ?? one.role,
      role: one.role,
      team: one.team ?? null,
      note: one.rota ?? null,
      reach: reachOf(one),
    })),
    ...escalation.map((one) => ({
      name: one.call,
      role: 'Escalation',
      team: null,
      note: one.after,
      reach: reachOf(one),
    })),
    ...partners.map((one) => ({
      name: one.role,
      role: 'Partner',
      team: null,
      note: one.say ?? null,
      reach: reachOf(one),
    })),
  ];
}

function reachOf({ phones, mails }: Pick<Source['partners'][number], 'phones' | 'mails'>): readonly Reach[] {
  const byTelephone = phones.flatMap(({ number, carrier, sms, placeholder }): Reach[] => {
    const bare = number.replace(/[^\d+]/g, '');
    const note =
      [carrier, placeholder ? 'placeholder' : undefined].filter((part) => part !== undefined).join(', ') || null;
    const call: Reach = { by: 'tel', text: number, href: `tel:${bare}`, note };
    return sms ? [call, { by: 'sms', text: number, href: `sms:${bare}`, note }] : [call];
  });
  return [
    ...byTelephone,
    ...mails.map((address): Reach => ({ by: 'mail', text: address, href: `mailto:${address}`, note: null })),
  ];
}

function contactBlocks(contacts: readonly Contact[]): readonly Block[] {
  const rows = contacts.map(({ name, role, note, reach: ways }) => [
    [plain(name)],
    [plain(role === name ? '' : (role ?? ''))],
    links(ways),
    [plain(note ?? '')],
  ]);
  return rows.length === 0
    ? []
    : [
        heading('Contacts'),
        { type: 'table', head: ['Who', 'Role', 'Reach', 'Note'].map((word) => [plain(word)]), rows },
      ];
}

function ladderBlocks(ladder: readonly Rung[]): readonly Block[] {
  if (ladder.length === 0) return [];
  const items = ladder.map(({ name, how, depends_on, reach: ways }) => {
    const says = [how, depends_on.length > 0 ? `needs ${depends_on.join(', ')}` : null].filter((part) => part !== null);
    const children: Inline[] = [
      { type: 'strong', children: [plain(name)] },
      plain(`: ${says.join('; ')} `),
      ...links(ways),
    ];
    return { checked: null, children: [{ type: 'paragraph' as const, children }] };
  });
  return [heading('Where to meet'), { type: 'list', start: 1, items }];
}

function links(ways: readonly Reach[]): readonly Inline[] {
  return ways.flatMap(({ by, text: words, href }, i) => {
    // Text messages open by the contact's own button; a runbook's link may not be an sms: address.
    const shown: Inline =
      by === 'sms' ? plain(words) : { type: 'link', to: { type: 'web', href }, children: [plain(words)] };
    return i === 0 ? [shown] : [plain(', '), shown];
  });
}

function heading(words: string): Block {
  return { type: 'heading', level: 2, section: null, children: [plain(words)] };
}

function plain(words: string): Inline {
  return { type: 'text', text: words };
}
