import { useStore } from '@nanostores/preact';
import { $invite } from '../../stores/invite.ts';
import { $messages } from '../../stores/language.ts';
import { Copy } from './copy.tsx';

/** In a browser tab of iOS: first the app, which shares no storage with the tab, then the invite. */
export function Install() {
  const messages = useStore($messages);
  const words = messages.people.install;
  const invite = useStore($invite);
  return (
    <section class="card" aria-labelledby="install" data-install>
      <h2 id="install">{words.title}</h2>
      <p>{words.why}</p>
      <ol class="steps">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {invite.type === 'kept' && <Copy text={invite.link} label={messages.welcome.copy} />}
      <p class="problem" role="alert">
        {invite.type === 'bad' && messages.welcome.bad}
        {invite.type === 'other' && messages.welcome.other}
      </p>
    </section>
  );
}
