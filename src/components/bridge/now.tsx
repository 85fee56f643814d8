import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { Health } from './health.tsx';
import { People } from './people.tsx';
import { WaitingUpdates } from './waiting-updates.tsx';

/** What is true, how old that is, and how to reach whom. */
export function Now() {
  const words = useStore($messages).now;
  return (
    <>
      <h2 class="hidden">{words.title}</h2>
      <WaitingUpdates />
      <Health />
      <People />
    </>
  );
}
