import { useStore } from '@nanostores/preact';
import { $invite } from '../../stores/invite.ts';
import { $session } from '../../stores/session.ts';
import { Enrol } from './enrol.tsx';
import { Health } from './health.tsx';
import { Refused } from './refused.tsx';
import { Unlock } from './unlock.tsx';
import { Waiting } from './waiting.tsx';
import { Welcome } from './welcome.tsx';

/** What a device shows that is not unlocked: how to get in, and what needs no key. */
export function Door() {
  const session = useStore($session);
  return (
    <>
      <Entrance />
      {session.type !== 'new' && session.type !== 'enrolling' && <Health />}
    </>
  );
}

function Entrance() {
  const session = useStore($session);
  const invite = useStore($invite);
  if (session.type === 'waiting') return <Waiting />;
  if (session.type === 'refused') return <Refused />;
  if (session.type === 'new' || session.type === 'enrolling') {
    return invite.type === 'held' ? <Enrol /> : <Welcome />;
  }
  return <Unlock />;
}
