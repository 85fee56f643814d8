import { atom, computed } from 'nanostores';
import { cleaned } from '../model/clean.ts';
import { KIND } from '../model/event.ts';
import { foldIncidents, type PublicFold } from '../model/incidents.ts';
import type { IncidentUpdateBody } from '../model/public-content.ts';
import { may } from '../model/roster.ts';
import { type IncidentStatus, isOpenIncident } from '../model/status.ts';
import { $layout, $roster } from './claims.ts';
import { $device } from './device.ts';
import { $events } from './log.ts';
import type { Scratch } from './scratch.ts';

const NAME = 'post';

/** What is being written for the public; `incident: null` begins a new one. */
export interface PostDraft extends Pick<IncidentUpdateBody, 'name' | 'status' | 'impact' | 'text' | 'components'> {
  readonly incident: string | null;
}

const EMPTY_POST: PostDraft = {
  incident: null,
  name: '',
  status: 'investigating',
  // When unsure, the higher one: clients forgive a false alarm sooner than a false calm.
  impact: 'major',
  text: '',
  components: [],
};

export const $form = atom<PostDraft>(EMPTY_POST);

/** What people said in public, folded from this device's copy: it knows own updates before anybody else does. */
export const $public = computed([$events, $roster], (events, roster): PublicFold | null =>
  roster === null ? null : foldIncidents(events, roster),
);

export const $openIncidents = computed($public, (fold) =>
  (fold?.incidents ?? []).filter((incident) => isOpenIncident(incident.status)),
);

export const $components = computed($layout, (layout) => layout?.components ?? []);

export const $mayPost = computed(
  [$roster, $device],
  (roster, device) => roster !== null && device !== null && may(roster, device.pubkey, KIND.public, 'incident.update'),
);

let scratch: Scratch | null = null;

export async function openForm(opened: Scratch): Promise<void> {
  scratch = opened;
  const kept = await opened.read(NAME);
  if (kept !== null && $form.get() === EMPTY_POST) $form.set({ ...EMPTY_POST, ...JSON.parse(kept) });
}

export function closeForm(): void {
  scratch = null;
  $form.set(EMPTY_POST);
}

/** Cleans what is typed or pasted as signing would: the review then shows what is signed, and nothing else. */
export function editForm(change: Partial<PostDraft>): void {
  setForm({ ...$form.get(), ...(cleaned(change) as Partial<PostDraft>) });
}

/** `resolved` says with it that what was affected works again, until the author says otherwise. */
export function chooseStatus(status: IncidentStatus): void {
  const working = $form.get().components.map(({ id }) => ({ id, status: 'operational' as const }));
  editForm(status === 'resolved' ? { status, components: working } : { status });
}

/** Starts from one of `templates`; own words that are there already stay, in front of it. */
export function startFromTemplate(chosen: string, templates: readonly string[]): void {
  if (chosen === '') return;
  const text = $form.get().text.trim();
  editForm({ text: text === '' || templates.includes(text) ? chosen : `${text}\n\n${chosen}` });
}

export function clearForm(): void {
  setForm(EMPTY_POST);
}

/** Takes over what is already public about an incident, so that an update starts from the truth. */
export function chooseIncident(code: string | null): void {
  const incident = $openIncidents.get().find((one) => one.code === code);
  const { text } = $form.get();
  if (incident === undefined) {
    setForm({ ...EMPTY_POST, text });
  } else {
    const { name, status, impact, components } = incident;
    setForm({ incident: incident.code, name, status, impact, components, text });
  }
}

function setForm(form: PostDraft): void {
  $form.set(form);
  void scratch?.write(NAME, form === EMPTY_POST ? '' : JSON.stringify(form));
}
