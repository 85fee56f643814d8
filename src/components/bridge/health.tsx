import { useStore } from '@nanostores/preact';
import { $incidents } from '../../stores/declared.ts';
import { $groups, $vendorRows, type HealthRow } from '../../stores/health.ts';
import { $messages } from '../../stores/language.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { Ago } from './when.tsx';

/** Last known health of components and vendors, each with its own age. Needs no key. */
export function Health() {
  const words = useStore($messages).now;
  const groups = useStore($groups);
  const vendors = useStore($vendorRows);
  const isTrouble = (useStore($incidents)?.open.length ?? 0) > 0;
  return (
    <>
      {isTrouble && <Incidents />}
      <div class="columns">
        <section class="card" aria-labelledby="health">
          <h2 id="health">{words.health}</h2>
          {groups.length === 0 && <p class="quiet">{words.nothing}</p>}
          {groups.map((group) => (
            <div key={group.id}>
              {group.name !== null && <h3>{group.name}</h3>}
              <ul class="rows">
                {group.rows.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </ul>
            </div>
          ))}
        </section>
        <div class="stack">
          <section class="card" aria-labelledby="vendors">
            <h2 id="vendors">{words.vendors}</h2>
            {vendors.length === 0 && <p class="quiet">{words.noVendors}</p>}
            <ul class="rows">
              {vendors.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ul>
          </section>
          {!isTrouble && <Incidents />}
        </div>
      </div>
    </>
  );
}

function Row({ row }: { readonly row: HealthRow }) {
  const messages = useStore($messages);
  const words = messages.now;
  const kind = row.lifeline === null ? {} : { 'data-vendor': row.id };
  return (
    <li data-component={row.id} data-status={row.status} data-freshness={row.freshness} {...kind}>
      <span class="row-name">
        {row.name}
        {row.lifeline !== null && <span class="quiet"> ({words.lifeline[row.lifeline]})</span>}
      </span>
      <span class="pill">
        <StatusIcon status={row.status} /> {messages.status[row.status]}
      </span>
      <span class="row-facts">
        {row.status === 'unknown' && row.last !== 'unknown' && <span>{words.was(messages.status[row.last])} · </span>}
        {row.declared ? <Declared row={row} /> : <Observed row={row} />}
        {row.status !== 'operational' && row.vantages.length > 0 && ` · ${words.by(row.vantages.join(', '))}`}
        {row.status !== 'operational' && row.detail !== null && <span class="detail">{row.detail}</span>}
      </span>
    </li>
  );
}

function Observed({ row }: { readonly row: HealthRow }) {
  const words = useStore($messages).now;
  return (
    <>
      {row.checkedAt === null ? words.neverChecked : <Said say={words.checked} at={row.checkedAt} />}
      {row.changedAt !== null && ' · '}
      {row.changedAt !== null && <Said say={words.changed} at={row.changedAt} />}
    </>
  );
}

/** When people said it; what the watchers' last look adds is called theirs. */
function Declared({ row }: { readonly row: HealthRow }) {
  const words = useStore($messages).now;
  return (
    <>
      {row.changedAt === null ? words.declaredOnce : <Said say={words.declared} at={row.changedAt} />}
      {row.checkedAt !== null && ' · '}
      {row.checkedAt !== null && <Said say={words.probed} at={row.checkedAt} />}
    </>
  );
}

/** A sentence with an age inside it, the age in its own time element. */
function Said({ say, at }: { readonly say: (ago: string) => string; readonly at: number }) {
  const [before, after] = say('\u0000').split('\u0000');
  return (
    <span>
      {before}
      <Ago at={at} />
      {after}
    </span>
  );
}

function Incidents() {
  const messages = useStore($messages);
  const words = messages.now;
  const incidents = useStore($incidents);
  return (
    <section class="card" aria-labelledby="incidents">
      <h2 id="incidents">{words.incidents}</h2>
      {incidents === null && <p class="quiet">{words.incidentsUnknown}</p>}
      {incidents?.open.length === 0 && <p class="quiet">{words.noIncidents}</p>}
      {incidents?.source === 'log' && <p class="quiet">{words.incidentsFromLog}</p>}
      {incidents?.open.map((incident) => (
        <article key={incident.code} data-incident={incident.code} data-status={incident.status}>
          <h3 dir="auto">{incident.name}</h3>
          <p>
            <span class="pill">{messages.incident[incident.status]}</span>{' '}
            <span class="quiet">
              {messages.impact[incident.impact]} · <Said say={words.changed} at={Date.parse(incident.updated_at)} />
            </span>
          </p>
          <p class="entry-text" dir="auto">
            {incident.updates[0]?.text}
          </p>
          {incident.conflict && <p class="problem">{words.conflict}</p>}
        </article>
      ))}
    </section>
  );
}
