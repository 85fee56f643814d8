import type { ComponentChildren } from 'preact';
import { lengthText } from '../../i18n/calendar.ts';
import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { IsoTime } from '../../model/clock.ts';
import { componentName } from '../../model/component-name.ts';
import type { View } from '../../model/view.ts';
import { PlannedTime, TimeText } from '../status/time-text.tsx';

interface Props {
  readonly view: View & { readonly type: 'incident' | 'maintenance' };
  readonly messages: Messages;
  readonly words: HistoryMessages;
}

/** Status, impact, what is affected, from when until when. */
export function RecordFacts({ view, messages, words }: Props) {
  const { reader } = view.known;
  const at = (time: IsoTime | null) =>
    time === null ? null : <TimeText time={time} reader={reader} messages={messages} />;
  const planned = (time: IsoTime) => <PlannedTime time={time} reader={reader} messages={messages} />;
  // What was taken back has no status any more; what ended unseen has one that is not known here.
  const { retracted } = view.type === 'maintenance' ? view.maintenance : view.incident;
  const hasEnded = view.silence === 'ended';
  const word = (text: string) => (retracted === undefined && !hasEnded ? <b class="word">{text}</b> : null);
  const nameOf = (id: string) => componentName(view.components, id);
  if (view.type === 'maintenance') {
    const { maintenance } = view;
    return (
      <dl class="record">
        <Fact label={messages.status}>{word(messages.maintenance[maintenance.status])}</Fact>
        <Fact label={words.plannedFrom}>{planned(maintenance.scheduled_for)}</Fact>
        <Fact label={words.plannedUntil}>{planned(maintenance.scheduled_until)}</Fact>
        <Fact label={words.began}>{at(maintenance.started_at)}</Fact>
        <Fact label={words.ended}>{at(maintenance.ended_at)}</Fact>
        <Fact label={words.length}>{lengthOf(maintenance.started_at, maintenance.ended_at, words)}</Fact>
        <Fact label={messages.affected}>{maintenance.components.map(nameOf).join(', ') || null}</Fact>
      </dl>
    );
  }
  const { incident } = view;
  const affected = incident.components.map(({ id, status }) =>
    hasEnded ? nameOf(id) : `${nameOf(id)} (${messages.component[status]})`,
  );
  return (
    <dl class="record">
      <Fact label={messages.status}>{word(messages.incident[incident.status])}</Fact>
      <Fact label={words.impact}>{messages.impact[incident.impact]}</Fact>
      <Fact label={words.began}>{at(incident.started_at)}</Fact>
      <Fact label={words.ended}>{at(incident.resolved_at)}</Fact>
      <Fact label={words.length}>{lengthOf(incident.started_at, incident.resolved_at, words)}</Fact>
      <Fact label={messages.affected}>{affected.join(', ') || null}</Fact>
    </dl>
  );
}

/** A line that is left out where there is nothing to say. */
function Fact({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  if (children === null) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function lengthOf(from: IsoTime | null, until: IsoTime | null, words: HistoryMessages): string | null {
  if (from === null || until === null) return null;
  return lengthText(from, until, words.locale) ?? words.shorterThanAMinute;
}
