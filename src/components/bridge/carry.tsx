import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { $members } from '../../stores/members.ts';
import { CarryTo } from './carry-to.tsx';
import { Choice } from './choice.tsx';
import { TakeIn } from './take-in.tsx';

/** Where no relay answers, text takes its place: what somebody sent, and what another device needs. */
export function Carry() {
  const words = useStore($messages).people;
  const members = useStore($members).filter(({ reads }) => reads);
  const devices = members.flatMap(({ name, id, devices: all }) =>
    all
      .filter(({ removed, mine }) => !removed && !mine)
      .map(({ pk }) => [pk, `${name ?? words.unnamed(id.slice(0, 6))}, ${words.device(pk.slice(0, 6))}`] as const),
  );
  const [chosen, setChosen] = useState('');
  const pk = devices.some(([one]) => one === chosen) ? chosen : devices[0]?.[0];
  return (
    <section class="card" aria-labelledby="carry">
      <h2 id="carry">{words.carry.title}</h2>
      <p class="quiet">{words.carry.what}</p>
      <TakeIn />
      {pk !== undefined && (
        <>
          <Choice id="carry-to" label={words.carry.forWhom} value={pk} options={devices} onChoose={setChosen} />
          <CarryTo pk={pk} />
        </>
      )}
    </section>
  );
}
