import { atom, computed } from 'nanostores';
import type { IncidentUpdateBody } from '../model/public-content.ts';
import { shows } from '../model/published.ts';
import { $roster } from './claims.ts';
import { $language, $messages } from './language.ts';
import { readSite } from './live.ts';
import { attempt } from './local.ts';
import { $log, $version } from './log.ts';
import { outside } from './outside.ts';
import { $form, clearForm } from './post-form.ts';
import { NO_RECEIPTS, type Receipts, receiptsOf, refusalsOf } from './receipts.ts';

const READ_BACK_MS = 1_500;
const CODE_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const CODE_LENGTH = 12;

/** Whether the update was read back from the public page; `at` in Unix milliseconds. */
export type Live =
  | { readonly type: 'waiting' }
  | { readonly type: 'unreachable' }
  | { readonly type: 'seen'; readonly at: number };

export type PostState =
  | { readonly type: 'writing' }
  | { readonly type: 'confirming'; readonly working: boolean }
  | {
      readonly type: 'sent';
      readonly id: string;
      readonly incident: string;
      readonly name: string;
      readonly live: Live;
    };

export const $post = atom<PostState>({ type: 'writing' });

/** How far the sent update has come, by what was earned and nothing else. */
export const $sent = computed(
  [$post, $log, $version],
  (post, log): { readonly receipts: Receipts; readonly refusals: readonly string[] } => {
    if (post.type !== 'sent' || log === null) return { receipts: NO_RECEIPTS, refusals: [] };
    return { receipts: receiptsOf(log, post.id), refusals: refusalsOf(log.links(), post.id) };
  },
);

export function review(): void {
  const { name, text } = $form.get();
  if (name.trim() !== '' && text.trim() !== '') $post.set({ type: 'confirming', working: false });
}

/** Back from the review, by choice or because the device was locked; what was sent is still watched. */
export function edit(): void {
  if ($post.get().type === 'confirming') $post.set({ type: 'writing' });
}

export function anotherPost(): void {
  $post.set({ type: 'writing' });
}

/** Signs and stores the update on this device, then watches for its receipts and for the public page. */
export async function publish(): Promise<void> {
  const log = $log.get();
  const post = $post.get();
  if (log === null || post.type !== 'confirming' || post.working) return;
  $post.set({ type: 'confirming', working: true });
  const { incident, name, text, ...rest } = $form.get();
  const body: IncidentUpdateBody = {
    ...rest,
    incident: incident ?? newCode((bytes) => outside().platform.random(bytes)),
    name: name.trim(),
    text: text.trim(),
    lang: $language.get(),
  };
  const saved = await attempt('write', $messages.get().problems.write, async () => {
    const event = await log.writePublic('incident.update', body);
    clearForm();
    $post.set({ type: 'sent', id: event.id, incident: body.incident, name: body.name, live: { type: 'waiting' } });
    void readBack(event.id);
  });
  if (!saved) $post.set({ type: 'confirming', working: false });
}

/** Asks the site until it shows the update, or until another post has taken this one's place. */
async function readBack(id: string): Promise<void> {
  const roster = $roster.get();
  const { platform, origin } = outside();
  const answer = roster === null ? null : await readSite(platform, origin, roster);
  const post = $post.get();
  if (post.type !== 'sent' || post.id !== id) return;
  if (answer?.type === 'snapshot' && shows(answer.snapshot, id)) {
    $post.set({ ...post, live: { type: 'seen', at: answer.at } });
    return;
  }
  $post.set({ ...post, live: { type: answer?.type === 'snapshot' ? 'waiting' : 'unreachable' } });
  platform.after(READ_BACK_MS, () => void readBack(id));
}

/** 12 characters of [0-9a-z] without bias: bytes beyond the last whole round of the alphabet are drawn again. */
export function newCode(random: (bytes: number) => Uint8Array): string {
  const fair = 256 - (256 % CODE_LETTERS.length);
  let code = '';
  while (code.length < CODE_LENGTH) {
    for (const byte of random(CODE_LENGTH)) {
      if (byte < fair && code.length < CODE_LENGTH) code += CODE_LETTERS[byte % CODE_LETTERS.length];
    }
  }
  return code;
}
