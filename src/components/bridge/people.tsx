import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $contacts, $duties, $ladder } from '../../stores/people.ts';
import type { Reach } from '../../vault/document.ts';

/** Who is on call, the channel ladder and all contacts, from the vault; every link is the device's own telephone or mail. */
export function People() {
  const words = useStore($messages).now;
  const contacts = useStore($contacts);
  const duties = useStore($duties);
  const ladder = useStore($ladder);
  return (
    <div class="columns">
      <section class="card" aria-labelledby="people">
        <h2 id="people">{words.people}</h2>
        {contacts.length === 0 && duties.length === 0 && <p class="quiet">{words.noPeople}</p>}
        <ul class="duties">
          {duties.map((duty) => (
            <li key={`${duty.role} ${duty.when}`}>
              <h3>{duty.role}</h3>
              {duty.when !== null && <p class="quiet">{duty.when}</p>}
              {duty.people.map((person) => (
                <Person key={person.name} name={person.name} shown={person.name !== duty.role} reach={person.reach} />
              ))}
            </li>
          ))}
        </ul>
        {contacts.length > 0 && (
          <details>
            <summary>{words.contacts(contacts.length)}</summary>
            {contacts.map((contact) => (
              <Person key={contact.name} {...contact} />
            ))}
          </details>
        )}
      </section>
      {ladder.length > 0 && (
        <section class="card" aria-labelledby="ladder">
          <h2 id="ladder">{words.ladder}</h2>
          <ol class="rungs">
            {ladder.map((rung) => (
              <li key={rung.name} data-rung={rung.down.length > 0 ? 'struck' : 'open'}>
                <div>
                  {rung.down.length > 0 ? <s>{rung.name}</s> : <strong>{rung.name}</strong>}
                  {rung.down.length > 0 && <span class="problem"> {words.struck(rung.down.join(', '))}</span>}
                  {rung.how !== null && <p class="quiet">{rung.how}</p>}
                </div>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

interface PersonProperties {
  readonly name: string;
  /** False where the line above says the name already. */
  readonly shown?: boolean;
  readonly role?: string | null;
  readonly team?: string | null;
  readonly note?: string | null;
  readonly reach: readonly Reach[];
}

function Person({ name, shown = true, role = null, team = null, note = null, reach }: PersonProperties) {
  const words = useStore($messages).now;
  const about = [role, team, note].filter((fact) => fact !== null).join(' · ');
  return (
    <div class="person">
      {(shown || about !== '') && (
        <p>
          {shown && <strong>{name}</strong>} <span class="quiet">{about}</span>
        </p>
      )}
      <p class="reach">
        {reach.map(({ by, text, href }) => (
          <a key={href} href={href} aria-label={`${words.reach[by]} ${text}, ${name}`}>
            {words.reach[by]} <span class="number">{text}</span>
          </a>
        ))}
      </p>
    </div>
  );
}
