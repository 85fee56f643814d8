import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $isAdmin, $members } from '../../stores/members.ts';
import { ApprovalRule } from './approval-rule.tsx';
import { Carry } from './carry.tsx';
import { Invites } from './invites.tsx';
import { MemberCard } from './member-card.tsx';
import { Newcomers } from './newcomers.tsx';
import { Relays } from './relays.tsx';
import { RemovedDevices } from './removed-devices.tsx';
import { ThisCopy } from './this-copy.tsx';
import { ThisDevice } from './this-device.tsx';

/** Who is on the bridge with which devices, and for admins: letting in, removing, and the rule on second opinions. */
export function Members() {
  const words = useStore($messages).people;
  const isAdmin = useStore($isAdmin);
  const living = useStore($members).filter(({ devices }) => devices.some(({ removed }) => !removed));
  const people = living.filter(({ reads }) => reads);
  const servers = living.filter(({ reads }) => !reads);
  return (
    <>
      <h2 class="hidden">{words.title}</h2>
      {isAdmin && <Newcomers />}
      <div class="columns">
        <div class="stack">
          <section class="card" aria-labelledby="members">
            <h2 id="members" tabIndex={-1}>
              {words.members}
            </h2>
            <ul class="rows">
              {people.map((member) => (
                <MemberCard key={member.id} member={member} />
              ))}
            </ul>
            {isAdmin && <p class="quiet">{words.roleChange}</p>}
          </section>
          {isAdmin && <Invites />}
          <RemovedDevices />
        </div>
        <div class="stack">
          <ThisDevice />
          <ThisCopy />
          <Relays />
          {servers.length > 0 && (
            <section class="card" aria-labelledby="servers">
              <h2 id="servers">{words.servers}</h2>
              <ul class="rows">
                {servers.map((member) => (
                  <MemberCard key={member.id} member={member} />
                ))}
              </ul>
            </section>
          )}
          {isAdmin && <ApprovalRule />}
          <Carry />
        </div>
      </div>
    </>
  );
}
