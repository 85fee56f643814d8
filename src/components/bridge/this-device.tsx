import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { IDLE_MINUTES } from '../../stores/idle.ts';
import { $messages } from '../../stores/language.ts';
import { $screenLock, addScreenLock } from '../../stores/session.ts';
import { Task } from './task.tsx';

/** How this device is opened: by the passphrase always, and by its screen lock where there is one. */
export function ThisDevice() {
  const words = useStore($messages).people.lock;
  const screenLock = useStore($screenLock);
  const [refused, setRefused] = useState(false);
  const add = async () => setRefused(!(await addScreenLock()));
  return (
    <section class="card" aria-labelledby="this-device" data-screen-lock={screenLock}>
      <h2 id="this-device">{words.title}</h2>
      <p>{screenLock === 'kept' ? words.kept : words.offered}</p>
      <p class="quiet">{words.idle(IDLE_MINUTES)}</p>
      {screenLock !== 'none' && <Task label={screenLock === 'kept' ? words.again : words.add} work={add} />}
      <p role="status" class="problem">
        {refused && words.refused}
      </p>
    </section>
  );
}
