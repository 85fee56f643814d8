import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { $screenLock, $session, enrol } from '../../stores/session.ts';
import { strengthOf } from '../../stores/strength.ts';

/** Name and passphrase of a device that holds an invite. */
export function Enrol() {
  const { enrol: words, people } = useStore($messages);
  const offersLock = useStore($screenLock) !== 'none';
  const [withLock, setWithLock] = useState(false);
  const session = useStore($session);
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const strength = strengthOf(passphrase);
  const different = again !== '' && again !== passphrase;
  const working = session.type === 'enrolling';
  const ready = name.trim() !== '' && strength !== 'empty' && strength !== 'short' && again === passphrase && !working;
  const submit = (event: Event) => {
    event.preventDefault();
    if (ready) void enrol(name.trim(), passphrase, withLock);
  };
  return (
    <section class="card" aria-labelledby="enrol">
      <h2 id="enrol">{words.title}</h2>
      <form class="stack" onSubmit={submit}>
        <label for="name">{words.name}</label>
        <input
          id="name"
          autocomplete="name"
          maxLength={60}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
          aria-describedby="name-hint"
        />
        <p id="name-hint" class="quiet">
          {words.nameHint}
        </p>
        <label for="new-passphrase">{words.passphrase}</label>
        <input
          id="new-passphrase"
          type="password"
          autocomplete="new-password"
          value={passphrase}
          onInput={(event) => setPassphrase(event.currentTarget.value)}
          aria-describedby="passphrase-hint strength"
        />
        <p id="strength" class="strength" data-strength={strength} role="status">
          {words.strength[strength]}
        </p>
        <p id="passphrase-hint" class="quiet">
          {words.hint}
        </p>
        <label for="again">{words.again}</label>
        <input
          id="again"
          type="password"
          autocomplete="new-password"
          value={again}
          onInput={(event) => setAgain(event.currentTarget.value)}
          aria-invalid={different}
          aria-describedby="again-problem"
        />
        <p id="again-problem" class="problem" role="status">
          {different && words.different}
        </p>
        {offersLock && (
          <label class="check">
            <input type="checkbox" id="with-lock" checked={withLock} onChange={() => setWithLock(!withLock)} />
            <span>
              {people.lock.join} <span class="quiet">{people.lock.joinHint}</span>
            </span>
          </label>
        )}
        <button type="submit" class="primary" disabled={!ready}>
          {words.join}
        </button>
        <p role="status">{working && words.working}</p>
      </form>
    </section>
  );
}
