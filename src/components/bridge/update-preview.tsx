import { useStore } from '@nanostores/preact';
import type { ComponentChildren } from 'preact';
import { componentName } from '../../model/component-name.ts';
import type { Statement } from '../../model/correction.ts';
import { $locale, $messages } from '../../stores/language.ts';
import { utcText } from '../../stores/local-time.ts';
import { $components } from '../../stores/public.ts';
import { clockTime } from './when.tsx';

interface Properties {
  readonly statement: Statement;
  /** Id of its event, once it has one. */
  readonly id?: string;
  /** The text that this one takes the place of: it stays visible too. */
  readonly earlier?: string | null;
  readonly children?: ComponentChildren;
}

/** Everything that the public would see of an update, for whoever has to say yes to it. */
export function UpdatePreview({ statement, id, earlier = null, children }: Properties) {
  const messages = useStore($messages);
  const words = messages.post;
  const { body } = statement;
  const status =
    statement.type === 'incident.update'
      ? messages.incident[statement.body.status]
      : messages.maintenance[statement.body.status];
  return (
    <article class="preview" data-update={id} data-status={body.status}>
      <h3 dir="auto">{body.name.trim()}</h3>
      <p>
        <span class="pill">{status}</span> <span class="quiet">{messages.impact[body.impact]}</span>
      </p>
      {statement.type === 'maintenance.update' && <Span {...statement.body} />}
      <p class="entry-text" dir="auto" lang={body.lang ?? undefined}>
        {body.text.trim()}
      </p>
      {earlier !== null && (
        <div class="earlier">
          <p class="quiet">{words.correction.instead}</p>
          <p class="entry-text" dir="auto">
            {earlier}
          </p>
        </div>
      )}
      {(body.translations ?? []).map(({ lang, name, text }) => (
        <div key={lang} class="translation" lang={lang}>
          <p class="quiet">{isPageLanguage(lang, words.languages) ? words.languages[lang] : lang}</p>
          {name !== null && <p class="row-name">{name}</p>}
          <p class="entry-text">{text}</p>
        </div>
      ))}
      {typeof body.display_at === 'string' && <p class="quiet">{words.happenedHint(utcText(body.display_at))}</p>}
      <Named statement={statement} />
      {children}
    </article>
  );
}

/** When a maintenance is planned, on this device's clock and in UTC. */
function Span({
  scheduled_for,
  scheduled_until,
}: {
  readonly scheduled_for: string;
  readonly scheduled_until: string;
}) {
  const words = useStore($messages).post;
  const locale = useStore($locale);
  const [from, until] = [scheduled_for, scheduled_until].map((time) => clockTime(Date.parse(time), locale));
  return (
    <p class="span">
      {words.span(from ?? '', until ?? '')}{' '}
      <span class="quiet">({words.span(utcText(scheduled_for), utcText(scheduled_until))})</span>
    </p>
  );
}

/** Which components it names, and how they are. */
function Named({ statement }: { readonly statement: Statement }) {
  const messages = useStore($messages);
  const components = useStore($components);
  const named =
    statement.type === 'incident.update'
      ? statement.body.components
      : statement.body.components.map((id) => ({ id, status: 'under_maintenance' as const }));
  if (named.length === 0) return null;
  return (
    <ul class="rows">
      {named.map(({ id, status }) => (
        <li key={id} data-status={status}>
          <span class="row-name">{componentName(components, id)}</span>
          {statement.type === 'incident.update' && <span class="pill">{messages.status[status]}</span>}
        </li>
      ))}
    </ul>
  );
}

function isPageLanguage<Names extends object>(lang: string, names: Names): lang is Extract<keyof Names, string> {
  return lang in names;
}
