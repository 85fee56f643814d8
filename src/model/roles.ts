import { KIND } from './event.ts';

export type Role = 'admin' | 'commander' | 'responder' | 'observer' | 'watcher' | 'publisher';

export const ROLES: readonly Role[] = ['admin', 'commander', 'responder', 'observer', 'watcher', 'publisher'];

/** Roles whose device keys get the rooms' secrets: watchers and publishers seal or publish and cannot read. */
export const READING_ROLES: readonly Role[] = ['admin', 'commander', 'responder', 'observer'];

/** Types of a 3914 that people write (a prefix ends in a dot). */
const PEOPLE_MAY_PUBLISH = ['incident.', 'maintenance.', 'component.set', 'approve'];

type TypeRule = (type: string) => boolean;

const any: TypeRule = () => true;
const among =
  (...names: readonly string[]): TypeRule =>
  (type) =>
    names.some((name) => (name.endsWith('.') ? type.startsWith(name) : type === name));

/** The table of DESIGN §6: what each role may sign, by kind and type. A kind that is absent may not be signed. */
const MAY_SIGN: Readonly<Record<Role, ReadonlyMap<number, TypeRule>>> = {
  admin: new Map([
    [KIND.roster, any],
    [KIND.key, any],
    [KIND.sealed, any],
    [KIND.public, (type) => !among('page', 'observation', 'day')(type)],
  ]),
  commander: new Map([
    [KIND.key, any],
    [KIND.sealed, any],
    [KIND.public, among(...PEOPLE_MAY_PUBLISH, 'override')],
  ]),
  responder: new Map([
    [KIND.key, any],
    [KIND.sealed, any],
    [KIND.public, among(...PEOPLE_MAY_PUBLISH)],
  ]),
  observer: new Map(),
  watcher: new Map([
    [KIND.sealed, among('alert', 'mirror')],
    [KIND.public, among('observation', 'day')],
    [KIND.pulse, any],
  ]),
  publisher: new Map([
    [KIND.public, among('page')],
    [KIND.snapshot, any],
  ]),
};

/** Whether one of `roles` may sign `kind`; with no `type` (it is sealed, or not read yet), whether any type of it. */
export function rolesMaySign(roles: readonly Role[], kind: number, type?: string): boolean {
  return roles.some((role) => {
    const rule = MAY_SIGN[role].get(kind);
    return rule !== undefined && (type === undefined || rule(type));
  });
}
