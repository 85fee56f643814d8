import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { IDLE_MINUTES } from '../../stores/idle.ts';
import { $invite } from '../../stores/invite.ts';
import { $messages } from '../../stores/language.ts';
import { $screenLock, $session, startAfresh, unlock, unlockByScreenLock } from '../../stores/session.ts';

/** The form that opens the key of this device. Whatever goes wrong, it deletes nothing. */
export function Unlock() {
  const messages = useStore($messages);
  const words = messages.unlock;
  const session = useStore($session);
  const hasInvite = useStore($invite).type === 'held';
  const screenLock = useStore($screenLock);
  const [passphrase, setPassphrase] = useState('');
  const problem = session.type === 'locked' ? session.problem : null;
  const working = session.type === 'unlocking';
  const submit = (event: Event) => {
    event.preventDefault();
    if (passphrase === '' || working) return;
    void unlock(passphrase);
    setPassphrase('');
  };
  return (
    <section class="card" aria-labelledby="locked">
      <h2 id="locked">{words.title}</h2>
      {problem === 'idle' && <p>{words.idle(IDLE_MINUTES)}</p>}
      <p class="quiet">{words.why}</p>
      {screenLock === 'kept' && (
        <button type="button" class="primary" disabled={working} onClick={() => void unlockByScreenLock()}>
          {messages.people.lock.unlock}
        </button>
      )}
      <form onSubmit={submit}>
        <label for="passphrase">{words.label}</label>
        <div class="row">
          <input
            id="passphrase"
            type="password"
            autocomplete="current-password"
            value={passphrase}
            onInput={(event) => setPassphrase(event.currentTarget.value)}
            aria-invalid={problem === 'wrong'}
            aria-describedby="unlock-problem"
          />
          <button type="submit" class={screenLock === 'kept' ? undefined : 'primary'} disabled={working}>
            {words.unlock}
          </button>
        </div>
        <p id="unlock-problem" class="problem" role="alert">
          {problem === 'wrong' && words.wrong}
          {problem === 'broken' && words.broken}
          {problem === 'refused' && messages.people.lock.wasRefused}
          {problem === 'strange' && messages.people.lock.strange}
        </p>
        <p role="status">{working && words.working}</p>
      </form>
      {(problem === 'broken' || hasInvite) && (
        <button type="button" onClick={startAfresh}>
          {words.fresh}
        </button>
      )}
    </section>
  );
}
