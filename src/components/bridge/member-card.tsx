import { useStore } from '@nanostores/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { $isAdmin, type DeviceView, type MemberView, remove } from '../../stores/members.ts';
import { focusOn } from './focus-on.ts';
import { isolated } from './isolated.ts';
import { Task } from './task.tsx';

/** One member with the devices that are not removed. */
export function MemberCard({ member }: { readonly member: MemberView }) {
  const words = useStore($messages).room;
  const name = useMemberName(member);
  return (
    <li class="member" data-member={member.id}>
      <h3>
        <bdi>{name}</bdi>
        {member.mine && <span class="quiet"> ({words.you})</span>}
      </h3>
      <ul class="devices">
        {member.devices
          .filter(({ removed }) => !removed)
          .map((device) => (
            <DeviceRow key={device.pk} device={device} name={name} />
          ))}
      </ul>
    </li>
  );
}

/** Names are sealed: where none was said, a number tells members apart. */
export function useMemberName({ name, id, reads }: MemberView): string {
  const words = useStore($messages).people;
  return name ?? (reads ? words.unnamed : words.unnamedServer)(id.slice(0, 6));
}

function DeviceRow({ device, name }: { readonly device: DeviceView; readonly name: string }) {
  const words = useStore($messages).people;
  const isAdmin = useStore($isAdmin);
  const [asking, setAsking] = useState<'never' | 'now' | 'kept'>('never');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking === 'kept') button.current?.focus();
  }, [asking]);
  const label = words.device(device.pk.slice(0, 6));
  return (
    <li data-device={device.pk}>
      <DeviceFacts device={device} />
      {isAdmin && !device.mine && asking !== 'now' && (
        <button
          type="button"
          aria-label={words.remove.label(label, name)}
          ref={button}
          onClick={() => setAsking('now')}
        >
          {words.remove.start}
        </button>
      )}
      {asking === 'now' && <Removal pk={device.pk} name={name} onKeep={() => setAsking('kept')} />}
    </li>
  );
}

/** What it may do, where it watches from, and its number. */
export function DeviceFacts({ device }: { readonly device: DeviceView }) {
  const words = useStore($messages).people;
  return (
    <p class="device-facts">
      {device.roles.map((role) => (
        <span key={role} class="chip" data-role={role}>
          {words.role[role]}
        </span>
      ))}
      <span class="quiet">
        {device.mine ? words.thisDevice : words.device(device.pk.slice(0, 6))}
        {device.vantage !== null && ` · ${words.vantage(device.vantage)}`}
      </span>
    </p>
  );
}

/** The second of two steps: what happens, in words, before it happens. */
function Removal({ pk, name, onKeep }: { readonly pk: string; readonly name: string; readonly onKeep: () => void }) {
  const words = useStore($messages).people.remove;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no heading that could be read with it
    <div class="confirm" role="group" aria-labelledby={`remove-${pk}`} tabIndex={-1} ref={box}>
      <p id={`remove-${pk}`}>
        <strong>{words.title(isolated(name))}</strong>
      </p>
      <ul>
        {words.what.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div class="row">
        <Task label={words.confirm} look="danger" work={() => remove(pk).then(() => focusOn('members'))} />
        <button type="button" onClick={onKeep}>
          {words.cancel}
        </button>
      </div>
    </div>
  );
}
