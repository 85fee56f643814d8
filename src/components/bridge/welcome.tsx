import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $inIosTab, $invite, acceptInvite } from '../../stores/invite.ts';
import { $messages } from '../../stores/language.ts';
import { Install } from './install.tsx';
import { Scan } from './scan.tsx';

/** What a device sees that holds no key: what the bridge is, and where to put the invite. */
export function Welcome() {
  const words = useStore($messages).welcome;
  const inIosTab = useStore($inIosTab);
  if (inIosTab) return <Install />;
  return (
    <section class="card" aria-labelledby="welcome">
      <h2 id="welcome">{words.title}</h2>
      <p>{words.what}</p>
      <InviteField />
      <Scan onCode={acceptInvite} />
    </section>
  );
}

function InviteField() {
  const words = useStore($messages).welcome;
  const invite = useStore($invite);
  const [link, setLink] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    acceptInvite(link);
  };
  return (
    <form onSubmit={submit}>
      <label for="invite">{words.label}</label>
      <div class="row">
        <input
          id="invite"
          type="text"
          inputMode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={link}
          onInput={(event) => setLink(event.currentTarget.value)}
          aria-describedby="invite-problem"
        />
        <button type="submit" class="primary">
          {words.use}
        </button>
      </div>
      <p id="invite-problem" class="problem" role="alert">
        {invite.type === 'bad' && words.bad}
        {invite.type === 'other' && words.other}
      </p>
    </form>
  );
}
