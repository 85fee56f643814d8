import { atom, computed } from 'nanostores';
import { cleaned } from '../model/clean.ts';
import type { Language } from '../model/language.ts';
import {
  type ComponentStatus,
  INCIDENT_STATUSES,
  type IncidentStatus,
  isOpenIncident,
  MAINTENANCE_STATUSES,
  type MaintenanceStatus,
} from '../model/status.ts';
import {
  type DraftTranslation,
  EMPTY_INCIDENT,
  EMPTY_MAINTENANCE,
  type IncidentDraft,
  type MaintenanceDraft,
  type PostDraft,
  translatedFurther,
} from './post-draft.ts';
import { $public } from './public.ts';
import type { Scratch } from './scratch.ts';
import { standingOf } from './standing.ts';

const NAME = 'post';

export const $form = atom<PostDraft>(EMPTY_INCIDENT);

let scratch: Scratch | null = null;

export async function openForm(opened: Scratch): Promise<void> {
  scratch = opened;
  const kept = await opened.read(NAME);
  if (kept === null || $form.get() !== EMPTY_INCIDENT) return;
  const draft: Partial<PostDraft> = JSON.parse(kept);
  // What an older version kept lacks what it did not know.
  $form.set({ ...(draft.kind === 'maintenance' ? EMPTY_MAINTENANCE : EMPTY_INCIDENT), ...draft } as PostDraft);
}

export function closeForm(): void {
  scratch = null;
  $form.set(EMPTY_INCIDENT);
}

type Change = Partial<Omit<IncidentDraft, 'kind'>> | Partial<Omit<MaintenanceDraft, 'kind'>>;

/** Cleans what is typed or pasted as signing would: the review then shows what is signed, and nothing else. */
export function editForm(change: Change): void {
  setForm({ ...$form.get(), ...(cleaned(change) as Change) } as PostDraft);
}

// The next three start from what the form holds now: what a component last drew may be older than the last key.

export function translateForm(lang: Language, said: Partial<DraftTranslation>): void {
  editForm(translatedFurther($form.get(), lang, said));
}

/** How a component is by an incident's update; empty: the update does not name it. */
export function affect(id: string, status: ComponentStatus | ''): void {
  const draft = $form.get();
  if (draft.kind !== 'incident') return;
  const others = draft.components.filter((component) => component.id !== id);
  editForm({ components: status === '' ? others : [...others, { id, status }] });
}

/** Whether a maintenance is about a component. */
export function workOn(id: string, isChosen: boolean): void {
  const draft = $form.get();
  if (draft.kind !== 'maintenance') return;
  const others = draft.components.filter((one) => one !== id);
  editForm({ components: isChosen ? [...others, id] : others });
}

export function clearForm(): void {
  setForm(EMPTY_INCIDENT);
}

/** Turns the form to the other kind; the words that are there already stay. */
export function chooseKind(kind: PostDraft['kind']): void {
  const { text, lang, translations, name, kind: before } = $form.get();
  if (kind === before) return;
  setForm({ ...(kind === 'incident' ? EMPTY_INCIDENT : EMPTY_MAINTENANCE), text, lang, translations, name });
}

/** `resolved` says with it that what was affected works again, until the author says otherwise. */
export function chooseStatus(status: IncidentStatus | MaintenanceStatus): void {
  const draft = $form.get();
  const isOver = draft.kind === 'incident' && status === 'resolved';
  const working = isOver
    ? { components: draft.components.map(({ id }) => ({ id, status: 'operational' as const })) }
    : {};
  editForm({ status, ...working } as Change);
}

/** Takes over what is already public, so that an update starts from the truth; null begins a new one. */
export function chooseCode(code: string | null): void {
  const { kind, text, lang, translations } = $form.get();
  const words = { text, lang, translations };
  const fold = $public.get();
  const incident = fold?.incidents.find((one) => one.code === code);
  const maintenance = fold?.maintenances.find((one) => one.code === code);
  const since = standingOf(incident ?? maintenance);
  if (incident !== undefined) {
    const { name, impact, components } = incident;
    const status = isOpenIncident(incident.status) ? incident.status : 'postmortem';
    setForm({ ...EMPTY_INCIDENT, code, since, name, status, impact, components, ...words });
  } else if (maintenance !== undefined) {
    const { name, status, impact, components, scheduled_for: from, scheduled_until: until } = maintenance;
    setForm({ ...EMPTY_MAINTENANCE, code, since, name, status, impact, components, from, until, ...words });
  } else setForm({ ...(kind === 'incident' ? EMPTY_INCIDENT : EMPTY_MAINTENANCE), ...words });
}

/** What may be said of it now: a report only follows an incident that is over. */
export const $statuses = computed([$form, $public], ({ kind, code }, fold) => {
  if (kind === 'maintenance') return MAINTENANCE_STATUSES;
  const incident = fold?.incidents.find((one) => one.code === code);
  const isOver = incident !== undefined && !isOpenIncident(incident.status);
  return INCIDENT_STATUSES.filter((status) => status !== 'postmortem' || isOver);
});

function setForm(form: PostDraft): void {
  $form.set(form);
  void scratch?.write(NAME, form === EMPTY_INCIDENT ? '' : JSON.stringify(form));
}
