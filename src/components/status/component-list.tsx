import type { Messages } from '../../i18n/messages.ts';
import type { PublicComponent } from '../../model/snapshot.ts';
import type { Uptime } from '../../model/uptime.ts';
import type { ComponentGroup, Reader } from '../../model/view.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import type { Rest } from './rest.tsx';
import { TimeText } from './time-text.tsx';

interface ListProps {
  readonly components: readonly PublicComponent[];
  readonly uptime: Uptime | null;
  /** Where it is not loaded yet, its room is kept free. */
  readonly Strip: Rest['Strip'] | undefined;
  readonly reader: Reader;
  readonly messages: Messages;
}

interface GroupProps extends Omit<ListProps, 'components'> {
  readonly group: ComponentGroup;
  /** A group that is wholly operational is folded too. */
  readonly folds: boolean;
}

/** A group with the status of its worst child, open where that is not operational; without a name it is a plain list. */
export function GroupSection({ group, folds, ...rest }: GroupProps) {
  const { reader, messages } = rest;
  const { id, name, status, components } = group;
  const list = <ComponentList components={components} {...rest} />;
  if (name === null) return <section class="group">{list}</section>;
  const isOpen = reader.opened?.[`${id} ${status}`] ?? (status !== 'operational' || !folds);
  return (
    <details class="group" data-group={id} open={isOpen}>
      <summary data-status={status}>
        <StatusIcon status={status} />
        <h3 class="name">{name}</h3>
        <StatusWord status={status} messages={messages} />
      </summary>
      {list}
    </details>
  );
}

function ComponentList({ components, uptime, Strip = Room, reader, messages }: ListProps) {
  return (
    <ul class="components">
      {components.map((component) => (
        <li key={component.id} data-component={component.id} data-status={component.status}>
          <StatusIcon status={component.status} />
          <p class="name">{component.name}</p>
          <StatusWord status={component.status} messages={messages} />
          <p class="about quiet">
            {component.description === null ? null : `${component.description} · `}
            {component.checked_at === null ? messages.neverChecked : `${messages.checked} `}
            {component.checked_at === null ? null : (
              <TimeText time={component.checked_at} reader={reader} messages={messages} brief />
            )}
          </p>
          {uptime?.components[component.id] === undefined ? null : (
            <Strip component={component} uptime={uptime} reader={reader} messages={messages} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Room() {
  return <div class="uptime" />;
}

function StatusWord({ status, messages }: { readonly status: ComponentGroup['status']; readonly messages: Messages }) {
  return (
    <span class="word">
      <span class="hidden">{messages.status}: </span>
      {messages.component[status]}
    </span>
  );
}
