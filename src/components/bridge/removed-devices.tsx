import { useStore } from '@nanostores/preact';
import { openInvitation } from '../../stores/invite-form.ts';
import { $messages } from '../../stores/language.ts';
import { $isAdmin, $members, type MemberView } from '../../stores/members.ts';
import { isolated } from './isolated.ts';
import { DeviceFacts, useMemberName } from './member-card.tsx';

/** Devices that the roster has removed: who they were, and how their owner comes back. */
export function RemovedDevices() {
  const words = useStore($messages).people;
  const members = useStore($members).filter(({ devices }) => devices.some(({ removed }) => removed));
  const count = members.flatMap(({ devices }) => devices.filter(({ removed }) => removed)).length;
  if (count === 0) return null;
  return (
    <section class="card" aria-labelledby="removed">
      <h2 id="removed">{words.removedDevices(count)}</h2>
      <p class="quiet">{words.removedNote}</p>
      <ul class="rows">
        {members.map((member) => (
          <Removed key={member.id} member={member} />
        ))}
      </ul>
    </section>
  );
}

function Removed({ member }: { readonly member: MemberView }) {
  const words = useStore($messages).people;
  const isAdmin = useStore($isAdmin);
  const name = useMemberName(member);
  const removed = member.devices.filter((device) => device.removed);
  const roles = [...new Set(removed.flatMap((device) => device.roles))];
  return (
    <li class="member" data-member={member.id}>
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <ul class="devices">
        {removed.map((device) => (
          <li key={device.pk} data-device={device.pk} data-removed>
            <DeviceFacts device={device} />
          </li>
        ))}
      </ul>
      {isAdmin && member.reads && (
        <button type="button" onClick={() => openInvitation(member.id, roles)}>
          {words.remove.again(isolated(name))}
        </button>
      )}
    </li>
  );
}
