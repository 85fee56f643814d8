import { atom, computed } from 'nanostores';
import type { Statement } from '../model/correction.ts';
import type { Sought } from '../model/sought.ts';
import type { ComponentStatus } from '../model/status.ts';
import { $now } from './clock.ts';
import { $correction, correct, correctionProblem, correctionStatement } from './correcting.ts';
import { $language, $messages } from './language.ts';
import { attempt } from './local.ts';
import { $log, $version } from './log.ts';
import { outside } from './outside.ts';
import { codeOfStatement, statementFrom } from './post-draft.ts';
import { $form, clearForm } from './post-form.ts';
import { draftProblem } from './post-problem.ts';
import { $public } from './public.ts';
import { type Live, readBack } from './read-back.ts';
import { NO_RECEIPTS, type Receipts, receiptsOf, refusalsOf } from './receipts.ts';
import { $retraction, isReason, keepIt, retractionBody } from './retracting.ts';

const CODE_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const CODE_LENGTH = 12;

export type PostState =
  | { readonly type: 'writing' }
  | { readonly type: 'confirming'; readonly working: boolean }
  | {
      readonly type: 'sent';
      /** The event that was written. */
      readonly id: string;
      readonly sought: Sought;
      readonly name: string;
      readonly live: Live;
    };

export const $post = atom<PostState>({ type: 'writing' });

/** Exactly what would be signed, of the correction in hand or else of the form; a new code is drawn on publishing. */
export const $statement = computed(
  [$form, $correction, $language],
  (form, correction, language): Statement =>
    correction === null ? statementFrom(form, '', language) : correctionStatement(correction, language),
);

/** What keeps it from being reviewed, or null. */
export const $problem = computed(
  [$form, $correction, $statement, $public, $now],
  (form, correction, statement, fold, now) => {
    const records = [...(fold?.incidents ?? []), ...(fold?.maintenances ?? [])];
    if (correction !== null) return correctionProblem(correction, statement, records);
    return draftProblem(
      form,
      statement,
      records.find(({ code }) => code === form.code),
      now,
    );
  },
);

/** How far what was sent has come, by what was earned and nothing else. */
export const $sent = computed(
  [$post, $log, $version],
  (post, log): { readonly receipts: Receipts; readonly refusals: readonly string[] } => {
    if (post.type !== 'sent' || log === null) return { receipts: NO_RECEIPTS, refusals: [] };
    return { receipts: receiptsOf(log, post.id), refusals: refusalsOf(log.links(), post.id) };
  },
);

export function review(): void {
  if ($problem.get() === null) $post.set({ type: 'confirming', working: false });
}

/** Back from the review, by choice or because the device was locked; what was sent is still watched. */
export function edit(): void {
  if ($post.get().type === 'confirming') $post.set({ type: 'writing' });
}

export function anotherPost(): void {
  $post.set({ type: 'writing' });
}

/** Signs and stores the reviewed update or correction on this device, then watches for its receipts and for the public page. */
export async function publish(): Promise<void> {
  const [log, post, isCorrection] = [$log.get(), $post.get(), $correction.get() !== null];
  if (log === null || post.type !== 'confirming' || post.working || $problem.get() !== null) return;
  $post.set({ type: 'confirming', working: true });
  const code = newCode((bytes) => outside().platform.random(bytes));
  const statement = isCorrection ? $statement.get() : statementFrom($form.get(), code, $language.get());
  const { type, body } = statement;
  const saved = await send(type, body, body.name, (id) => ({ type: 'update', code: codeOfStatement(statement), id }));
  if (!saved) $post.set({ type: 'confirming', working: false });
  else if (isCorrection) correct(null);
  else clearForm();
}

/** Signs and stores the retraction in hand; false where it is not complete or could not be stored, which is said. */
export async function publishRetraction(): Promise<boolean> {
  const draft = $retraction.get();
  if (draft === null || !isReason(draft.reason)) return false;
  const { record, update } = draft;
  const sought = { type: 'retraction', code: record.code, update: update?.id ?? null } as const;
  const saved = await send('incident.retract', retractionBody(draft), record.name, () => sought);
  if (saved) keepIt();
  return saved;
}

/** Says in public how a component is, without an incident. */
export async function setComponent(component: string, status: ComponentStatus, name: string): Promise<boolean> {
  return send('component.set', { component, status }, name, () => ({ type: 'component', id: component, status }));
}

async function send(type: string, body: unknown, name: string, sought: (id: string) => Sought): Promise<boolean> {
  const log = $log.get();
  if (log === null) return false;
  return attempt('write', $messages.get().problems.write, async () => {
    const { id } = await log.writePublic(type, body);
    const what = sought(id);
    $post.set({ type: 'sent', id, sought: what, name, live: { type: 'waiting' } });
    readBack(what, (live) => {
      const post = $post.get();
      // Another post may have taken this one's place.
      if (post.type !== 'sent' || post.id !== id) return false;
      $post.set({ ...post, live });
      return true;
    });
  });
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
